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
    public const ushort VlanTag = 0x8100; // IEEE 802.1Q

    public const ulong Broadcast = 0xFFFF_FFFF_FFFF;

    // Bit 0 of the first byte: the address is a group's.
    private const ulong GroupBit = 1;

    // The tag stands where the type does without one; the type follows it.
    private const int TaggedEtherType = EtherType + PacketLayout.VlanTagSize;
    private const ushort VlanIdentifier = 0x0FFF;

    /// <summary>True for the address of one station.</summary>
    public static bool IsStation(ulong address) => address != 0 && (address & GroupBit) == 0;

    /// <summary>True for broadcasts and multicasts; no source has such an address.</summary>
    public static bool IsGroup(ReadOnlySpan<byte> frame, int offset) => (frame[offset] & GroupBit) != 0;

    /// <summary>True if the tag of a tagged frame names a priority only, and no virtual LAN. IEEE 802.1Q 9.6.</summary>
    public static bool HasPriorityTag(ReadOnlySpan<byte> frame)
        => frame.Length >= Size + PacketLayout.VlanTagSize && (BigEndian.Read16(frame, Size) & VlanIdentifier) == 0;

    /// <summary>Takes the tag out: what follows it moves forward.</summary>
    /// <returns>The frame, shorter by the tag.</returns>
    public static Span<byte> RemoveTag(Span<byte> frame)
    {
        frame.Slice(TaggedEtherType).CopyTo(frame.Slice(EtherType));
        return frame.Slice(0, frame.Length - PacketLayout.VlanTagSize);
    }

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
