; Fills registers and looks whether they are still full. Back to: HeldRegisters.cs
default rel
bits 64

global hold_registers, hide_and_sleep, sleep_and_seek

SYSCALL_SLEEP   equ 13                  ; SyscallNumber.Sleep

; fill_xmm: xmm N holds seed + N in both halves. rdi = seed.
%macro fill_xmm 0
 %assign number 0
 %rep 16
        lea     rax, [rdi + number]
        movq    xmm %+ number, rax
        punpcklqdq xmm %+ number, xmm %+ number
  %assign number number + 1
 %endrep
%endmacro

section .text

; hold_registers(seed, turns) -> 0, or which one was lost: 1..11 general, 16.. xmm, 32 MXCSR, 33 x87 register, 34 x87 control word
align 16
hold_registers:
        push    rbx
        push    rbp
        push    r12
        push    r13
        push    r14
        push    r15
        sub     rsp, 40                 ; 0: MXCSR, 4: control word, 8: seed, 16: what came back
        mov     [rsp + 8], rdi
        mov     rcx, rsi
        fill_xmm
        mov     eax, edi                ; rounding control: another one for another seed
        shr     eax, 1
        and     eax, 0x6000
        or      eax, 0x1F80
        mov     [rsp], eax
        ldmxcsr [rsp]
        mov     eax, edi
        shr     eax, 2
        and     eax, 0x0C00
        or      eax, 0x037F
        mov     [rsp + 4], ax
        fninit
        fldcw   [rsp + 4]
        fild    qword [rsp + 8]
%assign number 1
%define FILLED rbx, rbp, rsi, rdx, r8, r9, r10, r11, r12, r13, r14, r15
%macro fill 1-*
 %rep %0
        lea     %1, [rdi + 256 + number]
  %assign number number + 1
  %rotate 1
 %endrep
%endmacro
        fill    FILLED

.turn:  dec     rcx
        jnz     .turn

%assign number 1
%macro compare 1-*
 %rep %0
        lea     rax, [rdi + 256 + number]
        mov     ecx, number
        cmp     rax, %1
        jne     .lost
  %assign number number + 1
  %rotate 1
 %endrep
%endmacro
        compare FILLED
%assign number 0
%rep 16
        lea     rax, [rdi + number]
        mov     ecx, 16 + number
        movq    rdx, xmm %+ number
        cmp     rax, rdx
        jne     .lost
        psrldq  xmm %+ number, 8
        movq    rdx, xmm %+ number
        cmp     rax, rdx
        jne     .lost
 %assign number number + 1
%endrep
        mov     ecx, 32
        stmxcsr [rsp + 16]
        mov     eax, [rsp + 16]
        cmp     eax, [rsp]
        jne     .lost
        mov     ecx, 34
        fnstcw  [rsp + 16]
        mov     ax, [rsp + 16]
        cmp     ax, [rsp + 4]
        jne     .lost
        mov     ecx, 33
        fistp   qword [rsp + 16]
        mov     rax, [rsp + 16]
        cmp     rax, [rsp + 8]
        jne     .lost
        xor     ecx, ecx
.lost:  fninit
        mov     dword [rsp], 0x1F80
        ldmxcsr [rsp]
        mov     eax, ecx
        add     rsp, 40
        pop     r15
        pop     r14
        pop     r13
        pop     r12
        pop     rbp
        pop     rbx
        ret

; hide_and_sleep(seed, nanoseconds)
align 16
hide_and_sleep:
        fill_xmm
        mov     rdi, rsi
        mov     eax, SYSCALL_SLEEP
        syscall
        ret

; sleep_and_seek(seed, nanoseconds) -> 0, or 1 + the first xmm register that holds what hide_and_sleep with this seed put there
align 16
sleep_and_seek:
        push    rbx
        push    rbp
        mov     rbp, rdi
        mov     rdi, rsi
        mov     eax, SYSCALL_SLEEP
        syscall
%assign number 0
%rep 16
        lea     rax, [rbp + number]
        mov     ecx, 1 + number
        movq    rdx, xmm %+ number
        cmp     rax, rdx
        je      .found
 %assign number number + 1
%endrep
        xor     ecx, ecx
.found: mov     eax, ecx
        pop     rbp
        pop     rbx
        ret

section .note.GNU-stack noalloc noexec nowrite progbits
