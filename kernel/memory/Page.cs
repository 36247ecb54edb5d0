// Sizes of pages, and rounding to them. Intel SDM vol. 3, 4.5. Next: PhysicalAddress.cs
namespace RingOS.Kernel.Memory;

/// <summary>The two page sizes RingOS maps.</summary>
public static class Page
{
    /// <summary>Bytes of an ordinary page or frame.</summary>
    public const ulong Size = 4096;

    /// <summary>Bytes of a large page, used for the direct map of all memory.</summary>
    public const ulong LargeSize = 2 * 1024 * 1024;

    public static bool IsAligned(ulong value) => (value & (Size - 1)) == 0;

    public static ulong RoundDown(ulong value) => value & ~(Size - 1);

    /// <summary>Rounds up to whole pages. The caller knows that <paramref name="value"/> is at most 2^64 - 4096.</summary>
    public static ulong RoundUp(ulong value) => RoundDown(value + (Size - 1));
}
