// A driver in ring 1 lives in the kernel's half, because in the low half lies whichever program runs. Back to: AddressSpace.cs
using RingOS.Abi;
using RingOS.Kernel.Loader;

namespace RingOS.Kernel.Memory;

/// <summary>A slot of <see cref="BootProtocol.ProgramSpacing"/> bytes in the kernel's half, and what is mapped in it.</summary>
public sealed class DriverSlot(VirtualAddress start)
{
    /// <summary>Slots of the kernel's half; slot n is that of process n. Restarts use up one each.</summary>
    public const int Count = 64;

    private const ulong BytesPerRootEntry = 512ul << 30;

    private readonly VirtualAddress[] _starts = new VirtualAddress[ProcessLayout.MaximumRegions];
    private readonly ulong[] _lengths = new ulong[ProcessLayout.MaximumRegions];

    /// <summary>Regions mapped so far.</summary>
    public int Regions { get; private set; }

    /// <summary>No further region can be remembered: none may be mapped.</summary>
    public bool IsFull => Regions == _starts.Length;

    /// <summary>Makes the root entries of all slots, before the kernel's half is shared. NoMemory.</summary>
    public static Status Reserve(PageTable kernel)
    {
        Status status = Status.Ok;
        for (ulong at = 0; at < Count * BootProtocol.ProgramSpacing && status == Status.Ok; at += BytesPerRootEntry)
            status = kernel.Reserve(new VirtualAddress(BootProtocol.DriverHalf + at));
        return status;
    }

    public bool Contains(VirtualAddress address, ulong length)
        => length == 0 || (length <= BootProtocol.ProgramSpacing && address.Value - start.Value <= BootProtocol.ProgramSpacing - length);

    /// <summary>To be unmapped at the end. Not while <see cref="IsFull"/>.</summary>
    public void Remember(VirtualAddress region, ulong length)
    {
        _starts[Regions] = region;
        _lengths[Regions++] = length;
    }

    public VirtualAddress StartOf(int region) => _starts[region];

    public ulong LengthOf(int region) => _lengths[region];
}
