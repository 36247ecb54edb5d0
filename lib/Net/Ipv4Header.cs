// The IPv4 header. RFC 791 3.1. Next: UdpHeader.cs
using System;
using RingOS.Abi;

namespace RingOS.Net;

/// <summary>What is wrong with a received IPv4 header.</summary>
internal enum Ipv4Fault
{
    None,
    Malformed,
    BadChecksum,
    Fragment,

    /// <summary>Its options name the way it is to go.</summary>
    SourceRoute,
}

/// <summary>Offsets from the start of the IPv4 packet. We send no options and no fragments.</summary>
internal static class Ipv4Header
{
    public const int Size = PacketLayout.Ipv4HeaderSize;

    public const byte Icmp = 1;
    public const byte Udp = 17;

    /// <summary>Version 4, five 32-bit words.</summary>
    public const byte VersionAndSize = 0x45;

    public const byte TimeToLive = 64;

    /// <summary>Do not fragment.</summary>
    public const ushort Flags = 0x4000;

    private const int TotalLength = 2;
    private const int Identification = 4;
    private const int FlagsAndOffset = 6;
    private const int Life = 8;
    private const int Protocol = 9;
    private const int Checksum = 10;
    private const int Source = 12;
    private const int Destination = 16;

    private const ushort MoreFragmentsAndOffset = MoreFragments | FragmentOffset;
    private const ushort MoreFragments = 0x2000;
    private const ushort FragmentOffset = 0x1FFF; // in units of 8 bytes

    public static int SizeOf(ReadOnlySpan<byte> packet) => (packet[0] & 0xF) * sizeof(uint);

    /// <summary>Header and payload together, without what padded the frame.</summary>
    public static int TotalLengthOf(ReadOnlySpan<byte> packet) => BigEndian.Read16(packet, TotalLength);

    public static byte ProtocolOf(ReadOnlySpan<byte> packet) => packet[Protocol];

    public static uint SourceOf(ReadOnlySpan<byte> packet) => BigEndian.Read32(packet, Source);

    public static uint DestinationOf(ReadOnlySpan<byte> packet) => BigEndian.Read32(packet, Destination);

    /// <summary>Identification and protocol: with the two addresses, what the fragments of one datagram share. RFC 791 3.2.</summary>
    public static uint FragmentKeyOf(ReadOnlySpan<byte> packet)
        => ((uint)BigEndian.Read16(packet, Identification) << 8) | ProtocolOf(packet);

    /// <summary>Where the payload of a fragment belongs in its datagram's, in bytes.</summary>
    public static int FragmentOffsetOf(ReadOnlySpan<byte> packet) => (BigEndian.Read16(packet, FlagsAndOffset) & FragmentOffset) * 8;

    public static bool HasMoreFragments(ReadOnlySpan<byte> packet) => (BigEndian.Read16(packet, FlagsAndOffset) & MoreFragments) != 0;

    /// <summary>On None and Fragment, the header and the total length lie inside <paramref name="packet"/>.</summary>
    public static Ipv4Fault Examine(ReadOnlySpan<byte> packet)
    {
        if (packet.Length < Size || packet[0] >> 4 != 4)
            return Ipv4Fault.Malformed;
        int size = SizeOf(packet);
        int total = TotalLengthOf(packet);
        if (size < Size || total < size || total > packet.Length)
            return Ipv4Fault.Malformed;
        if (InternetChecksum.Sum(packet.Slice(0, size)) != InternetChecksum.Right)
            return Ipv4Fault.BadChecksum;
        if (size != Size)
        {
            Ipv4Fault fault = Ipv4Options.Examine(packet.Slice(Size, size - Size));
            if (fault != Ipv4Fault.None)
                return fault;
        }
        return (BigEndian.Read16(packet, FlagsAndOffset) & MoreFragmentsAndOffset) != 0 ? Ipv4Fault.Fragment : Ipv4Fault.None;
    }

    /// <summary>The folded sum of the pseudo-header that UDP includes, in memory order. RFC 768.</summary>
    public static uint PseudoSum(ReadOnlySpan<byte> packet, ushort length)
        => InternetChecksum.Fold(
            InternetChecksum.Sum(packet.Slice(Source, 2 * sizeof(uint))) + BigEndian.Swap(ProtocolOf(packet)) + BigEndian.Swap(length));

    public static void Write(Span<byte> packet, ushort identification, byte protocol, uint source, uint destination)
    {
        packet[0] = VersionAndSize;
        packet[1] = 0;
        BigEndian.Write16(packet, TotalLength, (ushort)packet.Length);
        BigEndian.Write16(packet, Identification, identification);
        BigEndian.Write16(packet, FlagsAndOffset, Flags);
        packet[Protocol] = protocol;
        BigEndian.Write32(packet, Source, source);
        BigEndian.Write32(packet, Destination, destination);
        Finish(packet);
    }

    /// <summary>Makes the header, without its options, that of the whole packet: no fragment any more.</summary>
    public static void MakeWhole(Span<byte> packet)
    {
        packet[0] = VersionAndSize;
        BigEndian.Write16(packet, TotalLength, (ushort)packet.Length);
        BigEndian.Write16(packet, FlagsAndOffset, 0);
        ChecksumField.WriteChecksum(packet.Slice(0, Size), Checksum);
    }

    /// <summary>Sends a received packet, whose options are gone, back to where it came from.</summary>
    public static void TurnAround(Span<byte> packet, uint own)
    {
        packet[0] = VersionAndSize;
        BigEndian.Write16(packet, TotalLength, (ushort)packet.Length);
        BigEndian.Write32(packet, Destination, SourceOf(packet));
        BigEndian.Write32(packet, Source, own);
        Finish(packet);
    }

    private static void Finish(Span<byte> packet)
    {
        packet[Life] = TimeToLive;
        ChecksumField.WriteChecksum(packet.Slice(0, Size), Checksum);
    }
}
