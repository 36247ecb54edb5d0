; What a program must not do, an act a routine. rdi = 64 bytes of heap. A routine that comes back was not stopped. Back to: Program.cs
default rel
bits 64

; act LABEL, NAME: a line of the table, and the start of the routine. Aligned: bit 1 of a function pointer is the compiler's own.
%macro act 2
section .rodata
name_%1:        db %2, 0
section .data
        dq      name_%1, act_%1
section .text
align 16
act_%1:
%endmacro

KERNEL_TEXT     equ 0xFFFFFFFF80100000
DIRECT_MAP      equ 0xFFFF800000100000
NON_CANONICAL   equ 0x0000800000000000

section .text
global act_list
align 16
act_list:
        lea     rax, [act_table]
        ret

section .data
align 8
act_table:

; ---- instructions of ring 0
        act cli, "cli"
        cli
        ret
        act sti, "sti"
        sti
        ret
        act hlt, "hlt"
        hlt
        ret
        act read_cr0, "read-cr0"
        mov     rax, cr0
        ret
        act read_cr3, "read-cr3"
        mov     rax, cr3
        ret
        act write_cr3, "write-cr3"
        xor     eax, eax
        mov     cr3, rax
        ret
        act write_cr4, "write-cr4"
        xor     eax, eax
        mov     cr4, rax
        ret
        act write_dr7, "write-dr7"
        xor     eax, eax
        mov     dr7, rax
        ret
        act rdmsr, "rdmsr"
        mov     ecx, 0xC0000080         ; EFER
        rdmsr
        ret
        act wrmsr, "wrmsr"
        mov     ecx, 0xC0000082         ; LSTAR: where syscall goes
        xor     eax, eax
        xor     edx, edx
        wrmsr
        ret
        act lgdt, "lgdt"
        lgdt    [rdi]
        ret
        act lidt, "lidt"
        lidt    [rdi]
        ret
        act sgdt, "sgdt"
        sgdt    [rsp - 64]
        ret
        act sidt, "sidt"
        sidt    [rsp - 64]
        ret
        act ltr, "ltr"
        mov     eax, 0x50
        ltr     ax
        ret
        act lmsw, "lmsw"
        xor     eax, eax
        lmsw    ax
        ret
        act clts, "clts"
        clts
        ret
        act invlpg, "invlpg"
        invlpg  [rdi]
        ret
        act wbinvd, "wbinvd"
        wbinvd
        ret
        act swapgs, "swapgs"
        swapgs
        ret
        act sysret, "sysret"
        lea     rcx, [.back]
        pushfq
        pop     r11
        o64 sysret
.back:  ret
        act in, "in"
        mov     dx, 0x3F8
        in      al, dx
        ret
        act out, "out"
        mov     dx, 0x3F8
        mov     al, 'x'
        out     dx, al
        ret
        act end_machine, "end-machine"
        mov     dx, 0xF4                ; QEMU's isa-debug-exit
        mov     eax, 0x10
        out     dx, eax
        ret

; ---- ways into the kernel that are not for programs
        act int3, "int3"
        int3
        ret
        act int14, "int-14"             ; a page fault that is none
        int     14
        ret
        act int32, "int-32"             ; a device's interrupt that is none
        int     32
        ret
        act int80, "int-80"
        int     0x80
        ret
        act iret_to_ring0, "iret-to-ring-0"
        mov     rax, rsp
        push    qword 0x10
        push    rax
        pushfq
        push    qword 0x08
        lea     rax, [.ring0]
        push    rax
        iretq
.ring0: ret
        act kernel_segment, "load-kernel-segment"
        mov     eax, 0x10
        mov     ds, ax
        ret

; ---- memory that is not the program's
        act read_kernel, "read-kernel"
        mov     rax, KERNEL_TEXT
        mov     rax, [rax]
        ret
        act read_direct_map, "read-direct-map"
        mov     rax, DIRECT_MAP
        mov     rax, [rax]
        ret
        act write_kernel, "write-kernel"
        mov     rax, KERNEL_TEXT
        mov     qword [rax], 0
        ret
        act run_kernel, "run-kernel"
        mov     rax, KERNEL_TEXT
        jmp     rax
        act kernel_stack, "push-to-kernel"
        mov     rax, rsp
        mov     rsp, KERNEL_TEXT + 0x1000
        push    rax
        mov     rsp, rax
        ret
        act read_unmapped, "read-unmapped"
        mov     rax, [rsp + 0x40000000]
        ret
        act read_null, "read-null"
        xor     eax, eax
        mov     rax, [rax]
        ret
        act write_null, "write-null"
        xor     eax, eax
        mov     [rax], rax
        ret
        act jump_null, "jump-null"
        xor     eax, eax
        jmp     rax
        act read_non_canonical, "read-non-canonical"
        mov     rax, NON_CANONICAL
        mov     rax, [rax]
        ret
        act push_non_canonical, "push-non-canonical"
        mov     rax, rsp
        mov     rsp, NON_CANONICAL + 0x1000
        push    rax
        mov     rsp, rax
        ret

; ---- W^X
        act write_code, "write-code"
        lea     rax, [act_write_code]
        mov     byte [rax], 0x90
        ret
        act write_constants, "write-constants"
        lea     rax, [name_cli]
        mov     byte [rax], 0x90
        ret
        act run_constants, "run-constants"
        lea     rax, [return_constant]
        call    rax
        ret
        act run_data, "run-data"
        lea     rax, [return_data]
        call    rax
        ret
        act run_heap, "run-heap"
        mov     byte [rdi], 0xC3
        call    rdi
        ret
        act run_stack, "run-stack"
        push    qword 0xC3
        call    rsp
        add     rsp, 8
        ret

; ---- computations that cannot be done
        act divide, "divide"
        xor     ecx, ecx
        xor     edx, edx
        mov     eax, 1
        div     rcx
        ret
        act invalid_opcode, "invalid-opcode"
        ud2
        act x87, "x87-error"
        mov     word [rdi], 0x37F & ~4  ; division by zero is not masked
        fninit
        fldcw   [rdi]
        fld1
        fldz
        fdivp
        fwait
        ret

; ---- a debugger's flag, set by the program itself
        act trap_flag, "trap-flag"
        pushfq
        or      qword [rsp], 0x100
        popfq
        nop
        ret
        act trap_flag_syscall, "trap-flag-syscall"
        xor     eax, eax                ; null()
        pushfq
        or      qword [rsp], 0x100
        popfq
        syscall
        ret

section .data
        dq      0, 0                    ; the table ends
return_data:    db 0xC3
section .rodata
return_constant: db 0xC3
section .note.GNU-stack noalloc noexec nowrite progbits
