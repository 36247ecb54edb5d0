// Headers around what a program sends. RFC 768, RFC 792. Next: UdpHeaderTemplate.cs
using System;
using RingOS.Abi;

namespace RingOS.Net;

/// <summary>Builds frames in the packet that holds the payload. Nothing is copied, except that echo messages move by 8 bytes.</summary>
internal sealed class FrameOutput(NicPort nic, NetworkConfiguration configuration)
{
    private const int Ipv4Offset = PacketLayout.FrameOffset + PacketLayout.EthernetHeaderSize;
    private const int Ipv4PayloadOffset = Ipv4Offset + PacketLayout.Ipv4HeaderSize;

    // For datagrams of sockets that are not connected to their destination.
    private readonly UdpHeaderTemplate _header = new();

    /// <summary>Prepares the headers for one destination.</summary>
    public void PrepareHeader(UdpHeaderTemplate header, ushort localPort, ulong station, ulong destination)
        => header.Prepare(
            nic.MacAddress, station, configuration.Address, localPort, NetProtocol.AddressOf(destination), NetProtocol.PortOf(destination));

    /// <summary>Whether a payload can be sent: MessageTooLong, or InvalidArgument if it should be an echo request and is not.</summary>
    public static Status Examine(SocketKind kind, ReadOnlySpan<byte> buffer, int length)
    {
        if (kind == SocketKind.Datagram)
            return length <= PacketLayout.MaximumUdpPayload ? Status.Ok : Status.MessageTooLong;
        if (length > PacketLayout.MaximumEchoMessage)
            return Status.MessageTooLong;
        bool isRequest = length >= IcmpHeader.Size && IcmpHeader.IsEchoRequest(buffer.Slice(PacketLayout.UdpPayloadOffset));
        return isRequest ? Status.Ok : Status.InvalidArgument;
    }

    /// <summary>Completes the frame around an examined payload. Returns the frame's length in bytes.</summary>
    public int Write(Socket socket, Span<byte> buffer, int length, ulong station, ulong destination, ushort identification)
    {
        if (socket.Kind == SocketKind.Echo)
            return WriteEcho(buffer, length, station, socket.LocalPort, NetProtocol.AddressOf(destination), identification);
        PrepareHeader(_header, socket.LocalPort, station, destination);
        _header.Write(buffer, length, identification);
        if (nic.UdpOptions == TransmitOptions.None)
            CompleteChecksum(buffer, length);
        return UdpHeaderTemplate.HeadersSize + length;
    }

    /// <summary>Completes the UDP checksum in software.</summary>
    public static void CompleteChecksum(Span<byte> buffer, int payloadLength)
        => UdpHeader.CompleteChecksum(buffer.Slice(Ipv4PayloadOffset, PacketLayout.UdpHeaderSize + payloadLength));

    private int WriteEcho(Span<byte> buffer, int length, ulong station, ushort identifier, uint destination, ushort identification)
    {
        // The payload was put where a datagram's belongs, but there is no UDP header in front of this one.
        for (int moved = 0; moved < length; moved += Words.Size)
            Words.Write(buffer, Ipv4PayloadOffset + moved, Words.Read(buffer, PacketLayout.UdpPayloadOffset + moved));
        IcmpHeader.FinishRequest(buffer.Slice(Ipv4PayloadOffset, length), identifier);
        Span<byte> packet = buffer.Slice(Ipv4Offset, PacketLayout.Ipv4HeaderSize + length);
        Ipv4Header.Write(packet, identification, Ipv4Header.Icmp, configuration.Address, destination);
        EthernetHeader.Write(buffer.Slice(PacketLayout.FrameOffset), station, nic.MacAddress, EthernetHeader.Ipv4);
        return PacketLayout.EthernetHeaderSize + packet.Length;
    }
}
