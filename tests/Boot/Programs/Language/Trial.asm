; Runs a case and comes back even if the case panics: the stack is unwound to where it began. No frame between has anything to clean up,
; because images have no exceptions. C# side: Trial.cs
default rel
bits 64

global trial_run, trial_abandon

section .text

; trial_run(bool() case) -> what the case returned.
trial_run:
        push    rbx
        push    rbp
        push    r12
        push    r13
        push    r14
        push    r15
        sub     rsp, 8
        mov     [trial_stack], rsp
        call    rdi
        movzx   eax, al
trial_return:
        add     rsp, 8
        pop     r15
        pop     r14
        pop     r13
        pop     r12
        pop     rbp
        pop     rbx
        ret

; trial_abandon(): trial_run returns ABANDONED.
trial_abandon:
        mov     rsp, [trial_stack]
        mov     eax, 2
        jmp     trial_return

section .bss
align 8
trial_stack:    resq 1

section .note.GNU-stack noalloc noexec nowrite progbits
