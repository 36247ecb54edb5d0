; What a driver must not do, an attack a routine. rdi = the address it is about, rsi = 64 bytes of heap; rax = what came of it, where
; nothing stopped it. What should come of each, ring by ring: tests/Boot/*WallTests.cs. Next: WaysOut.asm
default rel
bits 64

%include "attack.inc"

IA32_LSTAR      equ 0xC0000082
IA32_PKRS       equ 0x6E1
AC              equ 1 << 18
section .text
global attack_list
align 16
attack_list:
        lea     rax, [attack_table]
        ret

section .data
align 8
attack_table:

; ---- instructions of ring 0
        attack in, "in"
        mov     edx, 0x3F8
        in      al, dx
        ret
        attack out, "out"
        mov     edx, 0x80
        out     dx, al
        ret
        attack cli, "cli"
        cli
        ret
        attack sti, "sti"
        sti
        ret
        attack hlt, "hlt"
        hlt
        ret
        attack rdmsr, "rdmsr"
        mov     ecx, IA32_LSTAR
        rdmsr
        ret
        attack wrmsr, "wrmsr"
        mov     ecx, IA32_LSTAR
        xor     eax, eax
        xor     edx, edx
        wrmsr
        ret
        attack wrmsr_keys, "wrmsr-keys"
        mov     ecx, IA32_PKRS
        xor     eax, eax
        xor     edx, edx
        wrmsr
        ret
        attack read_cr3, "read-cr3"
        mov     rax, cr3
        ret
        attack write_cr3, "write-cr3"
        xor     eax, eax
        mov     cr3, rax
        ret
        attack write_cr0, "write-cr0"
        mov     eax, 0x80000011         ; without write protection
        mov     cr0, rax
        ret
        attack write_cr4, "write-cr4"
        xor     eax, eax
        mov     cr4, rax
        ret
        attack lgdt, "lgdt"
        lgdt    [rsi]
        ret
        attack lidt, "lidt"
        lidt    [rsi]
        ret
        attack ltr, "ltr"
        mov     eax, 0x50
        ltr     ax
        ret
        attack clts, "clts"
        clts
        ret
        attack invlpg, "invlpg"
        invlpg  [rsi]
        ret
        attack swapgs, "swapgs"
        swapgs
        ret
        attack sysret, "sysret"
        lea     rcx, [.back]
        pushfq
        pop     r11
        o64 sysret
.back:  ret
        attack sysenter, "sysenter"
        sysenter
        ret
        attack iretq, "iretq-to-ring-0"
        mov     rax, rsp
        push    qword 0x10
        push    rax
        pushfq
        push    qword 0x08
        lea     rax, [.ring0]
        push    rax
        iretq
.ring0: ret
        attack retf, "retf-to-ring-0"
        push    qword 0x08
        lea     rax, [.ring0]
        push    rax
        o64 retf
.ring0: ret

; ---- ways into the kernel
        attack int14, "int-14"          ; a page fault that is none
        int     14
        ret
        attack int32, "int-32"          ; an interrupt that is none
        int     32
        ret
        attack int80, "int-80"
        xor     eax, eax
        int     0x80
        ret
        attack call_gate, "call-gate"
        xor     eax, eax
        call    far dword [gate]
        ret
        attack step, "step-through-gate"
        xor     eax, eax
        pushfq
        or      qword [rsp], 0x100      ; the trap comes after the call: before the gate's first instruction
        popfq
        call    far dword [gate]
        pushfq
        and     qword [rsp], ~0x100
        popfq
        ret

; ---- memory
        attack read, "read"
        mov     rax, [rdi]
        ret
        attack write, "write"
        mov     rax, 0xDEADBEEFDEADBEEF
        mov     [rdi], rax
        ret
        attack read_with_ac, "read-with-ac" ; what stac does, by an instruction of every ring
        pushfq
        or      qword [rsp], AC
        popfq
        mov     rax, [rdi]
        pushfq
        and     qword [rsp], ~AC
        popfq
        ret
        attack run, "run"               ; what it calls returns, or is stopped
        mov     rax, rdi
        call    rax
        ret

; ---- the stack pointer, at every way into the kernel
        attack stack_syscall, "stack-syscall"
        push    rbx
        mov     rbx, rsp
        mov     rsp, rdi
        xor     eax, eax
        syscall
        mov     rsp, rbx
        pop     rbx
        ret
        attack stack_interrupt, "stack-interrupt"
        push    rbx
        mov     rbx, rsp
        mov     rsp, rdi
        wait_for_interrupts
        mov     rsp, rbx
        pop     rbx
        xor     eax, eax
        ret
        attack stack_push, "stack-push"
        push    rbx
        mov     rbx, rsp
        mov     rsp, rdi
        push    rdi
        mov     rsp, rbx
        pop     rbx
        xor     eax, eax
        ret

; ---- the page where the processor pushes when ring 1 with keys is left: rdi = its end. rax = syscalls that went wrong.
        attack fill_entry_stack, "fill-entry-stack"
        push    rbx
        push    r12
        mov     rbx, rdi
        xor     r12d, r12d
        call    .fill
        xor     eax, eax
        syscall
        or      r12, rax
        call    .fill
        wait_for_interrupts
        call    .fill
        xor     eax, eax
        syscall
        or      rax, r12
        pop     r12
        pop     rbx
        ret
.fill:  mov     ecx, 512
        mov     rax, 0xDEADBEEFDEADBEEF
.next:  mov     [rbx + rcx * 8 - 4096 - 8], rax
        dec     ecx
        jnz     .next
        ret
; What is left there after a syscall and interrupts. rax = a word that looks like an address of the kernel's, or 0.
        attack read_entry_stack, "read-entry-stack"
        push    rbx
        push    rbp
        push    r12
        push    r13
        push    r14
        push    r15
        mov     rbx, rdi
        sub     rdi, 4096 + 8
        call    .clear
        xor     ebp, ebp
        xor     r12d, r12d
        xor     r13d, r13d
        xor     r14d, r14d
        xor     r15d, r15d
        xor     edi, edi                ; from here on the driver's own registers hold nothing that looks like the kernel's
        not     rbx
        xor     eax, eax
        syscall
        wait_for_interrupts
        mov     ecx, 512
        not     rbx
        xor     eax, eax
.look:  mov     rdx, [rbx + rcx * 8 - 4096 - 8]
        bt      rdx, 63                 ; an address of the kernel's half
        jnc     .next
        mov     r8, rdx
        shr     r8, 40
        cmp     r8d, 0xFFFFE0           ; but not one of the driver's own
        je      .next
        mov     rax, rdx
.next:  dec     ecx
        jnz     .look
        pop     r15
        pop     r14
        pop     r13
        pop     r12
        pop     rbp
        pop     rbx
        ret
.clear: mov     ecx, 512
        xor     eax, eax
.zero:  mov     [rdi + rcx * 8], rax
        dec     ecx
        jnz     .zero
        ret

section .data
        dq      0, 0                    ; the table ends
section .rodata
align 8
gate:   dd      0                       ; not looked at
        dw      0x60 | 3
section .note.GNU-stack noalloc noexec nowrite progbits
