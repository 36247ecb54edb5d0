// Received ICMP messages: pings are answered, answers and refusals go to sockets. RFC 792, RFC 1122 3.2.2. Next: Ipv4Options.cs
using System;
using RingOS.Abi;

namespace RingOS.Net;

/// <summary>Echo requests are turned round in the packet they came in.</summary>
internal sealed class IcmpInput(NicPort nic, SocketTable sockets, NetworkConfiguration configuration, NetworkStatistics statistics)
{
    /// <summary>Handles a frame with a verified IPv4 packet, without padding; true if its packet was kept.</summary>
    public bool Handle(ushort packet, Span<byte> frame)
    {
        Span<byte> bytes = frame.Slice(EthernetHeader.Size);
        Span<byte> message = bytes.Slice(Ipv4Header.SizeOf(bytes));
        if (message.Length < IcmpHeader.Size)
        {
            statistics.Malformed++;
            return false;
        }
        if (InternetChecksum.Sum(message) != InternetChecksum.Right)
        {
            statistics.BadChecksum++;
            return false;
        }
        switch (IcmpHeader.TypeOf(message))
        {
            case IcmpHeader.EchoRequest:
                return Answer(packet, frame);
            case IcmpHeader.EchoReply:
                return Deliver(packet, bytes, message);
            case IcmpHeader.DestinationUnreachable:
                Refuse(message);
                return false;
            default:
                statistics.NotForUs++;
                return false;
        }
    }

    // The answer has no IPv4 options, whatever the request had: its message moves up.
    private bool Answer(ushort packet, Span<byte> frame)
    {
        Span<byte> bytes = frame.Slice(EthernetHeader.Size);
        int options = Ipv4Header.SizeOf(bytes) - Ipv4Header.Size;
        if (frame.Length - options > PacketLayout.MaximumFrame)
        {
            statistics.TooLong++; // put together from fragments, and we send none
            return false;
        }
        if (options != 0)
        {
            bytes.Slice(Ipv4Header.Size + options).CopyTo(bytes.Slice(Ipv4Header.Size));
            frame = frame.Slice(0, frame.Length - options);
            bytes = frame.Slice(EthernetHeader.Size);
        }
        EthernetHeader.TurnAround(frame, nic.MacAddress);
        Ipv4Header.TurnAround(bytes, configuration.Address);
        IcmpHeader.TurnIntoReply(bytes.Slice(Ipv4Header.Size));
        nic.TransmitOrFree(packet, frame.Length, TransmitOptions.None);
        return true;
    }

    private bool Deliver(ushort packet, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> message)
    {
        ulong sender = NetProtocol.Endpoint(Ipv4Header.SourceOf(bytes), 0);
        int socket = sockets.FindReceiver(SocketKind.Echo, IcmpHeader.IdentifierOf(message), sender);
        if (socket < 0)
        {
            statistics.NoSocket++;
            return false;
        }
        int offset = PacketLayout.FrameOffset + EthernetHeader.Size + Ipv4Header.SizeOf(bytes);
        return sockets.Deliver(socket, packet, offset, message.Length, sender);
    }

    // The message carries the start of the datagram it is about. As on Linux, only a refusing port is worth an error to a socket.
    private void Refuse(ReadOnlySpan<byte> message)
    {
        ReadOnlySpan<byte> original = message.Slice(IcmpHeader.Size);
        if (IcmpHeader.CodeOf(message) != IcmpHeader.PortUnreachable || original.Length < Ipv4Header.Size)
            return;
        int headerSize = Ipv4Header.SizeOf(original);
        bool isOurs = Ipv4Header.SourceOf(original) == configuration.Address && Ipv4Header.ProtocolOf(original) == Ipv4Header.Udp;
        if (!isOurs || headerSize < Ipv4Header.Size || original.Length < headerSize + UdpHeader.Size)
            return;
        ReadOnlySpan<byte> datagram = original.Slice(headerSize);
        ulong remote = NetProtocol.Endpoint(Ipv4Header.DestinationOf(original), UdpHeader.DestinationPortOf(datagram));
        int socket = sockets.FindConnected(UdpHeader.SourcePortOf(datagram), remote);
        if (socket >= 0)
            sockets.Fail(socket, Status.ConnectionRefused);
    }
}
