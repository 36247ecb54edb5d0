// Received IPv4 packets: verified, made whole, then to UDP or ICMP. RFC 791, RFC 1122 3.2.1. Next: Reassembler.cs
using System;
using RingOS.Abi;

namespace RingOS.Net;

/// <summary>Drops what is malformed, damaged, not for us, or from nobody. Fragments wait for the others of their datagram.</summary>
internal sealed class Ipv4Input(
    PacketTable packets, Reassembler reassembler, UdpInput udp, IcmpInput icmp, NetworkConfiguration configuration, NetworkStatistics statistics)
{
    /// <summary>Handles a received frame of type IPv4; true if its packet was kept.</summary>
    public bool Handle(ushort packet, Span<byte> frame)
    {
        Span<byte> bytes = frame.Slice(EthernetHeader.Size);
        Ipv4Fault fault = Ipv4Header.Examine(bytes);
        if (fault is not (Ipv4Fault.None or Ipv4Fault.Fragment))
        {
            Count(fault);
            return false;
        }
        bytes = bytes.Slice(0, Ipv4Header.TotalLengthOf(bytes));
        if (!configuration.IsSource(Ipv4Header.SourceOf(bytes)) && (fault != Ipv4Fault.None || !IsLocalRefusal(bytes)))
        {
            statistics.BadSource++;
            return false;
        }
        frame = frame.Slice(0, EthernetHeader.Size + bytes.Length); // without what padded it
        return fault == Ipv4Fault.None ? Deliver(packet, frame) : Collect(frame);
    }

    // RFC 1122 3.3.6: what came to all stations on the link is for us only if its address is that of all.
    private bool Deliver(ushort packet, Span<byte> frame)
    {
        Span<byte> bytes = frame.Slice(EthernetHeader.Size);
        uint destination = Ipv4Header.DestinationOf(bytes);
        bool isOurs = destination == configuration.Address && !EthernetHeader.IsGroup(frame, EthernetHeader.Destination);
        byte protocol = Ipv4Header.ProtocolOf(bytes);
        if (protocol == Ipv4Header.Udp && (isOurs || configuration.IsBroadcast(destination)))
            return udp.Handle(packet, frame);
        if (protocol == Ipv4Header.Icmp && isOurs)
            return icmp.Handle(packet, frame);
        statistics.NotForUs++;
        return false;
    }

    // The datagram is put together in a packet of its own: the one that this fragment came in is free again.
    private bool Collect(Span<byte> frame)
    {
        ushort whole = reassembler.Add(frame, out int length);
        if (whole != PacketTable.None && !Deliver(whole, packets.Frame(whole, length)))
            packets.Free(whole);
        return false;
    }

    // QEMU's user network reports what the host's own network refused, and names the host's loopback address as the sender. An error
    // message is believed for the datagram of ours that it quotes, never for its sender.
    private static bool IsLocalRefusal(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> message = bytes.Slice(Ipv4Header.SizeOf(bytes));
        return Ipv4Header.ProtocolOf(bytes) == Ipv4Header.Icmp && NetworkConfiguration.IsLoopback(Ipv4Header.SourceOf(bytes))
            && message.Length >= IcmpHeader.Size && IcmpHeader.TypeOf(message) == IcmpHeader.DestinationUnreachable;
    }

    private void Count(Ipv4Fault fault)
    {
        if (fault == Ipv4Fault.BadChecksum)
            statistics.BadChecksum++;
        else if (fault == Ipv4Fault.SourceRoute)
            statistics.NotForUs++;
        else
            statistics.Malformed++;
    }
}
