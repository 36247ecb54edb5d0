; One system call with any content in any register, and a look at every register afterwards. C# side: RawCalls.cs
default rel
bits 64

global fuzz_call, fuzz_end, fuzz_code

SYSCALL_EXIT    equ 1                   ; SyscallNumber.Exit
SYSCALL_VECTOR  equ 0x80
SYSCALL_GATE    equ 0x60 | 3

; What the registers hold that a system call keeps.
HELD_RBX        equ 0x0B0B_1111_2222_3333
HELD_RBP        equ 0x0B0B_4444_5555_6666
HELD_R12        equ 0x0B0B_7777_8888_9999
HELD_R13        equ 0x0B0B_AAAA_BBBB_CCCC
HELD_R14        equ 0x0B0B_DDDD_EEEE_FFFF
HELD_R15        equ 0x0B0B_0123_4567_89AB

section .bss
registers:      resq 1                  ; the CallRegisters of the call
stack:          resq 1
result_rdi:     resq 1

section .text

%macro load 0
        push    qword [rdi + 56]
        popfq
        mov     rax, [rdi]
        mov     rsi, [rdi + 16]
        mov     rdx, [rdi + 24]
        mov     r10, [rdi + 32]
        mov     r8, [rdi + 40]
        mov     r9, [rdi + 48]
        mov     rdi, [rdi + 8]
%endmacro

%macro check 3                          ; register, what it held, bit
        mov     rcx, %2
        cmp     %1, rcx
        je      %%kept
        or      eax, %3
%%kept:
%endmacro

; fuzz_call(CallRegisters*, entry): by the syscall instruction, an interrupt gate or a call gate
align 16
fuzz_call:
        push    rbx
        push    rbp
        push    r12
        push    r13
        push    r14
        push    r15
        mov     [registers], rdi
        mov     [stack], rsp
        mov     rbx, HELD_RBX
        mov     rbp, HELD_RBP
        mov     r12, HELD_R12
        mov     r13, HELD_R13
        mov     r14, HELD_R14
        mov     r15, HELD_R15
        cmp     esi, 1
        je      .interrupt
        ja      .gate
        load
        syscall
        jmp     .back
.interrupt:
        load
        int     SYSCALL_VECTOR
        jmp     .back
.gate:
        load
        call    far dword [call_gate]
.back:
        mov     [result_rdi], rdi
        mov     rdi, [registers]
        pushfq
        pop     qword [rdi + 136]
        push    2
        popfq                           ; C# wants no direction flag and no alignment checks
        mov     [rdi + 64], rax
        mov     [rdi + 80], rsi
        mov     [rdi + 88], rdx
        mov     [rdi + 96], r10
        mov     [rdi + 104], r8
        mov     [rdi + 112], r9
        mov     [rdi + 120], rcx
        mov     [rdi + 128], r11
        mov     rax, [result_rdi]
        mov     [rdi + 72], rax
        xor     eax, eax
        check   rbx, HELD_RBX, 1
        check   rbp, HELD_RBP, 2
        check   r12, HELD_R12, 4
        check   r13, HELD_R13, 8
        check   r14, HELD_R14, 16
        check   r15, HELD_R15, 32
        check   rsp, [stack], 64
        mov     [rdi + 144], rax
        mov     rsp, [stack]
        pop     r15
        pop     r14
        pop     r13
        pop     r12
        pop     rbp
        pop     rbx
        ret

align 8
call_gate:
        dd      0
        dw      SYSCALL_GATE

; fuzz_end(way, code): ends the process, by itself or by the processor
align 16
fuzz_end:
        cmp     edi, 1
        je      .unmapped
        cmp     edi, 2
        je      .undefined
        cmp     edi, 3
        je      .division
        cmp     edi, 4
        je      .privileged
        cmp     edi, 5
        je      .kernel
        mov     edi, esi
        mov     eax, SYSCALL_EXIT
        syscall
.undefined:
        ud2
.unmapped:
        xor     eax, eax
        mov     rax, [rax]
.division:
        xor     ecx, ecx
        xor     edx, edx
        div     ecx
.privileged:
        hlt
.kernel:
        mov     rax, 0xFFFF_8000_0010_0000
        mov     [rax], rax
        ud2

align 16
fuzz_code:
        lea     rax, [fuzz_code]
        ret

section .note.GNU-stack noalloc noexec nowrite progbits
