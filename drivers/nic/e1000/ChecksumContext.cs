// The descriptor that tells the device where the checksums of the frames after it lie. Manual 3.3.6; 82574 datasheet
// 7.2. Next: ReceiveRing.cs
using RingOS.Abi;

namespace RingOS.Drivers.E1000;

/// <summary>
/// A context sends nothing. The device keeps it until it gets another one or is reset, and as the stack sends IPv4 without options
/// only, one serves for ever. The transport sum is taken from the UDP header to the frame's end, starting from what the checksum
/// field holds; the result replaces the field, 0 becoming 0xFFFF.
/// </summary>
internal static class ChecksumContext
{
    private const int IpStart = PacketLayout.EthernetHeaderSize; // IPCSS
    private const int IpOffset = IpStart + 10; // IPCSO
    private const int IpEnd = IpStart + PacketLayout.Ipv4HeaderSize - 1; // IPCSE, inclusive
    private const int TransportStart = IpStart + PacketLayout.Ipv4HeaderSize; // TUCSS
    private const int TransportOffset = TransportStart + 6; // TUCSO
    private const int TransportEnd = 0; // TUCSE: 0 is the end of the frame

    /// <summary>Where what is summed up, and where the sum goes.</summary>
    public const ulong Word0 = IpStart | (IpOffset << 8) | (IpEnd << 16)
        | ((ulong)TransportStart << 32) | ((ulong)TransportOffset << 40) | ((ulong)TransportEnd << 48);

    /// <summary>IPv4, UDP (the TCP bit is clear), no segmentation, no report.</summary>
    public const ulong Word1 = (uint)(TransmitCommand.Extended | TransmitCommand.Ipv4);
}
