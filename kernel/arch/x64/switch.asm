; From one thread to another. C# side: ThreadContext.cs, X64Processor.cs. Next: gates.asm
default rel
bits 64
%include "layout.inc"

global context_switch, context_switch_with_ports, thread_start
extern interrupt_return, es_registers_end, es_kernel_stack, es_task_state, es_root, es_clean_xmm, es_address_space_switches

section .text

; context_switch(ThreadContext* from, ThreadContext* to). The caller-saved registers are dead here, as at any call, and so are the SSE
; registers of a thread that gave the processor away; those of one that was interrupted are kept (Scheduler.Preempt). Kernel stacks are
; in every address space. Before another address space is entered, SSE registers are overwritten: nothing leaks.
align 16
context_switch:
        push    rbx
        push    rbp
        push    r12
        push    r13
        push    r14
        push    r15
        mov     [rdi + C_STACK], rsp
        mov     rsp, [rsi + C_STACK]
        mov     rax, [rsi + C_REGISTERS_END]
        mov     rdx, [es_task_state]
        mov     [es_registers_end], rax
        mov     rax, [rsi + C_ENTRY_STACK]
        mov     [rdx + TSS_RSP0], rax
        mov     rax, [rsi + C_KERNEL_STACK]
        mov     [es_kernel_stack], rax
        mov     rax, [rsi + C_ROOT]
        cmp     rax, [es_root]
        jne     .enter
.entered:
        pop     r15
        pop     r14
        pop     r13
        pop     r12
        pop     rbp
        pop     rbx
        ret
.enter: test    rax, rax                ; a thread of the kernel runs in any address space
        jz      .entered
        mov     [es_root], rax
        inc     qword [es_address_space_switches]
        mov     rdx, [es_clean_xmm]
        fxrstor64 [rdx]
.load_cr3:
        mov     cr3, rax
        jmp     .entered

; The same once a process has ports: it runs with an I/O map, all others with none (PortPermissions.cs).
align 16
context_switch_with_ports:
        mov     rdx, [es_task_state]
        mov     rax, [rsi + C_PORT_MAP]
        mov     [rdx + TSS_PORT_MAP], ax
        jmp     context_switch

; A new thread's first switch returns here: on to ring 3 (or 1) by its register area.
thread_start:
        jmp     interrupt_return

section .note.GNU-stack noalloc noexec nowrite progbits
