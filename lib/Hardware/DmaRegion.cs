// Memory shared with a device: descriptor rings. Checked on every access. Minted from an address: Minting.cs. Next: checks/GrantCheck.cs
using System.Runtime.CompilerServices;
using System.Threading;

namespace RingOS.Hardware;

/// <summary>Physically contiguous memory that one device and one driver share.</summary>
public sealed unsafe partial class DmaRegion
{
    private readonly byte* _start;
    private readonly uint _last; // highest offset of 8 bytes

    private DmaRegion(byte* start, DeviceAddress device, int length)
    {
        GrantCheck.Region(length);
        _start = start;
        Device = device;
        Length = length;
        _last = (uint)length - sizeof(ulong);
    }

    public DeviceAddress Device { get; }

    public int Length { get; }

    /// <summary>Reads 8 bytes, little-endian, at an offset that is a multiple of 8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Read64(int offset)
    {
        GrantCheck.Descriptor((uint)offset, _last);
        return Volatile.Read(ref *(ulong*)(_start + (uint)offset)); // SAFETY: checked above.
    }

    /// <summary>Writes 8 bytes, little-endian, at an offset that is a multiple of 8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write64(int offset, ulong value)
    {
        GrantCheck.Descriptor((uint)offset, _last);
        Volatile.Write(ref *(ulong*)(_start + (uint)offset), value); // SAFETY: checked above.
    }

    // For PacketCopier, which has checked the range.
    internal byte* AddressOf(int offset) => _start + offset;

    /// <summary>A part of this region as a region of its own, of at least 8 bytes; <paramref name="offset"/> must be a multiple of 16.</summary>
    public DmaRegion Slice(int offset, int length)
    {
        GrantCheck.Slice(offset, length, Length);
        return new DmaRegion(_start + offset, new DeviceAddress(Device.Value + (uint)offset), length);
    }
}
