; What C# without `unsafe` cannot say. Intel SDM vol. 2, MOV to control registers; vol. 3, 2.5 "control registers". Back to: NativeActs.cs
default rel
bits 64

global fault_store, fault_clear_write_protect

CR0_WP          equ 1 << 16             ; without it, ring 0 writes read-only pages

section .text

; fault_store(address, value)
align 16
fault_store:
        mov     [rdi], rsi
        ret

; fault_clear_write_protect(): #GP above ring 0, at the first instruction
align 16
fault_clear_write_protect:
        mov     rax, cr0
        and     rax, ~CR0_WP
        mov     cr0, rax
        ret

section .note.GNU-stack noalloc noexec nowrite progbits
