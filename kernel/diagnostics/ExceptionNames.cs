// The processor's exceptions by name. Intel SDM vol. 3, table 6-1. Back to: KernelPanic.cs
namespace RingOS.Kernel.Diagnostics;

/// <summary>Names of vectors 0 to 31.</summary>
public static class ExceptionNames
{
    public const ulong Debug = 1;
    public const ulong NonMaskable = 2;
    public const ulong PageFault = 14;

    public static string Of(ulong vector) => vector switch
    {
        0 => "divide error (#DE)",
        1 => "debug exception (#DB)",
        NonMaskable => "non-maskable interrupt",
        3 => "breakpoint (#BP)",
        4 => "overflow (#OF)",
        6 => "invalid opcode (#UD)",
        7 => "device not available (#NM)",
        8 => "double fault (#DF)",
        10 => "invalid TSS (#TS)",
        11 => "segment not present (#NP)",
        12 => "stack fault (#SS)",
        13 => "general protection (#GP)",
        PageFault => "page fault (#PF)",
        16 => "floating-point error (#MF)",
        17 => "alignment check (#AC)",
        18 => "machine check (#MC)",
        19 => "SIMD floating-point error (#XM)",
        _ => "exception",
    };
}
