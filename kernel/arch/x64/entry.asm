; The ways into the kernel and out of it: interrupts and syscall. Next: switch.asm
; Intel SDM vol. 3, 6.14 (64-bit interrupts) and 5.8.8 (SYSCALL). C# side: Registers.cs, EntryState.cs
;
; While a thread runs outside ring 0, TSS.RSP0 points to the end of its register area (Registers.cs): the processor itself pushes
; the interrupt frame there, and the code below stores the rest. The thread's kernel stack holds only C# frames.
;
; With protection keys (placement ring1-keys) the register areas are denied while a driver in ring 1 runs. Then TSS.RSP0 of such a thread
; points to entry_stack instead: the code below lifts the denial first, and works on a copy of the frame that the driver cannot reach.
; Whose thread it is decides that, not the ring of the frame: a driver may have gone outwards, to ring 2 or 3, by itself.
; Intel SDM vol. 3, 4.6.2 (protection keys).
default rel
bits 64
%include "layout.inc"

global interrupt_stubs, interrupt_return, syscall_entry, syscall_entry_with_keys, entry_state, es_has_smap
global entry_keys, entry_stack_end, kernel_canary, clean_xmm
global es_registers_end, es_preempt_handler, entry_should_reschedule, entry_is_ring1, es_gate_frame, es_syscall_table
global es_task_state, es_root, es_address_space_switches, es_switch
extern gate_call, context_switch

; EntryState.cs: what the stubs need of C#.
section .data
align 16
entry_state:
es_registers_end:       dq boot_registers_end ; end of the running thread's register area; the same as TSS.RSP0 but for drivers with keys
es_preempt_handler:     dq 0            ; void()
es_interrupt_handler:   dq 0            ; void(Registers*): from outside ring 0
es_kernel_handler:      dq 0            ; void(Registers*): from ring 0
es_user_stack:          dq 0            ; scratch of syscall_entry
es_has_smap:            dq 0            ; SMAP is on: user memory is touched between stac and clac
es_task_state:          dq 0            ; the TSS
es_root:                dq 0            ; page-table root of the process entered last; 0 if none
es_address_space_switches: dq 0         ; how often CR3 was loaded
es_syscalls:            dq 0            ; how often syscall_entry ran
es_switch:              dq context_switch ; the one in force: switch.asm
es_gate_frame:          times 4 dq 0    ; what retf pops on the way back through a call gate
es_syscall_table:       times SYSCALL_SLOTS dq 0 ; long(Registers*) each; the last one is for numbers that do not exist

; Until the first thread runs: the end of nobody's registers, and behind it a context whose kernel stack is the page below.
boot_registers_end:     dq 0, 0         ; R_CONTEXT
                        dq 0, entry_stack_end ; C_STACK, C_KERNEL_STACK

; A word that nobody has a reason to write; its death is noticed at shutdown (diagnostics/Canary.cs).
kernel_canary:          dq 0x52494E474F530A0D

; SSE and x87 registers of a new thread, as FXRSTOR takes them: all exceptions masked.
align 16
clean_xmm:              dw 0x37F        ; x87 control word
                        times 22 db 0
                        dd 0x1F80       ; MXCSR
                        times 484 db 0

; What the code below reads before it has lifted the denial: a page of key 1, which ring 1 can read and not write.
section .reachable progbits alloc noexec write align=4096
entry_keys:             dq 0            ; IA32_PKRS while the running thread is outside ring 0; 0: it has no keys
entry_edge:                             ; not the short way out: a byte for each reason
entry_should_reschedule: db 0           ; another thread should run before the return to a program
entry_is_ring1:         db 0            ; the running thread is a driver in ring 1
                        times 6 db 0
                        times 510 dq 0
; Where the processor pushes when a driver with keys is interrupted: a page of key 0.
entry_stack:            times 512 dq 0
entry_stack_end:

%macro push_general 0
        push    rax
        push    rdi
        push    rsi
        push    rdx
        push    r10
        push    r8
        push    r9
        push    rcx
        push    r11
        push    rbx
        push    rbp
        push    r12
        push    r13
        push    r14
        push    r15
%endmacro

%macro pop_general 0
        pop     r15
        pop     r14
        pop     r13
        pop     r12
        pop     rbp
        pop     rbx
        pop     r11
        pop     rcx
        pop     r9
        pop     r8
        pop     r10
        pop     rdx
        pop     rsi
        pop     rdi
        pop     rax
