// What a received frame is. Next: AddressResolver.cs
using System;

namespace RingOS.Net;

/// <summary>Looks at the Ethernet header of each received frame. Nothing in a frame is believed before it is checked.</summary>
internal sealed class FrameInput(PacketTable packets, NicPort nic, AddressResolver resolver, Ipv4Input ipv4, NetworkStatistics statistics)
{
    /// <summary>True if the packet was kept: queued, or on its way back. Otherwise it is the caller's to free.</summary>
    /// <param name="packet">Holds the frame.</param>
    /// <param name="length">Bytes, at least <see cref="EthernetHeader.Size"/> and within the buffer.</param>
    public bool Handle(ushort packet, int length)
    {
        Span<byte> frame = packets.Frame(packet, length);
        ulong destination = EthernetHeader.ReadAddress(frame, EthernetHeader.Destination);
        if (EthernetHeader.IsGroup(frame, EthernetHeader.Source))
        {
            statistics.BadSource++;
            return false;
        }
        bool isForUs = destination == nic.MacAddress || destination == EthernetHeader.Broadcast;
        ushort etherType = BigEndian.Read16(frame, EthernetHeader.EtherType);
        if (etherType == EthernetHeader.VlanTag && EthernetHeader.HasPriorityTag(frame))
        {
            frame = EthernetHeader.RemoveTag(frame);
            etherType = BigEndian.Read16(frame, EthernetHeader.EtherType);
        }
        if (isForUs && etherType == EthernetHeader.Ipv4)
            return ipv4.Handle(packet, frame);
        if (isForUs && etherType == EthernetHeader.Arp)
            return resolver.Handle(packet, frame);
        statistics.NotForUs++;
        return false;
    }
}
