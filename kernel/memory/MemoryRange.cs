// A piece of physical memory, as the boot loader reports it. Next: FrameAllocator.cs
namespace RingOS.Kernel.Memory;

/// <summary>A range of physical addresses, in bytes. A range that would pass the end of the address space ends there.</summary>
public sealed class MemoryRange(PhysicalAddress start, ulong length)
{
    public PhysicalAddress Start { get; } = start;

    public ulong Length { get; } = length;

    /// <summary>Number of the first frame that is wholly inside.</summary>
    public ulong FirstWholeFrame => Start.Value / Page.Size + (Start.IsPageAligned ? 0ul : 1ul);

    /// <summary>One past the last frame that is wholly inside.</summary>
    public ulong EndOfWholeFrames => End / Page.Size;

    /// <summary>Number of the first frame that is touched at all.</summary>
    public ulong FirstTouchedFrame => Start.Value / Page.Size;

    /// <summary>One past the last frame that is touched at all.</summary>
    public ulong EndOfTouchedFrames => Length == 0 ? FirstTouchedFrame : (End - 1) / Page.Size + 1;

    private ulong End => Length <= ulong.MaxValue - Start.Value ? Start.Value + Length : ulong.MaxValue;
}
