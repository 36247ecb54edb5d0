// Received UDP datagrams: verified, then to a socket's queue. RFC 768, RFC 1122 4.1. Next: IcmpInput.cs
using System;
using RingOS.Abi;

namespace RingOS.Net;

/// <summary>The last steps of a datagram before somebody receives it.</summary>
internal sealed class UdpInput(SocketTable sockets, IcmpError errors, NetworkStatistics statistics)
{
    /// <summary>Handles a verified IPv4 packet; true if the packet was kept: queued, or on its way back as a refusal.</summary>
    /// <param name="packet">Its frame starts at <see cref="PacketLayout.FrameOffset"/>.</param>
    /// <param name="frame">Without padding.</param>
    public bool Handle(ushort packet, ReadOnlySpan<byte> frame)
    {
        ReadOnlySpan<byte> bytes = frame.Slice(EthernetHeader.Size);
        int headerSize = Ipv4Header.SizeOf(bytes);
        ReadOnlySpan<byte> datagram = bytes.Slice(headerSize);
        if (datagram.Length < UdpHeader.Size || !IsLengthGood(datagram))
        {
            statistics.Malformed++;
            return false;
        }
        ushort length = UdpHeader.LengthOf(datagram);
        datagram = datagram.Slice(0, length);
        if (UdpHeader.HasChecksum(datagram) && !IsChecksumRight(bytes, datagram))
        {
            statistics.BadChecksum++;
            return false;
        }
        ulong sender = NetProtocol.Endpoint(Ipv4Header.SourceOf(bytes), UdpHeader.SourcePortOf(datagram));
        int socket = sockets.FindReceiver(SocketKind.Datagram, UdpHeader.DestinationPortOf(datagram), sender);
        if (socket < 0)
        {
            statistics.NoSocket++;
            return errors.TrySend(packet, frame.Length, IcmpHeader.DestinationUnreachable, IcmpHeader.PortUnreachable);
        }
        int offset = PacketLayout.FrameOffset + EthernetHeader.Size + headerSize + UdpHeader.Size;
        return sockets.Deliver(socket, packet, offset, length - UdpHeader.Size, sender);
    }

    private static bool IsLengthGood(ReadOnlySpan<byte> datagram)
        => UdpHeader.LengthOf(datagram) >= UdpHeader.Size && UdpHeader.LengthOf(datagram) <= datagram.Length;

    private static bool IsChecksumRight(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> datagram)
    {
        uint sum = Ipv4Header.PseudoSum(bytes, (ushort)datagram.Length) + InternetChecksum.Sum(datagram);
        return InternetChecksum.Fold(sum) == InternetChecksum.Right;
    }
}
