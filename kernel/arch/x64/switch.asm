; From one thread to another. C# side: ThreadContext.cs, X64Processor.cs. Next: gates.asm
default rel
bits 64
%include "layout.inc"

global context_switch, context_switch_with_ring1, context_switch_with_keys, context_switch_with_ports, thread_start
extern interrupt_return, es_registers_end, entry_is_ring1, es_task_state, es_root, es_switch, es_address_space_switches, clean_xmm, entry_keys

; What a program sees of another one's registers: nothing. SSE registers are dead here (see below), segment registers are nobody's.
%macro clear_user_registers 0
        fxrstor64 [clean_xmm]
        xor     edx, edx
        mov     ds, edx
        mov     es, edx
        mov     fs, edx
        mov     gs, edx
%endmacro

%macro leave_thread 0                    ; rax = end of the other thread's register area, rdx = the TSS
        push    rbx
        push    rbp
        push    r12
        push    r13
        push    r14
        push    r15
        mov     [rdi + C_STACK], rsp
        mov     rsp, [rsi + C_STACK]
        lea     rax, [rsi - R_CONTEXT]
        mov     [es_registers_end], rax
        mov     rdx, [es_task_state]
%endmacro

%macro resume_thread 0
        pop     r15
        pop     r14
        pop     r13
        pop     r12
        pop     rbp
        pop     rbx
        ret
%endmacro

section .text

; context_switch(ThreadContext* from, ThreadContext* to). The caller-saved registers are dead here, as at any call, and so are the SSE
; registers of a thread that gave the processor away; those of one that was interrupted are kept (Scheduler.Preempt). Kernel stacks are
; in every address space. Before another address space is entered, what programs have in registers is overwritten: nothing leaks.
align 16
context_switch:
        leave_thread
        mov     [rdx + TSS_RSP0], rax
        mov     rax, [rsi + C_ROOT]
        cmp     rax, [es_root]
        jne     .enter
.entered:
        resume_thread
.enter: test    rax, rax                ; a thread of the kernel runs in any address space
        jz      .entered
        mov     [es_root], rax
        inc     qword [es_address_space_switches]
        clear_user_registers
.load_cr3:
        mov     cr3, rax
        resume_thread

; The same once a process runs in ring 1. It is a domain of its own in whichever address space is loaded, so here every switch clears.
align 16
context_switch_with_ring1:
        leave_thread
        mov     [rdx + TSS_RSP0], rax
        mov     al, [rsi + C_IS_RING1]
        mov     [entry_is_ring1], al
        clear_user_registers
        mov     rax, [rsi + C_ROOT]
        cmp     rax, [es_root]
        jne     context_switch.enter
        resume_thread

; The same once there are keys: some are interrupted on the common page, and leave the kernel with most of its memory denied.
align 16
context_switch_with_keys:
        leave_thread
        mov     rax, [rsi + C_ENTRY_STACK]
        mov     [rdx + TSS_RSP0], rax
        mov     rax, [rsi + C_KEYS]
        mov     [entry_keys], rax
        mov     al, [rsi + C_IS_RING1]
        mov     [entry_is_ring1], al
        clear_user_registers
        mov     rax, [rsi + C_ROOT]
        cmp     rax, [es_root]
        jne     context_switch.enter
        resume_thread

; Before whichever of them is in force, once a process has ports: it runs with an I/O map, all others with none (PortPermissions.cs).
align 16
context_switch_with_ports:
        mov     rdx, [es_task_state]
        mov     rax, [rsi + C_PORT_MAP]
        mov     [rdx + TSS_PORT_MAP], ax
        jmp     [es_switch]

; A new thread's first switch returns here: on to ring 3 (or 1) by its register area.
thread_start:
        jmp     interrupt_return

section .note.GNU-stack noalloc noexec nowrite progbits
