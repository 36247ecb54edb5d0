; What only the link can tell C#: where the sections of the image are (the linker script of Cosmos names them), and where the table
; of assembly routines is; and the two ways from Cosmos's code that are led to us (ld.lld --wrap, see the project file).
; The entries without __wrap_ are C functions for LibraryImport: AssemblySymbols.cs
default rel
bits 64

COM1            equ 0x3F8
DEBUG_CONSOLE   equ 0xE9                ; BootProtocol.DebugConsolePort

global cpu_operations_table, image_bounds, set_throw_handler, __wrap_RhpThrowEx, __wrap__native_io_write_byte
extern cpu_operations
extern __kernel_start, __rodata_start, __data_start, __kernel_end
extern __real_RhpThrowEx

section .text
; `throw` is a call of this with the exception in rdi. Until our kernel runs Cosmos's unwinder has it; from then on nothing catches.
align 16
__wrap_RhpThrowEx:
        mov     rax, [throw_handler]
        test    rax, rax
        jz      .unwind
        jmp     rax
.unwind:
        jmp     __real_RhpThrowEx

; void set_throw_handler(void (*handler)(Exception))
align 16
set_throw_handler:
        mov     [throw_handler], rdi
        ret

; void _native_io_write_byte(ushort port, byte value). The serial line is ours; what Cosmos says there goes to QEMU's debug console.
align 16
__wrap__native_io_write_byte:
        mov     edx, edi
        mov     eax, esi
        cmp     dx, COM1
        jne     .write
        mov     edx, DEBUG_CONSOLE
.write: out     dx, al
        ret

align 16
cpu_operations_table:
        lea     rax, [cpu_operations]
        ret
align 16
image_bounds:
        lea     rax, [bounds]
        ret

section .rodata
align 8
bounds: dq      __kernel_start, __rodata_start, __data_start, __kernel_end

section .data
align 8
throw_handler:  dq 0

section .note.GNU-stack noalloc noexec nowrite progbits
