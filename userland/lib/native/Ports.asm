; in and out for services. C# side: Ports.cs. The kernel's own: kernel/arch/x64/cpu.asm
default rel
bits 64

global in8, in16, in32, out8, out16, out32

section .text

align 16
in8:    mov     edx, edi
        xor     eax, eax
        in      al, dx
        ret
align 16
in16:   mov     edx, edi
        xor     eax, eax
        in      ax, dx
        ret
align 16
in32:   mov     edx, edi
        in      eax, dx
        ret
align 16
out8:   mov     edx, edi
        mov     eax, esi
        out     dx, al
        ret
align 16
out16:  mov     edx, edi
        mov     eax, esi
        out     dx, ax
        ret
align 16
out32:  mov     edx, edi
        mov     eax, esi
        out     dx, eax
        ret

section .note.GNU-stack noalloc noexec nowrite progbits
