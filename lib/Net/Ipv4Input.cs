// Received IPv4 packets: verified, then to UDP or ICMP. RFC 791, RFC 1122 3.2.1. Next: UdpInput.cs
using System;
using RingOS.Abi;

namespace RingOS.Net;

/// <summary>Drops what is malformed, damaged, fragmented or not for us. Options are skipped.</summary>
internal sealed class Ipv4Input(UdpInput udp, IcmpInput icmp, NetworkConfiguration configuration, NetworkStatistics statistics)
{
    /// <summary>Handles a received frame of type IPv4; true if its packet was kept.</summary>
    public bool Handle(ushort packet, Span<byte> frame)
    {
        Span<byte> bytes = frame.Slice(EthernetHeader.Size);
        if (!IsGood(bytes))
            return false;
        bytes = bytes.Slice(0, Ipv4Header.TotalLengthOf(bytes));
        uint destination = Ipv4Header.DestinationOf(bytes);
        bool isOurs = destination == configuration.Address;
        byte protocol = Ipv4Header.ProtocolOf(bytes);
        if (protocol == Ipv4Header.Udp && (isOurs || configuration.IsBroadcast(destination)))
            return udp.Handle(packet, bytes);
        if (protocol == Ipv4Header.Icmp && isOurs)
            return icmp.Handle(packet, frame.Slice(0, EthernetHeader.Size + bytes.Length));
        statistics.NotForUs++;
        return false;
    }

    private bool IsGood(ReadOnlySpan<byte> bytes)
    {
        switch (Ipv4Header.Examine(bytes))
        {
            case Ipv4Fault.None:
                return true;
            case Ipv4Fault.BadChecksum:
                statistics.BadChecksum++;
                return false;
            case Ipv4Fault.Fragment:
                statistics.Fragments++;
                return false;
            default:
                statistics.Malformed++;
                return false;
        }
    }
}
