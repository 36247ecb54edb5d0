// Tells a sender what became of its datagram. RFC 792, RFC 1122 3.2.2. Next: EthernetHeader.cs
using System;
using RingOS.Abi;

namespace RingOS.Net;

/// <summary>
/// The message is built in the packet that the datagram came in. Nothing is told of broadcasts; and the caller has checked that the sender
/// has an address that one station can have, and that it did not send an ICMP error itself.
/// </summary>
internal sealed class IcmpError(PacketTable packets, NicPort nic, NetworkConfiguration configuration)
{
    /// <summary>Of the payload, RFC 792: enough to tell the ports.</summary>
    private const int QuotedPayload = 8;

    private const int HeadersSize = Ipv4Header.Size + IcmpHeader.Size;

    /// <summary>Turns a packet into the error message about it; false if nothing is to be told: the packet is still the caller's.</summary>
    /// <param name="packet">With a frame that was found good.</param>
    /// <param name="length">Of the frame, without padding.</param>
    /// <param name="type">Of the message.</param>
    /// <param name="code">Of the message.</param>
    public bool TrySend(ushort packet, int length, byte type, byte code)
    {
        Span<byte> frame = packets.Frame(packet, length);
        ReadOnlySpan<byte> original = frame.Slice(EthernetHeader.Size);
        if (Ipv4Header.DestinationOf(original) != configuration.Address || EthernetHeader.IsGroup(frame, EthernetHeader.Destination))
            return false;
        int quoted = Math.Min(Ipv4Header.SizeOf(original) + QuotedPayload, original.Length);
        uint sender = Ipv4Header.SourceOf(original);
        frame = packets.Frame(packet, EthernetHeader.Size + HeadersSize + quoted);
        Span<byte> bytes = frame.Slice(EthernetHeader.Size);
        original.Slice(0, quoted).CopyTo(bytes.Slice(HeadersSize));
        IcmpHeader.WriteError(bytes.Slice(Ipv4Header.Size), type, code);
        Ipv4Header.Write(bytes, 0, Ipv4Header.Icmp, configuration.Address, sender); // not to be fragmented: any identification will do, RFC 6864
        EthernetHeader.TurnAround(frame, nic.MacAddress);
        nic.TransmitOrFree(packet, frame.Length, TransmitOptions.None);
        return true;
    }
}
