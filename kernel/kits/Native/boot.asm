; From a boot loader's 32-bit protected mode to C# in the higher half. Multiboot 1 (QEMU -kernel) and 2 (GRUB).
; The tables made here map the first 4 GiB twice, writable and executable, for the few moments until KernelMemory replaces them.
; Next: NativeKit.cs
KERNEL_BASE     equ 0xFFFFFFFF80000000
MB1_MAGIC       equ 0x1BADB002
MB1_FLAGS       equ 0x00010003          ; modules page-aligned, memory map, address fields below are valid
MB2_MAGIC       equ 0xE85250D6
EFER            equ 0xC0000080
EFER_LME_NXE    equ (1 << 8) | (1 << 11)
CR0_PG_WP_MP    equ (1 << 31) | (1 << 16) | (1 << 1)
CR4_PAE_PGE     equ (1 << 5) | (1 << 7)
PRESENT_WRITE   equ 3
LARGE_PAGE      equ 0x80
DIRECT_MAP_SLOT equ 256                 ; 0xFFFF_8000_0000_0000
KERNEL_SLOT     equ 511

default rel
extern native_main
extern image_load_end_physical, image_end_physical
global start

section .multiboot align=8
multiboot1:
        dd      MB1_MAGIC, MB1_FLAGS, -(MB1_MAGIC + MB1_FLAGS)
        dd      multiboot1 - KERNEL_BASE        ; this header
        dd      multiboot1 - KERNEL_BASE        ; the image starts with it
        dd      image_load_end_physical
        dd      image_end_physical
        dd      start - KERNEL_BASE
align 8
multiboot2:
        dd      MB2_MAGIC, 0, multiboot2_end - multiboot2, -(MB2_MAGIC + multiboot2_end - multiboot2)
        align 8
        dw      3, 0                            ; entry address
        dd      12, start - KERNEL_BASE
        align 8
        dw      0, 0                            ; end of tags
        dd      8
multiboot2_end:

section .boot progbits alloc exec nowrite align=16
bits 32
start:
        cli
        cld
        mov     ebp, eax                        ; the loader's magic
        mov     esi, ebx                        ; and its information
        mov     esp, boot_stack_end - KERNEL_BASE
        mov     eax, 0x80000001
        cpuid
        test    edx, 1 << 29                    ; long mode
        jz      no_long_mode

        mov     ebx, root_table - KERNEL_BASE
        mov     eax, low_table - KERNEL_BASE + PRESENT_WRITE
        mov     [ebx], eax                      ; identity, until we have jumped up
        mov     [ebx + DIRECT_MAP_SLOT * 8], eax
        mov     eax, high_table - KERNEL_BASE + PRESENT_WRITE
        mov     [ebx + KERNEL_SLOT * 8], eax
        mov     ebx, low_table - KERNEL_BASE
        mov     eax, directories - KERNEL_BASE + PRESENT_WRITE
        mov     [high_table - KERNEL_BASE + 510 * 8], eax
        mov     ecx, 4
.table: mov     [ebx], eax
        add     ebx, 8
        add     eax, 4096
        loop    .table
        mov     ebx, directories - KERNEL_BASE
        mov     eax, PRESENT_WRITE | LARGE_PAGE
        mov     ecx, 4 * 512
.page:  mov     [ebx], eax
        add     ebx, 8
        add     eax, 2 << 20
        loop    .page

        mov     eax, CR4_PAE_PGE
        mov     cr4, eax
        mov     eax, root_table - KERNEL_BASE
        mov     cr3, eax
        mov     ecx, EFER
        rdmsr
        or      eax, EFER_LME_NXE
        wrmsr
        mov     eax, cr0
        and     eax, ~(1 << 2)                  ; no emulation of the FPU
        or      eax, CR0_PG_WP_MP
        mov     cr0, eax
        lgdt    [boot_gdt_register - KERNEL_BASE]
        jmp     0x08:(start64 - KERNEL_BASE)

no_long_mode:
        mov     edi, 0xB8000                    ; nothing to talk through but the screen
        mov     dword [edi], 0x4F364F36         ; "64"
        mov     dword [edi + 4], 0x4F3F4F3F     ; "??"
.halt:  hlt
        jmp     .halt

align 8
boot_gdt:
        dq      0, 0x00AF9B000000FFFF, 0x00CF93000000FFFF
boot_gdt_register:
        dw      23
        dd      boot_gdt - KERNEL_BASE

bits 64
start64:
        mov     rax, start_high
        jmp     rax

section .text
start_high:
        mov     rsp, boot_stack_end
        mov     ax, 0x10
        mov     ds, ax
        mov     es, ax
        mov     ss, ax
        xor     eax, eax
        mov     fs, ax
        mov     gs, ax
        mov     edi, ebp                        ; magic
        mov     esi, esi                        ; physical address of the information
        xor     ebp, ebp                        ; the outermost frame
        call    native_main
.halt:  hlt
        jmp     .halt

; image_bounds() -> address of five numbers: NativeKit.cs
global image_bounds
extern image_text_start, image_constants_start, image_data_start, image_end
image_bounds:
        lea     rax, [bounds]
        ret
global cpu_operations_table
extern cpu_operations
cpu_operations_table:
        lea     rax, [cpu_operations]
        ret

section .rodata
align 8
bounds: dq      image_text_start, image_constants_start, image_data_start, image_end, kernel_heap, kernel_heap_end

section .bss align=4096 nobits
root_table:     resb 4096
low_table:      resb 4096
high_table:     resb 4096
directories:    resb 4096 * 4
boot_stack:     resb 65536
boot_stack_end:
kernel_heap:    resb 8 << 20
kernel_heap_end:

section .note.GNU-stack noalloc noexec nowrite progbits
