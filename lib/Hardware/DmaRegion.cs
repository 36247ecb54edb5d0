// Memory shared with a device: descriptor rings. Checked on every access. Next: checks/GrantCheck.cs
using System.Runtime.CompilerServices;
using System.Threading;

namespace RingOS.Hardware;

/// <summary>Physically contiguous memory that one device and one driver share.</summary>
public sealed unsafe class DmaRegion
{
    private readonly byte* _start;
    private readonly uint _last; // highest offset of 8 bytes

    /// <param name="start">Virtual address, 4096-aligned.</param>
    /// <param name="device">The same memory as the device sees it.</param>
    /// <param name="length">Bytes.</param>
    public DmaRegion(nint start, DeviceAddress device, int length)
    {
        _start = (byte*)start;
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

    /// <summary>A part of this region as a region of its own; <paramref name="offset"/> must be a multiple of 16.</summary>
    public DmaRegion Slice(int offset, int length)
    {
        GrantCheck.Slice(offset, length, Length);
        return new DmaRegion((nint)(_start + offset), new DeviceAddress(Device.Value + (uint)offset), length);
    }
}
