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

    /// <summary>Where UDP payload starts: 22 + 14 + 20 + 8.</summary>
    public const int UdpPayloadOffset = FrameOffset + EthernetHeaderSize + Ipv4HeaderSize + UdpHeaderSize;

    /// <summary>Largest frame without its check sequence.</summary>
    public const int MaximumFrame = 1514;

    /// <summary>Largest UDP payload in one frame: 1472 bytes. The stack does not fragment.</summary>
    public const int MaximumUdpPayload = MaximumFrame - EthernetHeaderSize - Ipv4HeaderSize - UdpHeaderSize;
}