%endmacro

%macro clear_flags 0                     ; an interrupt gate leaves DF and AC as they were, and AC takes SMAP away
        push    qword 2
        popfq
%endmacro

%macro lift_keys 0                       ; ring 0 may touch everything; clobbers rax, rcx, rdx
        mov     ecx, IA32_PKRS
        xor     eax, eax
        xor     edx, edx
        wrmsr
%endmacro

%macro arm_keys 0                        ; the same registers
        mov     ecx, IA32_PKRS
        mov     eax, [entry_keys]
        xor     edx, edx
        wrmsr
%endmacro

; Where kernel code may use SSE registers (assembled with KERNEL_USES_SSE: the Cosmos kit), those of whatever was interrupted are kept
; on the 16-aligned stack around the handler. Kernel code of the native kit uses none, which tools/RingOS.ImageCheck proves.
%macro keep_xmm 0
 %ifdef KERNEL_USES_SSE
        sub     rsp, 512
        fxsave64 [rsp]
 %endif
%endmacro

%macro give_back_xmm 0
 %ifdef KERNEL_USES_SSE
        fxrstor64 [rsp]
 %endif
%endmacro

; way_out WORDS, KIND: the end of a request; rax = its result. Others run first if they should; then back to where it came from.
%macro way_out 2
        mov     rcx, [es_registers_end]
        cmp     word [entry_edge], 0
        jne     .edge_of_%2
.leave_%2:
        %1
        mov     r11, [rcx + R_FLAGS]
        mov     rsp, [rcx + R_RSP]
        mov     rcx, [rcx + R_RIP]
        o64 sysret
.edge_of_%2:
        cmp     byte [entry_should_reschedule], 0
        je      .ring1_%2
        let_others_run
        cmp     byte [entry_is_ring1], 0
        je      .leave_%2
.ring1_%2:
        %1
%endmacro

section .text

; ---- syscall: rax = number, arguments in rdi rsi rdx r10 r8 r9. Callee-saved registers stay in place: C# keeps them.
align 16
syscall_entry:
        mov     [es_user_stack], rsp
        mov     rsp, [es_registers_end]
        mov     [rsp + R_RIP], rcx
        mov     [rsp + R_FLAGS], r11
        mov     rcx, [es_user_stack]
        mov     [rsp + R_RSP], rcx
        store_arguments
        lea     rdi, [rsp - R_SIZE]
        mov     rsp, [rsp + R_CONTEXT + C_KERNEL_STACK]
        inc     qword [es_syscalls]
        cmp     rax, FIRST_MESSAGE
        jae     .message
        lea     rcx, [es_syscall_table]
        call    [rcx + rax * 8]
        way_out clear_words, call
        jmp     .leave_to_ring1
.message:
        cmp     rax, SYSCALL_SLOTS
        jae     .unknown
.known: lea     rcx, [es_syscall_table]
        call    [rcx + rax * 8]
        way_out load_words, message

; sysret leads to ring 3 only. Whatever ring the driver was in, and was interrupted in, it comes back to its own.
.leave_to_ring1:
        xor     r11d, r11d
        cmp     dword [entry_keys], 0
        jne     .arm
        mov     qword [rcx + R_CS], RING1_CODE
        mov     qword [rcx + R_SS], RING1_DATA
        lea     rsp, [rcx + R_RIP]
        xor     ecx, ecx
        iretq
.arm:   lea     rsp, [entry_stack_end]
        push    qword RING1_DATA
        push    qword [rcx + R_RSP]
        push    qword [rcx + R_FLAGS]
        push    qword RING1_CODE
        push    qword [rcx + R_RIP]
        push    rdx
        push    rax
        arm_keys
        pop     rax
        pop     rdx
        xor     ecx, ecx
        iretq
.unknown:
        mov     eax, SYSCALL_SLOTS - 1
        jmp     .known

; Once there are keys: those of a driver are lifted before anything is touched.
align 16
syscall_entry_with_keys:
        cmp     dword [entry_keys], 0
        je      syscall_entry
        mov     r11, rsp                ; a driver's flags need not survive its call
        lea     rsp, [entry_stack_end]
        push    rcx
        push    rdx
        push    rax
        lift_keys
        pop     rax
        pop     rdx
        pop     rcx
        mov     rsp, r11
        mov     r11d, CLEAN_FLAGS
        jmp     syscall_entry

