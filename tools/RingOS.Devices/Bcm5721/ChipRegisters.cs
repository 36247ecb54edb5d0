// The chip's registers as storage: what was written is read again, statistics are cleared by reading. Next: ChipMemory.cs
using System;

namespace RingOS.Devices.Bcm5721;

/// <summary>What a register does besides being remembered, others do: <see cref="Bcm5721Device"/> tells them.</summary>
internal sealed class ChipRegisters
{
    private const uint Enable = 1 << 1;

    // GRC_MODE: the host has a network stack and keeps its send descriptors, is little-endian and so wants 32-bit words of descriptors
    // in its own order and frames byte by byte. The model does not swap, so it works for no other host.
    private const uint HostIsUp = (1 << 16) | (1 << 17);
    private const uint LittleEndianHost = (1 << 2) | (1 << 4) | (1 << 5);
    private const uint AllSwaps = LittleEndianHost | (1 << 1);

    private readonly uint[] _words = new uint[Offset.EndOfRegisters / sizeof(uint)];

    /// <summary>A register without side effects; the offset is a multiple of 4 below <see cref="Offset.EndOfRegisters"/>.</summary>
    public uint this[uint offset]
    {
        get => _words[offset / sizeof(uint)];
        set => _words[offset / sizeof(uint)] = value;
    }

    /// <summary>The driver has said that it serves the rings, as a little-endian host.</summary>
    public bool HostServes => (this[Offset.GlobalMode] & (HostIsUp | AllSwaps)) == (HostIsUp | LittleEndianHost);

    public void Clear() => Array.Clear(_words);

    /// <summary>Copies the words from one on to the same places.</summary>
    public void CopyTo(Span<uint> words, int first) => _words.AsSpan(first).CopyTo(words[first..]);

    public bool IsEnabled(uint offset) => (this[offset] & Enable) != 0;

    public bool AreEnabled(params ReadOnlySpan<uint> offsets)
    {
        foreach (uint offset in offsets)
        {
            if (!IsEnabled(offset))
                return false;
        }
        return true;
    }

    /// <summary>A register as the guest reads it.</summary>
    public uint Read(uint offset)
    {
        uint value = this[offset];
        if (IsStatistic(offset))
            this[offset] = 0;
        return value;
    }

    public static bool IsStatistic(uint offset)
        => offset is (>= Offset.FirstStatistic and < Offset.EndOfStatistics) or (>= Offset.NoReceiveBuffer and <= Offset.InputErrors);
}
