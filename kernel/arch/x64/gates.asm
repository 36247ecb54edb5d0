; Two more ways into the kernel, there to be measured beside `syscall`: int 0x80 and a call gate. Intel SDM vol. 3, 6.12 and 5.8.4.
; Numbers, arguments and results are those of syscall. Next: entry.asm
default rel
bits 64
%include "layout.inc"

global interrupt_call, gate_call
extern es_registers_end, es_preempt_handler, entry_should_reschedule, es_gate_frame, es_syscall_table, clean_xmm

section .text

; ---- the same requests by `int 0x80`: what an interrupt gate costs. Registers as for syscall; the processor has pushed the frame.
; With keys neither this gate nor the next one is open (DescriptorTables.CloseGates).
align 16
interrupt_call:
        push    qword 2
        popfq                           ; the gate clears TF, NT and IF; AC and DF are still the program's
        lea     rsp, [rsp - R_RIP]      ; end of the register area
        store_arguments
        lea     rdi, [rsp - R_SIZE]
        mov     rsp, [rsp + R_CONTEXT + C_KERNEL_STACK]
        call    other_call
        lea     rsp, [rcx + R_RIP]
        xor     ecx, ecx
        xor     r11d, r11d
        iretq

; ---- the same requests through a call gate: it pushes SS, RSP, CS and RIP, and leaves the flags to us. An interrupt, or the trap of
; a program that steps itself, may come before the first instruction: interrupt_from_kernel knows this address.
align 16
gate_call:
        cli
        push    qword 2
        popfq                           ; TF, NT, AC, DF, IF: a program's are not the kernel's
        xchg    rcx, [rsp]              ; rip
        mov     [es_gate_frame], rcx
        mov     rcx, [rsp + 8]          ; cs
        mov     [es_gate_frame + 8], rcx
        mov     rcx, [rsp + 16]         ; rsp
        mov     [es_gate_frame + 16], rcx
        mov     rsp, [es_registers_end]
        mov     [rsp + R_RSP], rcx
        store_arguments
        mov     rdi, [es_gate_frame]
        mov     [rsp + R_RIP], rdi
        mov     rdi, [es_gate_frame + 8]
        mov     [rsp + R_CS], rdi
        mov     qword [rsp + R_FLAGS], CLEAN_FLAGS
        lea     rdi, [rsp - R_SIZE]
        mov     rsp, [rsp + R_CONTEXT + C_KERNEL_STACK]
        call    other_call
        mov     r11, [rcx + R_RIP]      ; others may have come and gone: the frame is copied for the way back only now
        mov     [es_gate_frame], r11
        mov     r11, [rcx + R_CS]
        mov     [es_gate_frame + 8], r11
        mov     r11, [rcx + R_RSP]
        mov     [es_gate_frame + 16], r11
        mov     r11, [rcx + R_SS]
        mov     [es_gate_frame + 24], r11
        lea     rsp, [es_gate_frame]
        xor     ecx, ecx
        xor     r11d, r11d
        sti                             ; takes effect after the next instruction
        o64 retf

; The middle of both: dispatches, lets others run if they should, leaves in registers what a syscall leaves. rcx = end of the register area.
other_call:
        cmp     rax, FIRST_MESSAGE
        jae     .message
        call    .handle
        clear_words
        ret
.message:
        cmp     rax, SYSCALL_SLOTS
        jb      .known
        mov     eax, SYSCALL_SLOTS - 1
.known: call    .handle
        load_words
        ret
.handle:
        lea     rcx, [es_syscall_table]
        call    [rcx + rax * 8]
        mov     rcx, [es_registers_end]
        cmp     byte [entry_should_reschedule], 0
        je      .handled
        let_others_run
.handled:
        ret

section .note.GNU-stack noalloc noexec nowrite progbits
