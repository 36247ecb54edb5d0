// A guest that reads the time-stamp counter around all sorts of instructions. Multiboot 1, Intel SDM volume 3. Next: InstrumentTicksTests.cs
namespace RingOS.Tests.Unit.Trace;

/// <summary>
/// Case n starts with `rdtsc` at <see cref="FirstCase"/> + n * <see cref="CaseSize"/> and its second `rdtsc` stands
/// <see cref="CaseLength"/> bytes behind it. The difference of the two goes to port 0xE9 as eight hexadecimal digits and a line feed.
/// </summary>
internal static class TickGuest
{
    public const ulong ImageStart = 0x10_0000;
    public const ulong FirstCase = 0x10_1000;
    public const ulong CaseSize = 256;
    public const ulong CaseLength = 128;
    public const int CopiedWords = 183;

    /// <summary>Where the last case leads.</summary>
    public const ulong Finish = 0x10_2000;

    /// <summary>The cases, in the order of the source below.</summary>
    public static readonly string[] Cases =
    [
        "nothing", "device register", "ports", "rep movsq", "rep from a device",
        "software interrupt", "invalid opcode", "page fault", "divide error",
        "timer interrupt", "timer interrupts device accesses", "ring 3 and back", "longer than a slice of QEMU's",
    ];

    public const string Source = """
        bits 32
        org 0x100000
        header: dd 0x1BADB002, 0x10000, -(0x1BADB002 + 0x10000)
                dd header, header, image_end, image_end, start

        ; Page tables from 0x80000: the first 2 MiB and the local APIC at 0xFEE00000, for all rings. IDT at 0x84000, stacks below 0x90000.
        start:  mov esp, 0x8e000
                cld
                mov edi, 0x80000
                xor eax, eax
                mov ecx, 0x5000 / 4
                rep stosd
                mov dword [0x80000], 0x81007
                mov dword [0x81000], 0x82007
                mov dword [0x81000 + 3 * 8], 0x83007
                mov dword [0x82000], 0x87
                mov dword [0x83000 + 0x1f7 * 8], 0xfee00083
                mov eax, 0x80000
                mov cr3, eax
                mov eax, cr4
                or eax, 0x20                    ; PAE
                mov cr4, eax
                mov ecx, 0xC0000080             ; EFER: LME, SCE
                rdmsr
                or eax, 0x101
                wrmsr
                mov eax, cr0
                or eax, 0x80000001              ; PG, PE
                mov cr0, eax
                lgdt [gdt_pointer]
                jmp 8:long_mode

        bits 64
        %macro gate 2                           ; vector, handler
                mov rax, %2
                mov edi, 0x84000 + %1 * 16
                mov [rdi], ax
                mov word [rdi + 2], 8
                mov word [rdi + 4], 0x8e00
                shr rax, 16
                mov [rdi + 6], ax
        %endmacro

        long_mode:
                mov ax, 0x10
                mov ss, ax
                mov ds, ax
                mov es, ax
                gate 0x00, skip_two
                gate 0x06, skip_two
                gate 0x0e, skip_load
                gate 0x30, return
                gate 0x40, timer
                lidt [idt_pointer]
                mov al, 0xff                    ; no interrupts but the local APIC's
                out 0x21, al
                out 0xa1, al
                mov ecx, 0xC0000081             ; STAR, LSTAR, FMASK
                xor eax, eax
                mov edx, 0x00180008
                wrmsr
                inc ecx
                mov eax, syscall_entry
                xor edx, edx
                wrmsr
                mov ecx, 0xC0000084
                mov eax, 0x200
                wrmsr
                mov r12d, 0xfee00000
                mov dword [r12 + 0xf0], 0x1ff   ; enable
                mov dword [r12 + 0x3e0], 0xb    ; count by one
                mov dword [r12 + 0x320], 0x40   ; one shot, vector 0x40
                jmp cases

        %macro case 0
                align 256
                rdtsc
                mov r15d, eax
        %endmacro
        %macro done 0
                align 128
                rdtsc
                sub eax, r15d
                call print
        %endmacro

                align 4096
        cases:  case                            ; nothing
                done
                case                            ; device register
                mov eax, [r12 + 0x20]
                mov [r12 + 0x80], eax
                mov eax, [r12 + 0x20]
                done
                case                            ; ports
                in al, 0x61
                out 0x80, al
                in al, 0x61
                done
                case                            ; rep movsq
                mov esi, 0x88000
                mov edi, 0x89000
                mov ecx, 183
                rep movsq
                done
                case                            ; rep from a device
                mov esi, 0xfee00000
                mov edi, 0x89000
                mov ecx, 5
                rep movsd
                done
                case                            ; software interrupt
                int 0x30
                done
                case                            ; invalid opcode
                ud2
                done
                case                            ; page fault
                mov eax, [abs 0x50000000]
                done
                case                            ; divide error
                xor ecx, ecx
                div ecx
                done
                case                            ; timer interrupt
                mov dword [r12 + 0x380], 100
                mov ecx, 1000
                sti
        .spin:  dec ecx
                jnz .spin
                cli
                done
                case                            ; timer interrupts device accesses
                mov dword [r12 + 0x380], 30
                mov ecx, 40
                sti
        .read:  mov eax, [r12 + 0x20]
                dec ecx
                jnz .read
                cli
                done
                case                            ; ring 3 and back
                mov rbx, rsp
                push 0x23
                push rbx
                push 2
                push 0x2b
                push user
                iretq
        user:   nop
                syscall
                mov rsp, rbx
                done
                case                            ; longer than a slice of QEMU's
                mov ecx, 100000
        .count: dec ecx
                jnz .count
                done
                jmp finish
                align 4096
        finish: mov al, 0
                out 0xf4, al
        halt:   hlt
                jmp halt

        skip_two:
                add qword [rsp], 2
                iretq
        skip_load:
                add rsp, 8                      ; the error code
                add qword [rsp], 7
        return: iretq
        timer:  mov dword [r12 + 0xb0], 0       ; end of interrupt
                iretq
        syscall_entry:
                jmp rcx                         ; goes on in ring 0

        print:  mov ecx, 8
        .digit: rol eax, 4
                mov edx, eax
                and edx, 15
                mov dl, [digits + rdx]
                xchg al, dl
                out 0xe9, al
                xchg al, dl
                loop .digit
                mov al, 10
                out 0xe9, al
                ret
        digits: db '0123456789abcdef'

                align 16
        gdt:    dq 0, 0x00209A0000000000, 0x0000920000000000, 0, 0x0000F20000000000, 0x0020FA0000000000
        gdt_pointer:
                dw $ - gdt - 1
                dd gdt
        idt_pointer:
                dw 4095
                dq 0x84000
        image_end:
        """;
}
