; What compiled C# calls with its own register rules, so that C# cannot provide it. Contract: NativeAOT's amd64 runtime helpers.
; C# half of the interface stubs: ../Runtime/InterfaceDispatch.cs
default rel
bits 64

extern ResolveFirstInterfaceCall, ResolveOtherInterfaceCall
extern __modules_start, __modules_end

global RhpAssignRef, RhpCheckedAssignRef, RhpByRefAssignRef
global RhpReversePInvoke, RhpReversePInvokeReturn
global RhpInitialDynamicInterfaceDispatch, interface_dispatch_cached
global RhpStackProbe, __security_cookie
global module_headers_start, module_headers_end

section .text

; Stores of references: no garbage collector, so no barrier.
RhpAssignRef:
RhpCheckedAssignRef:
        mov     [rdi], rsi
        ret

; rdi = destination, rsi = source, both advance; only rcx may change besides.
RhpByRefAssignRef:
        mov     rcx, [rsi]
        mov     [rdi], rcx
        add     rdi, 8
        add     rsi, 8
        ret

RhpReversePInvoke:
RhpReversePInvokeReturn:
        ret

; Touches each page down to the new stack pointer in r11; only r11 and flags may change.
RhpStackProbe:
        push    rax
        mov     rax, rsp
.next:  sub     rax, 4096
        test    [rax], eax
        cmp     rax, r11
        ja      .next
        pop     rax
        ret

; An interface call: r11 = the call site's cell, rdi = the object, the other arguments in place.
; After the first call the cell's second word points to {type, target, type, target, ...}.
align 16
interface_dispatch_cached:
        mov     r10, [r11 + 8]
        mov     rax, [rdi]
        cmp     rax, [r10]
        jne     .second
        jmp     [r10 + 8]
.second:
        cmp     rax, [r10 + 16]
        jne     .miss
        jmp     [r10 + 24]
.miss:  lea     rax, [ResolveOtherInterfaceCall]
        jmp     resolve

RhpInitialDynamicInterfaceDispatch:
        cmp     byte [rdi], 0           ; a null object faults here, as C# wants
        lea     rax, [ResolveFirstInterfaceCall]
resolve:
        push    rdi
        push    rsi
        push    rdx
        push    rcx
        push    r8
        push    r9
        sub     rsp, 8
        mov     rsi, r11
        lea     rdx, [interface_dispatch_cached]
        call    rax
        add     rsp, 8
        pop     r9
        pop     r8
        pop     rcx
        pop     rdx
        pop     rsi
        pop     rdi
        jmp     rax

module_headers_start:
        lea     rax, [__modules_start]
        ret
module_headers_end:
        lea     rax, [__modules_end]
        ret

section .data
align 8
__security_cookie:
        dq      0x5DEECE66D0B1A2F3

section .note.GNU-stack noalloc noexec nowrite progbits
