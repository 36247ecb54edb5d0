; System calls from odd places. Back to: OddCalls.cs
default rel
bits 64

global call_with_rax, call_backwards, call_with_stack, call_and_look, code_address, endless

section .text

; call_with_rax(number): all 64 bits of rax.
align 16
call_with_rax:
        mov     rax, rdi
        xor     edi, edi
        xor     esi, esi
        xor     edx, edx
        syscall
        ret

; call_backwards(number, a0, a1, a2): with the direction flag, the alignment-check flag and the nested-task flag set.
align 16
call_backwards:
        mov     rax, rdi
        mov     rdi, rsi
        mov     rsi, rdx
        mov     rdx, rcx
        pushfq
        or      qword [rsp], (1 << 10) | (1 << 14) | (1 << 18)
        popfq
        syscall
        pushfq
        and     qword [rsp], ~((1 << 10) | (1 << 14) | (1 << 18))
        popfq
        ret

; call_with_stack(stack): null() with any stack pointer.
align 16
call_with_stack:
        push    rbx
        mov     rbx, rsp
        mov     rsp, rdi
        xor     eax, eax
        syscall
        mov     rsp, rbx
        pop     rbx
        ret

; call_and_look(number, a0, a1, a2) -> the largest value the kernel left in a register that it may change, rax apart
align 16
call_and_look:
        mov     rax, rdi
        mov     rdi, rsi
        mov     rsi, rdx
        mov     rdx, rcx
        xor     r10d, r10d
        xor     r8d, r8d
        syscall
        xor     eax, eax
%macro larger 1-*
 %rep %0
        cmp     rax, %1
        cmovb   rax, %1
  %rotate 1
 %endrep
%endmacro
        larger  rcx, rdx, rsi, rdi, r8, r9, r10, r11
        ret

; Nobody comes here; a driver may be sent here (tests/Boot/WaysOutTests.cs).
align 16
endless:
        jmp     endless

align 16
code_address:
        lea     rax, [code_address]
        ret

section .note.GNU-stack noalloc noexec nowrite progbits
