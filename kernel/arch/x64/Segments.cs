// Segment selectors: the order that SYSCALL and SYSRET prescribe, and rings 1 and 2 after it. Intel SDM vol. 3, 5.8.8. Next: DescriptorTables.cs
namespace RingOS.Kernel.Arch.X64;

/// <summary>Selectors in the global descriptor table, with their privilege level in the low bits.</summary>
public static class Segments
{
    public const ushort KernelCode = 0x08;
    public const ushort KernelData = 0x10;
    public const ushort UserData = 0x20 | 3;
    public const ushort UserCode = 0x28 | 3;
    public const ushort Ring1Code = 0x30 | 1;
    public const ushort Ring1Data = 0x38 | 1;
    public const ushort Ring2Code = 0x40 | 2;
    public const ushort Ring2Data = 0x48 | 2;
    public const ushort TaskState = 0x50;

    /// <summary>A call gate into ring 0, open to ring 3.</summary>
    public const ushort CallGate = 0x60;

    /// <summary>IA32_STAR: SYSRET takes code at +16 and data at +8 of the upper half, SYSCALL code and data at +0 and +8 of the lower.</summary>
    public const ulong SyscallSelectors = (0x18ul << 48) | ((ulong)KernelCode << 32);

    public static ushort CodeOf(int ring) => ring switch
    {
        0 => KernelCode,
        1 => Ring1Code,
        2 => Ring2Code,
        _ => UserCode,
    };

    public static ushort DataOf(int ring) => ring switch
    {
        0 => KernelData,
        1 => Ring1Data,
        2 => Ring2Data,
        _ => UserData,
    };
}
