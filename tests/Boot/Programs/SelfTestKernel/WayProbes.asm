; Every instruction, vector and selector that leads somewhere, or shows or changes what is not the ring's own. rdi = a word of kernel data,
; rdx = the parameter. Ring 3 runs a copy, so a probe refers to nothing outside itself. Back to: RingProbes.cs
default rel
bits 64
%include "probe.inc"

VIRTUAL_8086    equ 1 << 17

%macro table 1
section .text
global %1_probe_list
align 16
%1_probe_list:
        lea     rax, [%1_probe_table]
        ret
section .data
align 8
%1_probe_table:
%endmacro

%macro table_end 0
section .data
        dq      0
%endmacro

; ---- instructions
        table instruction
        probe sgdt, "sgdt", {sgdt [rsp - 64]}
        probe sidt, "sidt", {sidt [rsp - 64]}
        probe sldt, "sldt", {sldt eax}
        probe str, "str", {str eax}
        probe smsw, "smsw", {smsw eax}
        probe lldt, "lldt", {xor eax, eax}, {lldt ax}
        probe ltr, "ltr", {mov eax, 0x50}, {ltr ax}
        probe lmsw, "lmsw", {xor eax, eax}, {lmsw ax}
        probe clts, "clts", clts
        probe swapgs, "swapgs", swapgs
        probe sysexit, "sysexit", sysexit
        probe sysret, "sysret", {o64 sysret}
        probe sysenter, "sysenter", sysenter
        probe read_dr0, "read-dr0", {mov rax, dr0}
        probe write_dr0, "write-dr0", {mov dr0, rdi}
        probe read_dr7, "read-dr7", {mov rax, dr7}
        probe write_dr7, "write-dr7", {mov dr7, rdi}
        probe read_cr4, "read-cr4", {mov rax, cr4}
        probe write_cr8, "write-cr8", {mov cr8, rdi}
        probe rdpmc, "rdpmc", {xor ecx, ecx}, rdpmc
        probe rdfsbase, "rdfsbase", {rdfsbase rax}
        probe wrfsbase, "wrfsbase", {wrfsbase rdi}
        probe rdgsbase, "rdgsbase", {rdgsbase rax}
        probe wrgsbase, "wrgsbase", {wrgsbase rdi}
        probe rdpkru, "rdpkru", {xor ecx, ecx}, rdpkru
        probe wrpkru, "wrpkru", {xor eax, eax}, {xor ecx, ecx}, {xor edx, edx}, wrpkru
        probe xgetbv, "xgetbv", {xor ecx, ecx}, xgetbv
        probe xsetbv, "xsetbv", {mov eax, 7}, {xor ecx, ecx}, {xor edx, edx}, xsetbv
        probe icebp, "icebp", {db 0xF1}
        probe into, "into", {db 0xCE}
        probe bound, "bound", {db 0x62}, {db 0x07}
        begin_probe iretd, "iretd-to-virtual-8086", 0, 1
        xor     eax, eax
        push    rax                     ; gs
        push    rax                     ; es, fs
        push    rax                     ; ss, es: the order does not matter, all of it is 0
        push    rax
        sub     rsp, 16
        mov     [rsp], eax
        mov     dword [rsp + 4], 0x28 | 3
        mov     dword [rsp + 8], VIRTUAL_8086 | 2
        mov     [rsp + 12], eax
        iretd
        end_probe iretd

; What a new thread finds in its registers, beside rsp, rdi, rsi and rdx.
        begin_probe start, "start", 0, 1
        or      rax, rbx
        or      rax, rcx
        or      rax, rbp
        or      rax, r8
        or      rax, r9
        or      rax, r10
        or      rax, r11
        or      rax, r12
        or      rax, r13
        or      rax, r14
        or      rax, r15
        mov     ecx, ds
        or      rax, rcx
        mov     ecx, es
        or      rax, rcx
        mov     ecx, fs
        or      rax, rcx
        mov     ecx, gs
        or      rax, rcx
        lea     rbx, [rsp - 1024]
        and     rbx, -16
        mov     ecx, 64
