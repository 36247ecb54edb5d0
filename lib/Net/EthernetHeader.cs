// The Ethernet II header. IEEE 802.3 3.2.6. Next: Ipv4Header.cs
using System;
using RingOS.Abi;

namespace RingOS.Net;

/// <summary>Offsets from the start of the frame. A station address is a number: its first byte on the wire is in bits 7:0.</summary>
internal static class EthernetHeader
{
    public const int Destination = 0;
    public const int Source = 6;
    public const int EtherType = 12;
    public const int Size = PacketLayout.EthernetHeaderSize;

    public const ushort Ipv4 = 0x0800;
    public const ushort Arp = 0x0806;

    public const ulong Broadcast = 0xFFFF_FFFF_FFFF;

    // Bit 0 of the first byte: the address is a group's.
    private const ulong GroupBit = 1;

    /// <summary>True for the address of one station.</summary>
    public static bool IsStation(ulong address) => address != 0 && (address & GroupBit) == 0;

    public static ulong ReadAddress(ReadOnlySpan<byte> bytes, int offset)
    {
        ulong address = 0;
        for (int i = 5; i >= 0; i--)
            address = (address << 8) | bytes[offset + i];
        return address;
    }

    public static void WriteAddress(Span<byte> bytes, int offset, ulong address)
    {
        for (int i = 0; i < 6; i++, address >>= 8)
            bytes[offset + i] = (byte)address;
    }

    public static void Write(Span<byte> frame, ulong destination, ulong source, ushort etherType)
    {
        WriteAddress(frame, Destination, destination);
        WriteAddress(frame, Source, source);
        BigEndian.Write16(frame, EtherType, etherType);
    }

    /// <summary>Sends the frame back to where it came from.</summary>
    public static void TurnAround(Span<byte> frame, ulong own)
    {
        WriteAddress(frame, Destination, ReadAddress(frame, Source));
        WriteAddress(frame, Source, own);
    }
}
