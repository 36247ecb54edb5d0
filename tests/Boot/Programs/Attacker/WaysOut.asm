; Ways outwards, to a ring with fewer rights, and what a driver takes along there. rdi = an address or flags, rsi = 64 bytes of heap;
; rax = what came of it, where nothing stopped it. What should come of each: tests/Boot/WaysOutTests.cs. Back to: Attack.cs
default rel
bits 64
%include "attack.inc"

RING2_CODE      equ 0x40 | 2
RING2_DATA      equ 0x48 | 2
RING3_CODE      equ 0x28 | 3
RING3_DATA      equ 0x20 | 3
TRAP            equ 1 << 8
ODD             equ (1 << 10) | (1 << 14) | (1 << 18) ; DF, NT, AC

; interrupt_return_to CODE, DATA, RIP: with the stack and flags of now
%macro interrupt_return_to 3
        mov     rax, rsp
        push    qword %2
        push    rax
        pushfq
        push    qword %1
        push    %3
        iretq
%endmacro

%macro far_return_to 3
        mov     rax, rsp
        push    qword %2
        push    rax
        push    qword %1
        push    %3
        o64 retf
%endmacro

; In ring 2 for longer than a time slice, then a request. rax = the ring before it, and behind it the ring after it.
%macro stay 0
 %rep 4
        wait_for_interrupts
 %endrep
        push    rbx
        mov     ebx, cs
        xor     eax, eax
        syscall
        mov     eax, cs
        and     eax, 3
        and     ebx, 3
        shl     ebx, 4
        or      eax, ebx
        pop     rbx
        ret
%endmacro

section .text
global ways_out_list
align 16
ways_out_list:
        lea     rax, [ways_out_table]
        ret

section .data
align 8
ways_out_table:

        attack iretq_ring2, "iretq-to-ring-2"
        lea     rdx, [.there]
        interrupt_return_to RING2_CODE, RING2_DATA, rdx
.there: stay
        attack retf_ring2, "retf-to-ring-2"
        lea     rdx, [.there]
        far_return_to RING2_CODE, RING2_DATA, rdx
.there: stay
        attack iretq_ring3, "iretq-to-ring-3" ; to rdi, or, if that is 0, on from here
        lea     rdx, [.there]
        test    rdi, rdi
        cmovnz  rdx, rdi
        xor     ecx, ecx                ; null(), if it is a stub of the program's where it goes
        interrupt_return_to RING3_CODE, RING3_DATA, rdx
.there: ret
        attack retf_ring3, "retf-to-ring-3"
        lea     rdx, [.there]
        test    rdi, rdi
        cmovnz  rdx, rdi
        xor     ecx, ecx
        far_return_to RING3_CODE, RING3_DATA, rdx
.there: ret

; Flags by popf, and by iretq in the ring where it is: rdi = those to be set. rax = what the flags are after a request and interrupts.
        attack popf_flags, "popf-flags"
        pushfq
        or      [rsp], rdi
        popfq
        jmp     attack_iretq_flags.on
        attack iretq_flags, "iretq-flags"
        mov     rax, rsp
        mov     ecx, ss
        push    rcx
        push    rax
        pushfq
        or      [rsp], rdi
        mov     ecx, cs
        push    rcx
        lea     rax, [.on]
        push    rax
        iretq
.on:    xor     eax, eax
        syscall
        wait_for_interrupts
        pushfq
        pop     rax
        pushfq
        and     qword [rsp], ~ODD
        popfq
        ret

; A stack segment that is null, which rings below 3 may have.
        attack null_stack, "null-stack-segment"
        push    rbx
        mov     ebx, ss
        mov     eax, cs
        and     eax, 3
        mov     ss, eax
        wait_for_interrupts
        xor     eax, eax
        syscall
        mov     ss, ebx
        pop     rbx
        ret

; The instruction after a load of SS is shielded from traps and interrupts: a step that is due comes in the kernel, or never.
%macro step_shielded 1+
        pushfq
        or      qword [rsp], TRAP
        mov     ecx, ss
        xor     eax, eax
        popfq
        mov     ss, ecx
        %1
        pushfq
        and     qword [rsp], ~TRAP
        popfq
        ret
%endmacro
        attack step_syscall, "step-shielded-syscall"
        step_shielded syscall
        attack step_int80, "step-shielded-int-80"
        step_shielded int 0x80
        attack step_int3, "step-shielded-int3"
        step_shielded int3
        attack step_gate, "step-shielded-gate"
        step_shielded call far dword [gate]

section .data
        dq      0, 0                    ; the table ends
section .rodata
align 8
gate:   dd      0                       ; not looked at
        dw      0x60 | 3
section .note.GNU-stack noalloc noexec nowrite progbits
