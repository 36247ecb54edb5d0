; What a probe does, in any ring. rdi = a word of kernel data, rsi = a function of the kernel. One that was not stopped ends by exit(0).
; Ring 3 runs a copy, so a probe refers to nothing outside itself. Next: WayProbes.asm
default rel
bits 64

%include "probe.inc"

section .text
global probe_list
align 16
probe_list:
        lea     rax, [probe_table]
        ret

section .data
align 8
probe_table:

        probe nothing, "nothing", nop
        probe cli, "cli", cli
        probe hlt, "hlt", hlt
        probe read_cr3, "read-cr3", {mov rax, cr3}
        probe write_cr3, "write-cr3", {mov rax, 0}, {mov cr3, rax}
        probe rdmsr, "rdmsr", {mov ecx, 0xC0000080}, rdmsr
        probe lgdt, "lgdt", {lgdt [rdi]}
        probe in, "in", {mov edx, 0x3F8}, {in al, dx}
        probe out, "out", {mov edx, 0x80}, {out dx, al}
        probe read_kernel, "read-kernel", {mov rax, [rdi]}
        probe write_kernel, "write-kernel", {mov qword [rdi], 1}
        probe write_code, "write-kernel-code", {mov byte [rsi], 0x90}
        probe run_kernel, "run-kernel", {call rsi}
        probe int_14, "int-14", {int 14}
        probe int_80, "int-80", {xor eax, eax}, {int 0x80}
        probe syscall, "syscall", {xor eax, eax}, syscall

section .data
        dq      0                       ; the table ends
section .note.GNU-stack noalloc noexec nowrite progbits
