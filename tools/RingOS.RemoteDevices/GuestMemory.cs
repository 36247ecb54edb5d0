// A guest's memory: what its devices reach by DMA. Next: MachineTurn.cs
using System;
using RingOS.Devices.Pci;
using RingOS.Host;

namespace RingOS.RemoteDevices;

/// <summary>QEMU keeps it in a file of this process: offset is physical address, as long as it ends below the hole for devices.</summary>
public sealed class GuestMemory : IGuestBus, IDisposable
{
    /// <summary>More would be split around the hole below 4 GiB: QEMU's q35 board begins it at 2 GiB at the lowest.</summary>
    public const int MostMiB = 2047;

    // IBM PC: what lies between is the display's and the firmware's.
    private const ulong EndOfLow = 640 << 10;
    private const ulong StartOfHigh = 1 << 20;

    private readonly SharedMapping _memory;

    /// <param name="mebibytes">1 to <see cref="MostMiB"/>.</param>
    /// <exception cref="RingOsException">There is no memory for it.</exception>
    public GuestMemory(int mebibytes) => _memory = new SharedMapping("ringos-guest-memory", checked(mebibytes << 20));

    /// <summary>Where QEMU finds it.</summary>
    public string Path => _memory.Path;

    public int MiB => _memory.Length >> 20;

    public bool TryRead(ulong address, Span<byte> bytes)
    {
        if (!IsMemory(address, bytes.Length))
            return false;
        _memory.Bytes.Slice((int)address, bytes.Length).CopyTo(bytes);
        return true;
    }

    public bool TryWrite(ulong address, ReadOnlySpan<byte> bytes)
    {
        if (!IsMemory(address, bytes.Length))
            return false;
        bytes.CopyTo(_memory.Bytes.Slice((int)address, bytes.Length));
        return true;
    }

    public void Dispose() => _memory.Dispose();

    private bool IsMemory(ulong address, int length)
        => IsInside(address, (ulong)length, 0, EndOfLow) || IsInside(address, (ulong)length, StartOfHigh, (ulong)_memory.Length);

    private static bool IsInside(ulong address, ulong length, ulong start, ulong end)
        => address >= start && address <= end && end - address >= length;
}
