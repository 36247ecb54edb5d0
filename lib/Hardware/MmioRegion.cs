// A device's registers in memory, checked on every access. Side by side with: PortRegion.cs. Next: Register.cs
using System.Runtime.CompilerServices;

namespace RingOS.Hardware;

/// <summary>
/// Registers that are loaded and stored. Images use <see cref="MappedMmioRegion"/>, tests a fake device. A driver whose device has 32-bit
/// registers in memory, and nothing else, uses <see cref="Read"/> and <see cref="Write"/>: as an image has one kind of this class only, the
/// compiler calls them directly.
/// </summary>
public abstract class MmioRegion : RegisterWindow
{
    /// <summary>Reads the register at a byte offset, a multiple of 4 inside the window.</summary>
    public abstract uint Read(uint offset);

    /// <summary>Writes the register at a byte offset, a multiple of 4 inside the window.</summary>
    public abstract void Write(uint offset, uint value);

    public sealed override uint Read32(uint offset) => Read(offset);

    public sealed override void Write32(uint offset, uint value) => Write(offset, value);

    public override byte Read8(uint offset) => (byte)RefuseNarrow();

    public override ushort Read16(uint offset) => (ushort)RefuseNarrow();

    public override void Write8(uint offset, byte value) => RefuseNarrow();

    public override void Write16(uint offset, ushort value) => RefuseNarrow();

    // What a fake device without narrow registers says.
    private static uint RefuseNarrow()
    {
        GrantCheck.NarrowAccess();
        return 0;
    }
}

/// <summary>A register window mapped into this address space, uncached. No driver sees this class: Minting.cs.</summary>
sealed unsafe partial class MappedMmioRegion : MmioRegion
{
    private readonly nint _start;
    private readonly uint _length;
    private readonly uint _last; // highest offset of a 32-bit register

    /// <param name="start">Virtual address of the window.</param>
    /// <param name="length">Bytes; accesses at or beyond it are refused by stopping the driver.</param>
    public MappedMmioRegion(nint start, uint length)
    {
        GrantCheck.Window(length);
        _start = start;
        _length = length;
        _last = length - sizeof(uint);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public override uint Read(uint offset)
    {
        GrantCheck.RegisterRead(offset, _last);
        return MmioLoad(_start + (nint)offset);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public override void Write(uint offset, uint value)
    {
        GrantCheck.RegisterWrite(offset, _last);
        MmioStore(_start + (nint)offset, value);
    }

    public override byte Read8(uint offset)
    {
        GrantCheck.RegisterRead(offset, sizeof(byte), _length);
        return MmioLoad8(_start + (nint)offset);
    }

    public override ushort Read16(uint offset)
    {
        GrantCheck.RegisterRead(offset, sizeof(ushort), _length);
        return MmioLoad16(_start + (nint)offset);
    }

    public override void Write8(uint offset, byte value)
    {
        GrantCheck.RegisterWrite(offset, sizeof(byte), _length);
        MmioStore8(_start + (nint)offset, value);
    }

    public override void Write16(uint offset, ushort value)
    {
        GrantCheck.RegisterWrite(offset, sizeof(ushort), _length);
        MmioStore16(_start + (nint)offset, value);
    }

    // Never inlined: the compiler would narrow `Load(x) & 0xFFFF` to a 16-bit access, which devices do not answer.
    // One method for all loads of a width and one for all stores, so that an execution trace counts MMIO accesses by address, and each does its
    // access itself: a device outside the machine is told of just these instructions. A call is a border that no access is moved across, so
    // nothing more is needed for its order.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static uint MmioLoad(nint address) => *(uint*)address; // SAFETY: checked by Read above.

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MmioStore(nint address, uint value) => *(uint*)address = value; // SAFETY: checked by Write above.

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static byte MmioLoad8(nint address) => *(byte*)address; // SAFETY: checked by Read8 above.

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ushort MmioLoad16(nint address) => *(ushort*)address; // SAFETY: checked by Read16 above.

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MmioStore8(nint address, byte value) => *(byte*)address = value; // SAFETY: checked by Write8 above.

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MmioStore16(nint address, ushort value) => *(ushort*)address = value; // SAFETY: checked by Write16 above.
}
