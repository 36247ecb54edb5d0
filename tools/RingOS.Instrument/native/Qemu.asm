; QEMU's plugin functions, the version it is told, and the way to the host's system calls. docs: QEMU "TCG Plugins", include/qemu/qemu-plugin.h.
; C# side: ../qemu/QemuFunctions.cs, ../qemu/HostCall.cs
default rel
bits 64

global qemu_plugin_version:data 4
global choose_version, qemu_functions, host_call

; Weak: a QEMU has the one or the other set, and the loader leaves 0 for what is not there.
%macro function 1
extern %1:weak
        dq      %1
%endmacro

section .data
align 8
functions:
        function qemu_plugin_register_vcpu_tb_trans_cb
        function qemu_plugin_register_atexit_cb
        function qemu_plugin_tb_n_insns
        function qemu_plugin_tb_get_insn
        function qemu_plugin_insn_vaddr
        function qemu_plugin_insn_size
        function qemu_plugin_insn_data
        function qemu_plugin_insn_haddr
        function qemu_plugin_register_vcpu_insn_exec_cb
.add:   function qemu_plugin_register_vcpu_insn_exec_inline                     ; version 1
        function qemu_plugin_register_vcpu_insn_exec_inline_per_vcpu            ; version 2 and later
        function qemu_plugin_scoreboard_new
        function qemu_plugin_scoreboard_find
        function qemu_plugin_register_vcpu_mem_cb
        function qemu_plugin_mem_size_shift
        function qemu_plugin_mem_is_store
        function qemu_plugin_get_hwaddr
        function qemu_plugin_hwaddr_is_io
        function qemu_plugin_hwaddr_phys_addr

; QEMU refuses a version outside of what it knows: 1 for 7.2 to 8.2, 2 from 9.0 on.
qemu_plugin_version:
        dd      1

section .text

; The loader runs this before QEMU looks at the version.
choose_version:
        cmp     qword [functions.add], 0
        jne     .chosen
        mov     dword [qemu_plugin_version], 2
.chosen:
        ret

qemu_functions:
        lea     rax, [functions]
        ret

; host_call(number, a0, a1, a2, a3, a4, a5) -> result or minus errno. syscall(2)
host_call:
        mov     rax, rdi
        mov     rdi, rsi
        mov     rsi, rdx
        mov     rdx, rcx
        mov     r10, r8
        mov     r8, r9
        mov     r9, [rsp + 8]
        syscall
        ret

section .note.GNU-stack noalloc noexec nowrite progbits
