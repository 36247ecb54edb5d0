; The three ways into the kernel, with flags set just before. Kernel side: kernel/arch/x64/entry.asm, gates.asm. Back to: WaysIn.cs
default rel
bits 64

global ways_in_enter

SYSCALL_GATE    equ 0x60 | 3
UNWANTED        equ 0x44500             ; AC, NT, DF, TF: not for C#

%macro set_flags 0                      ; a trap flag takes effect after the instruction that follows
        pushfq
        or      [rsp], r9
        popfq
%endmacro

section .text

; ways_in_enter(way, number, first, second, third, flags): way 0 = syscall, 1 = int 0x80, 2 = call gate
align 16
ways_in_enter:
        mov     rax, rsi
        mov     r10, rdi
        mov     rdi, rdx
        mov     rsi, rcx
        mov     rdx, r8
        cmp     r10, 1
        je      .interrupt
        ja      .gate
        set_flags
        syscall
        jmp     .back
.interrupt:
        set_flags
        int     0x80
        jmp     .back
.gate:  set_flags
        call    far dword [call_gate]
.back:  pushfq
        and     qword [rsp], ~UNWANTED
        popfq
        ret

align 8
call_gate:
        dd      0                       ; not looked at
        dw      SYSCALL_GATE

section .note.GNU-stack noalloc noexec nowrite progbits
