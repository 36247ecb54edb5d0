; Where a program starts and where it leaves for the kernel. Registers: lib/Abi/SyscallNumber.cs, lib/Abi/Message.cs. Next: Syscall.cs
default rel
bits 64

extern user_main

global _start, syscall_stub, syscall_stub3, syscall_stub3_int, syscall_stub3_gate, syscall_stub_message, user_rdtsc, user_return

SYSCALL_EXIT    equ 1                   ; SyscallNumber.Exit
SYSCALL_VECTOR  equ 0x80                ; kernel/arch/x64/entry.asm: the same calls by a software interrupt,
SYSCALL_GATE    equ 0x60 | 3            ; and through a call gate of the GDT

section .text

; rdi = address of the StartupBlock. user_main(nint startupBlock) returns the exit code.
_start:
        xor     ebp, ebp                ; ends every backtrace
        and     rsp, -16
        call    user_main
        mov     edi, eax
        mov     eax, SYSCALL_EXIT
        syscall
        ud2                             ; exit does not return

; syscall_stub3(a0, a1, a2, number): three arguments lie already where the kernel wants them. This is the way of write().
align 16
syscall_stub3:
        mov     eax, ecx
        syscall
        ret

; The older ways in, for comparison: registers and numbers are the same.
align 16
syscall_stub3_int:
        mov     eax, ecx
        int     SYSCALL_VECTOR
        ret

align 16
syscall_stub3_gate:
        mov     eax, ecx
        call    far dword [call_gate]
        ret

align 8
call_gate:                              ; m16:32; a gate knows its entry point itself, so the offset is not looked at
        dd      0
        dw      SYSCALL_GATE

; syscall_stub(number, a0, a1, a2, a3, a4)
align 16
syscall_stub:
        mov     eax, edi
        mov     rdi, rsi
        mov     rsi, rdx
        mov     rdx, rcx
        mov     r10, r8
        mov     r8, r9
        syscall
        ret

; syscall_stub_message(number, MessageRegisters*): handle, four words and served signals in, badge and four words out.
align 16
syscall_stub_message:
        push    rbx
        mov     eax, edi
        mov     rbx, rsi
        mov     rdi, [rbx]
        mov     rsi, [rbx + 8]
        mov     rdx, [rbx + 16]
        mov     r10, [rbx + 24]
        mov     r8, [rbx + 32]
        mov     r9, [rbx + 40]
        syscall
        mov     [rbx], rdi
        mov     [rbx + 8], rsi
        mov     [rbx + 16], rdx
        mov     [rbx + 24], r10
        mov     [rbx + 32], r8
        pop     rbx
        ret

; The time-stamp counter.
align 16
user_rdtsc:
        rdtsc
        shl     rdx, 32
        or      rax, rdx
        ret

; user_return(a0, a1, a2, number): what syscall_stub3 costs without its syscall, for the yardsticks of apps/primitives.
align 16
user_return:
        mov     eax, ecx
        ret

section .note.GNU-stack noalloc noexec nowrite progbits
