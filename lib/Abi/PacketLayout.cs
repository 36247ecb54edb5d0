// Where a frame lies inside a buffer of the packet pool. Next: NetProtocol.cs
namespace RingOS.Abi;

/// <summary>
/// Every packet buffer is 2048 bytes, never crossing a page. A frame, in either direction, starts at
/// <see cref="FrameOffset"/>, so that the payload of a UDP datagram starts at a multiple of 64.
/// </summary>
public static class PacketLayout
{
    public const int BufferSize = 2048;
    public const int FrameOffset = 22;
    public const int EthernetHeaderSize = 14;
    public const int Ipv4HeaderSize = 20;
    public const int UdpHeaderSize = 8;
    public const int VlanTagSize = 4;

    /// <summary>Where UDP payload starts: 22 + 14 + 20 + 8.</summary>
    public const int UdpPayloadOffset = FrameOffset + EthernetHeaderSize + Ipv4HeaderSize + UdpHeaderSize;

    /// <summary>Largest frame without its check sequence.</summary>
    public const int MaximumFrame = 1514;

    /// <summary>The same with an IEEE 802.1Q tag: the most that a NIC's driver takes in.</summary>
    public const int MaximumTaggedFrame = MaximumFrame + VlanTagSize;

    /// <summary>Largest UDP payload in one frame: 1472 bytes. The stack does not fragment.</summary>
    public const int MaximumUdpPayload = MaximumFrame - EthernetHeaderSize - Ipv4HeaderSize - UdpHeaderSize;

    /// <summary>Largest ICMP echo message in one frame, with its header of 8 bytes: 1480 bytes.</summary>
    public const int MaximumEchoMessage = MaximumFrame - EthernetHeaderSize - Ipv4HeaderSize;

    /// <summary>Largest UDP payload that can be received: a datagram put together from fragments fills one buffer.</summary>
    public const int MaximumReceivedPayload = BufferSize - UdpPayloadOffset;
}
