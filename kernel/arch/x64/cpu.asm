; What C# cannot say: privileged instructions, a bare call each, and the one copy that may fault. C# reaches them through the table at
; the end (CpuOperations.cs), so the same kernel source works whoever compiled it. Every routine is aligned: in a function pointer, ILC
; takes bit 1 for a mark of its own. Next: entry.asm
default rel
bits 64

global cpu_operations
extern context_switch, context_switch_with_ring1, context_switch_with_keys, context_switch_with_ports, thread_start
extern interrupt_stubs, syscall_entry, entry_state, es_has_smap
extern syscall_entry_with_keys, interrupt_call, gate_call, entry_keys, entry_stack_end, kernel_canary

section .text

align 16
in8:    mov     edx, edi
        xor     eax, eax
        in      al, dx
        ret
align 16
out8:   mov     edx, edi
        mov     eax, esi
        out     dx, al
        ret
align 16
in16:   mov     edx, edi
        xor     eax, eax
        in      ax, dx
        ret
align 16
out16:  mov     edx, edi
        mov     eax, esi
        out     dx, ax
        ret
align 16
in32:   mov     edx, edi
        in      eax, dx
        ret
align 16
out32:  mov     edx, edi
        mov     eax, esi
        out     dx, eax
        ret

align 16
read_msr:
        mov     ecx, edi
        rdmsr
        shl     rdx, 32
        or      rax, rdx
        ret
align 16
write_msr:
        mov     ecx, edi
        mov     eax, esi
        mov     rdx, rsi
        shr     rdx, 32
        wrmsr
        ret

align 16
read_fault_address:
        mov     rax, cr2
        ret
align 16
load_cr3:
        mov     cr3, rdi
        ret
align 16
read_cr3:
        mov     rax, cr3
        ret
align 16
read_cr4:
        mov     rax, cr4
        ret
align 16
write_cr4:
        mov     cr4, rdi
        ret
align 16
write_cr0:
        mov     cr0, rdi
        ret
align 16
read_cr0:
        mov     rax, cr0
        ret

align 16
read_time_stamp:
        rdtsc
        shl     rdx, 32
        or      rax, rdx
        ret

; cpuid(leaf, subleaf, uint* eax_ebx_ecx_edx)
align 16
identify:
        push    rbx
        mov     r8, rdx
        mov     eax, edi
        mov     ecx, esi
        cpuid
        mov     [r8], eax
        mov     [r8 + 4], ebx
        mov     [r8 + 8], ecx
        mov     [r8 + 12], edx
        pop     rbx
        ret

; load_descriptor_tables(gdtr*, idtr*, tss selector): then reload every segment register.
align 16
load_descriptor_tables:
        lgdt    [rdi]
        lidt    [rsi]
        ltr     dx
        xor     eax, eax
        lldt    ax                      ; none: a selector into it is refused
        mov     ds, ax
        mov     es, ax
        mov     fs, ax
        mov     gs, ax
        mov     ax, 0x10
        mov     ss, ax
        push    0x08
        lea     rax, [.loaded]
        push    rax
        o64 retf
.loaded:
        ret

; Waits for one interrupt with the kernel's only window of IF=1; sti's shadow covers hlt.
align 16
halt_until_interrupt:
        sti
        hlt
        cli
        ret

; For good. No interrupt may come: it would go on at the top of this very stack.
align 16
halt:   cli
        hlt
        jmp     halt

; A driver thread of the kernel can be interrupted while it is in its driver.
align 16
enable_interrupts:
        sti
        ret
align 16
disable_interrupts:
        cli
        ret

; What a thread that is interrupted in the middle of a computation has in registers that a switch clears: SSE and x87, and in bytes 464 on,
; which FXSAVE leaves to us, the data segment selectors. Whatever it had loaded there can be loaded in ring 0.
SAVED_SEGMENTS  equ 464
align 16
save_interrupted:
        fxsave64 [rdi]
        mov     [rdi + SAVED_SEGMENTS], ds
        mov     [rdi + SAVED_SEGMENTS + 2], es
        mov     [rdi + SAVED_SEGMENTS + 4], fs
        mov     [rdi + SAVED_SEGMENTS + 6], gs
        ret
align 16
restore_interrupted:
        fxrstor64 [rdi]
        mov     ds, [rdi + SAVED_SEGMENTS]
        mov     es, [rdi + SAVED_SEGMENTS + 2]
        mov     fs, [rdi + SAVED_SEGMENTS + 4]
        mov     gs, [rdi + SAVED_SEGMENTS + 6]
        ret

; copy_user(to, from, length) -> 1, or 0 if an address of the user range faulted. The kernel's page-fault handler sends faults
; between copy_user and copy_user_end to copy_user_fault. `rep movsq` is counted as one instruction per 8 bytes under -icount.
align 16
copy_user:
        cmp     byte [es_has_smap], 0
        je      .move
        stac
.move:  mov     rcx, rdx
        cmp     rdx, 8
        jb      .bytes
        mov     rax, [rsi + rdx - 8]    ; the last 8 bytes, which may overlap
        mov     [rdi + rdx - 8], rax
        shr     rcx, 3
        rep movsq
        jmp     .done
.bytes: rep movsb
.done:  mov     eax, 1
        jmp     copy_user_exit
copy_user_end:
copy_user_fault:
        xor     eax, eax
copy_user_exit:
        cmp     byte [es_has_smap], 0
        je      .return
        clac
.return:
        ret

; start_over(stack, target): forgets every frame of the running thread. The target does not return.
align 16
start_over:
        mov     rsp, rdi
        xor     ebp, ebp
        call    rsi
        ud2

align 16
read_frame_pointer:
        mov     rax, rbp
        ret

section .data
align 16
; Order: CpuOperations.cs.
cpu_operations:
        dq      in8, out8, in16, out16, in32, out32
        dq      read_msr, write_msr
        dq      read_fault_address, load_cr3, read_cr3, read_cr4, write_cr4, read_cr0, write_cr0
        dq      read_time_stamp, identify, load_descriptor_tables, halt_until_interrupt, halt
        dq      read_frame_pointer
        dq      context_switch, context_switch_with_ring1, context_switch_with_keys, context_switch_with_ports, copy_user
        dq      enable_interrupts, disable_interrupts, save_interrupted, restore_interrupted, start_over
        dq      thread_start, interrupt_stubs, syscall_entry, entry_state, copy_user, copy_user_end, copy_user_fault
        dq      syscall_entry_with_keys, interrupt_call, gate_call, entry_keys, entry_stack_end, kernel_canary

section .note.GNU-stack noalloc noexec nowrite progbits