; ---- interrupts and exceptions
%macro interrupt_stub 1
align 16
isr_%1:
 %if !(%1 == 8 || (%1 >= 10 && %1 <= 14) || %1 == 17 || %1 == 21 || %1 == 29 || %1 == 30)
        push    qword 0                 ; the processor pushed no error code
 %endif
        push    qword %1
 %if %1 == 2 || %1 == 8                 ; on a stack of its own, whatever was interrupted: nothing of the thread's is at hand
        jmp     interrupt_from_kernel
 %else
        jmp     interrupt_entry
 %endif
%endmacro
%assign vector 0
%rep 256
        interrupt_stub vector
%assign vector vector + 1
%endrep

align 16
interrupt_entry:
        test    byte [rsp + 24], 3      ; ring of the interrupted code segment
        jz      interrupt_from_kernel
        push_general
        clear_flags
        cmp     byte [entry_is_ring1], 0
        jne     .from_ring1
.saved: mov     rdi, rsp
        mov     rsp, [rsp + R_SIZE + R_CONTEXT + C_KERNEL_STACK]
        keep_xmm
        call    [es_interrupt_handler]
        give_back_xmm
interrupt_return:
        mov     rsp, [es_registers_end]
        sub     rsp, R_SIZE
        cmp     byte [entry_is_ring1], 0
        jne     .to_ring1
.pop:   pop_general
        add     rsp, 16                 ; vector, error code
        iretq
.to_ring1:
        cmp     dword [entry_keys], 0
        je      .pop
        mov     rsi, rsp
        lea     rdi, [entry_stack_end - R_SIZE]
        mov     ecx, R_SIZE / 8
        rep movsq
        lea     rsp, [entry_stack_end - R_SIZE]
        arm_keys
        jmp     .pop
interrupt_entry.from_ring1:
        cmp     dword [entry_keys], 0
        je      interrupt_entry.saved
        lift_keys
        mov     rsi, rsp
        mov     rdi, [es_registers_end]
        sub     rdi, R_SIZE
        mov     rdx, rdi
        mov     ecx, R_SIZE / 8
        rep movsq
        mov     rdi, rsp                ; nothing of one driver stays behind for the next
        mov     ecx, R_SIZE / 8
        xor     eax, eax
        rep stosq
        mov     rsp, rdx
        jmp     interrupt_entry.saved

; From ring 0: a kernel bug, a fault inside copy_user, an interrupt of the idle thread's hlt or of a driver thread of the kernel, or
; whatever came before the first instruction of gate_call, still on the register area. That, and every interrupt, goes on at the top of
; the kernel stack: threads of the kernel leave it free (X64Processor.InterruptStack), because a driver may have used up all but the
; last byte of its own part.
interrupt_from_kernel:
        push_general
        clear_flags
        mov     rdi, rsp
        mov     rbx, rsp
        cmp     qword [rsp + R_SIZE + R_VECT], FIRST_INTERRUPT
        jb      .exception
.on_kernel_stack:
        mov     rsp, [es_registers_end]
        mov     rsp, [rsp + R_CONTEXT + C_KERNEL_STACK]
.stack: and     rsp, -16
        keep_xmm
        cmp     dword [entry_keys], 0
        jne     .keys
        call    [es_kernel_handler]
.back:  give_back_xmm
        mov     rsp, rbx
        pop_general
        add     rsp, 16
        iretq
.exception:
        lea     rax, [gate_call]
        cmp     [rsp + R_SIZE + R_RIP], rax
        je      .on_kernel_stack
        jmp     .stack
.keys:  mov     ecx, IA32_PKRS          ; it may have come between an entry and its lift_keys
        rdmsr
        mov     r12d, eax
        lift_keys
        call    [es_kernel_handler]
        mov     ecx, IA32_PKRS
        mov     eax, r12d
        xor     edx, edx
        wrmsr
        jmp     .back

section .data
align 8
interrupt_stubs:
%assign vector 0
%rep 256
        dq      isr_%+vector
%assign vector vector + 1
%endrep

section .note.GNU-stack noalloc noexec nowrite progbits
