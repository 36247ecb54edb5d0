// All 42 header bytes of a datagram, prepared once for a destination and written as six words. RFC 791, RFC 768. Next: FrameInput.cs
using System;
using System.Runtime.CompilerServices;
using RingOS.Abi;

namespace RingOS.Net;

/// <summary>
/// The headers end where the payload starts, at a multiple of 8, so they are six aligned words of which the first six bytes lie
/// before the frame. Lengths, identification and checksums are zero in the words and are put in for each datagram.
/// </summary>
/// <remarks>
/// In memory order, byte offsets in the buffer:
/// 16: - - - - - - destination[0..1]   24: destination[2..5] source[0..3]        32: source[4..5] 08 00 45 00 total length
/// 40: id, flags, life, protocol, sum  48: source address, destination address   56: ports, UDP length, UDP checksum
/// </remarks>
internal sealed class UdpHeaderTemplate
{
    /// <summary>Bytes of all headers together.</summary>
    public const int HeadersSize = PacketLayout.UdpPayloadOffset - PacketLayout.FrameOffset;

    private const int WordsSize = 6 * Words.Size;
    private const int WordsOffset = PacketLayout.UdpPayloadOffset - WordsSize;
    private const int IpAndUdpSize = PacketLayout.Ipv4HeaderSize + PacketLayout.UdpHeaderSize;

    // "08 00", then version and header size, at their places in the third word.
    private const ulong Ipv4Start = 0x0008ul << 16 | (ulong)Ipv4Header.VersionAndSize << 32;

    // Flags, time to live and protocol at their places in the fourth word: 40 00 40 11.
    private readonly ulong _flagsLifeProtocol = 0x0040ul << 16 | (ulong)Ipv4Header.TimeToLive << 32 | (ulong)Ipv4Header.Udp << 40;

    private ulong _destinationStart;
    private ulong _destinationEndSourceStart;
    private ulong _sourceEndIpv4Start;
    private ulong _ports;
    private ulong _addresses;

    // Sums, in memory order, of what does not change: the IPv4 header and the pseudo-header.
    private uint _ipv4Sum;
    private uint _pseudoSum;

    /// <summary>Addresses and ports in host order; stations as <see cref="EthernetHeader"/> has them.</summary>
    public void Prepare(ulong ownStation, ulong station, uint ownAddress, ushort ownPort, uint address, ushort port)
    {
        _sourceEndIpv4Start = (ownStation >> 32) | Ipv4Start;
        _destinationEndSourceStart = ownStation << 32;
        SetStation(station);
        _addresses = BigEndian.Swap(ownAddress) | ((ulong)BigEndian.Swap(address) << 32);
        _ports = BigEndian.Swap(ownPort) | ((uint)BigEndian.Swap(port) << 16);
        uint addressSum = SumOfHalves(_addresses);
        _ipv4Sum = InternetChecksum.Fold(addressSum + SumOfHalves(_flagsLifeProtocol) + Ipv4Header.VersionAndSize);
        _pseudoSum = InternetChecksum.Fold(addressSum + BigEndian.Swap(Ipv4Header.Udp));
    }

    /// <summary>The next hop has another station now.</summary>
    public void SetStation(ulong station)
    {
        _destinationStart = station << 48;
        _destinationEndSourceStart = (_destinationEndSourceStart & 0xFFFF_FFFF_0000_0000) | (uint)(station >> 16);
    }

    /// <summary>Writes all headers in front of the payload; the UDP checksum field gets the folded sum of the pseudo-header.</summary>
    /// <param name="buffer">The whole packet.</param>
    /// <param name="payloadLength">0 to <see cref="PacketLayout.MaximumUdpPayload"/>.</param>
    /// <param name="identification">Of the IPv4 header.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(Span<byte> buffer, int payloadLength, ushort identification)
    {
        ulong first = _destinationStart;
        Span<byte> words = buffer.Slice(WordsOffset, WordsSize);
        Words.Write(words, 0, first);
        Words.Write(words, 8, _destinationEndSourceStart);
        Words.Write(words, 32, _addresses);
        uint totalLength = BigEndian.Swap((ushort)(payloadLength + IpAndUdpSize));
        Words.Write(words, 16, _sourceEndIpv4Start | ((ulong)totalLength << 48));
        uint swapped = BigEndian.Swap(identification);
        uint checksum = InternetChecksum.Fold(_ipv4Sum + totalLength + swapped) ^ 0xFFFF;
        Words.Write(words, 24, _flagsLifeProtocol | swapped | ((ulong)checksum << 48));
        uint udpLength = BigEndian.Swap((ushort)(payloadLength + PacketLayout.UdpHeaderSize));
        uint pseudoSum = InternetChecksum.Fold(_pseudoSum + udpLength);
        Words.Write(words, 40, _ports | ((ulong)udpLength << 32) | ((ulong)pseudoSum << 48));
    }

    private static uint SumOfHalves(ulong word)
        => (uint)(ushort)word + (ushort)(word >> 16) + (ushort)(word >> 32) + (ushort)(word >> 48);
}
