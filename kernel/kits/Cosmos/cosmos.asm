; What only the link can tell C#: where the sections of the image are (the linker script of Cosmos names them), and where the table
; of assembly routines is. The two entries are C functions for LibraryImport: AssemblySymbols.cs
default rel
bits 64

global cpu_operations_table, image_bounds
extern cpu_operations
extern __kernel_start, __rodata_start, __data_start, __kernel_end

section .text
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

section .note.GNU-stack noalloc noexec nowrite progbits