.clear: mov     qword [rbx + rcx * 8 - 8], 0
        dec     ecx
        jnz     .clear
        fxsave64 [rbx]
        mov     ecx, 16                 ; st0 to st7
.x87:   or      rax, [rbx + 32 + rcx * 8 - 8]
        dec     ecx
        jnz     .x87
        mov     ecx, 32                 ; xmm0 to xmm15
.sse:   or      rax, [rbx + 160 + rcx * 8 - 8]
        dec     ecx
        jnz     .sse
        movzx   ecx, word [rbx]
        xor     ecx, 0x37F
        or      rax, rcx
        mov     ecx, [rbx + 24]
        xor     ecx, 0x1F80
        or      rax, rcx
        jz      .clean
        ud2
.clean: end_probe start

; Leaves all it can there for the next one.
        begin_probe fill, "fill", 0, 1
        mov     eax, 2
        mov     ds, eax
        mov     es, eax
        mov     fs, eax
        mov     gs, eax
        lea     rbx, [rsp - 1024]
        and     rbx, -16
        fxsave64 [rbx]
        mov     ecx, 48                 ; st0 to st7, xmm0 to xmm15
.word:  mov     [rbx + 32 + rcx * 8 - 8], rdi
        dec     ecx
        jnz     .word
        mov     word [rbx], 0xF7F
        mov     dword [rbx + 24], 0x7F80
        fxrstor64 [rbx]
        mov     rbx, rdi
        mov     rbp, rdi
        mov     r8, rdi
        mov     r12, rdi
        mov     r15, rdi
        end_probe fill
section .rodata
name_again:     db "start-again", 0
section .data
        dq      name_again, code_start, end_start, 0, 1
        table_end

; ---- int n: rdx = n
        table vector
        begin_probe int, "int", 0, 256
        lea     rcx, [.first]
        lea     rcx, [rcx + rdx * 8]
        xor     eax, eax                ; null(), where there is a way in
        jmp     rcx
align 8
.first:
%assign vector 0
%rep 256
        db      0xCD, vector            ; also int3 in two bytes
        jmp     near .over
        nop
 %assign vector vector + 1
%endrep
.over:  end_probe int
        table_end

; ---- a selector into each segment register: rdx = the selector. 60h is a gate, 70h and more are behind the table's end, bit 2 is the LDT.
        table load
%macro load 1
        begin_probe load_%1, %str(%1), 0, 0x80
        mov     %1, edx
        end_probe load_%1
%endmacro
        load    ds
        load    es
        load    fs
        load    gs
        load    ss
        table_end

; ---- far transfers to each selector; on the way outwards with the data segment that belongs to its ring.
%macro push_stack_of_ring 0
        mov     rax, 0x0023004A00390010 ; Segments.cs, DataOf(3) to DataOf(0)
        mov     ecx, edx
        and     ecx, 3
        shl     ecx, 4
        shr     rax, cl
        movzx   eax, ax
        mov     rcx, rsp
        push    rax
        push    rcx
%endmacro
        table transfer
        begin_probe retf, "retf", 0, 0x80
        push_stack_of_ring
        push    rdx
        lea     rax, [.there]
        push    rax
        o64 retf
.there: end_probe retf
        begin_probe iretq, "iretq", 0, 0x80
        push_stack_of_ring
        pushfq
        push    rdx
        lea     rax, [.there]
        push    rax
        iretq
.there: end_probe iretq
        begin_probe jump, "jmp", 0, 0x80
        lea     rax, [.there]
        push    rdx
        push    rax
        xor     eax, eax
        jmp     far qword [rsp]
.there: end_probe jump
        begin_probe call, "call", 0, 0x80
        lea     rax, [.there]
        push    rdx
        push    rax
        xor     eax, eax                ; null(), where there is a gate
        call    far qword [rsp]
.there: end_probe call
        table_end
section .note.GNU-stack noalloc noexec nowrite progbits
