; Enters the kernel with every register full, and stores every register as it comes back. Layouts: Request.cs, Found.cs. Back to: Program.cs
default rel
bits 64

global look

; Request.cs
Q_WAY           equ 0                   ; 0: syscall, 1: int 0x80, 2: call gate
Q_NUMBER        equ 8
Q_ARGUMENTS     equ 16                  ; rdi rsi rdx r10 r8 r9
Q_OWN           equ 64                  ; word n of the caller's own is this plus n
Q_SEGMENT       equ 72                  ; for ds, es, fs and gs
Q_FOUND         equ 80

; Found.cs
F_GENERAL       equ 0                   ; rax rbx rcx rdx rsi rdi rbp rsp r8..r15
F_FLAGS         equ 128
F_BEFORE        equ 136
F_SEGMENTS      equ 144                 ; ds es fs gs cs ss, 16 bits each
F_BACK          equ 160                 ; where the request returns to
F_STACK         equ 168                 ; words below the stack pointer that have changed
F_POINTER       equ 176                 ; rsp as it was
F_EXTENDED      equ 192                 ; FXSAVE

STACK_WORDS     equ 512                 ; below the stack pointer; the first four are this routine's

MXCSR_OWN       equ 0x7F80              ; another rounding than a new thread's
CONTROL_OWN     equ 0x0F7F
SYSCALL_GATE    equ 0x60 | 3

section .text

; look(Request*)
align 16
look:
        push    rbx
        push    rbp
        push    r12
        push    r13
        push    r14
        push    r15
        push    rdi
        mov     rax, [rdi + Q_OWN]
%assign number 0
%rep 16
        lea     rcx, [rax + 16 + number]
        movq    xmm %+ number, rcx
        punpcklqdq xmm %+ number, xmm %+ number
 %assign number number + 1
%endrep
        push    qword MXCSR_OWN
        ldmxcsr [rsp]
        mov     word [rsp], CONTROL_OWN
        fninit
        fldcw   [rsp]
        pop     rcx
        fild    qword [rdi + Q_OWN]
        mov     ecx, [rdi + Q_SEGMENT]
        mov     ds, ecx
        mov     es, ecx
        mov     fs, ecx
        mov     gs, ecx
        mov     ecx, STACK_WORDS
.fill:  neg     rcx
        mov     [rsp + rcx * 8], rax
        neg     rcx
        dec     ecx
        jnz     .fill
        mov     rbx, [rdi + Q_FOUND]
        mov     [rbx + F_POINTER], rsp
        mov     rbx, rdi                ; rbx stays the request; the rest are the caller's own words
        lea     rbp, [rax + 6]
        lea     r12, [rax + 12]
        lea     r13, [rax + 13]
        lea     r14, [rax + 14]
        lea     r15, [rax + 15]
        lea     rcx, [rax + 2]
        lea     r11, [rax + 11]
        mov     rdi, [rbx + Q_ARGUMENTS]
        mov     rsi, [rbx + Q_ARGUMENTS + 8]
        mov     rdx, [rbx + Q_ARGUMENTS + 16]
        mov     r10, [rbx + Q_ARGUMENTS + 24]
        mov     r8, [rbx + Q_ARGUMENTS + 32]
        mov     r9, [rbx + Q_ARGUMENTS + 40]
        mov     rax, [rbx + Q_FOUND]
        cmp     qword [rbx + Q_WAY], 1
        pushfq
        pop     qword [rax + F_BEFORE]
        mov     rax, [rbx + Q_NUMBER]
        je      .interrupt
        ja      .gate
        syscall
.back:  jmp     .store
.interrupt:
        int     0x80
        jmp     .store
.gate:  call    far dword [gate]
.store: pushfq
        push    rax
        mov     rax, [rsp + 16]
        mov     rax, [rax + Q_FOUND]
        pop     qword [rax + F_GENERAL]
        pop     qword [rax + F_FLAGS]
%assign number 1
%macro store 1-*
 %rep %0
        mov     [rax + F_GENERAL + number * 8], %1
  %assign number number + 1
  %rotate 1
 %endrep
%endmacro
        store   rbx, rcx, rdx, rsi, rdi, rbp, rsp, r8, r9, r10, r11, r12, r13, r14, r15
        mov     [rax + F_SEGMENTS], ds
        mov     [rax + F_SEGMENTS + 2], es
        mov     [rax + F_SEGMENTS + 4], fs
        mov     [rax + F_SEGMENTS + 6], gs
        mov     [rax + F_SEGMENTS + 8], cs
        mov     [rax + F_SEGMENTS + 10], ss
        fxsave64 [rax + F_EXTENDED]
        lea     rcx, [.back]
        mov     [rax + F_BACK], rcx
        mov     rdi, [rsp]
        mov     rdi, [rdi + Q_OWN]
        xor     edx, edx
        mov     rcx, -STACK_WORDS
.count: cmp     [rsp + rcx * 8], rdi
        je      .same
        inc     edx
.same:  inc     rcx
        cmp     rcx, -4
        jne     .count
        mov     [rax + F_STACK], rdx
        fninit
        push    qword 0x1F80
        ldmxcsr [rsp]
        pop     rcx
        xor     ecx, ecx
        mov     ds, ecx
        mov     es, ecx
        mov     fs, ecx
        mov     gs, ecx
        pop     rdi
        pop     r15
        pop     r14
        pop     r13
        pop     r12
        pop     rbp
        pop     rbx
        ret

align 8
gate:   dd      0                       ; not looked at
        dw      SYSCALL_GATE

section .note.GNU-stack noalloc noexec nowrite progbits
