// The UDP header. RFC 768. Next: IcmpHeader.cs
using System;
using RingOS.Abi;

namespace RingOS.Net;

/// <summary>Offsets from the start of the UDP header.</summary>
internal static class UdpHeader
{
    public const int Size = PacketLayout.UdpHeaderSize;

    private const int SourcePort = 0;
    private const int DestinationPort = 2;
    private const int Length = 4;
    private const int Checksum = 6;

    public static ushort SourcePortOf(ReadOnlySpan<byte> datagram) => BigEndian.Read16(datagram, SourcePort);

    public static ushort DestinationPortOf(ReadOnlySpan<byte> datagram) => BigEndian.Read16(datagram, DestinationPort);

    /// <summary>Header and payload, as the sender says.</summary>
    public static ushort LengthOf(ReadOnlySpan<byte> datagram) => BigEndian.Read16(datagram, Length);

    /// <summary>False if the sender chose not to have one.</summary>
    public static bool HasChecksum(ReadOnlySpan<byte> datagram) => BigEndian.Read16(datagram, Checksum) != 0;

    /// <summary>Does in software what a NIC does for <see cref="TransmitOptions.CompleteUdpChecksum"/>.</summary>
    /// <param name="datagram">Header, whose checksum field holds the folded sum of the pseudo-header, and payload.</param>
    public static void CompleteChecksum(Span<byte> datagram)
    {
        uint checksum = InternetChecksum.Sum(datagram) ^ 0xFFFF;
        ChecksumField.Store(datagram, Checksum, checksum == 0 ? 0xFFFF : checksum);
    }
}
