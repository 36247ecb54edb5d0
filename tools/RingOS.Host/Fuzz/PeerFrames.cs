// Ethernet frames to a guest and the answers that it must give. RFC 791, 768, 792, 826. Next: FrameMaker.cs
using System;
using System.Buffers.Binary;

namespace RingOS.Host.Fuzz;

/// <summary>Right frames, from the station at the other end of the guest's wire.</summary>
public static class PeerFrames
{
    public const uint GuestAddress = 0x0A00_020F; // 10.0.2.15
    public const uint PeerAddress = 0x0A00_0202; // 10.0.2.2

    /// <summary>UDP port on which the guest answers.</summary>
    public const ushort ServerPort = 7;

    public const int EthernetHeader = 14;
    public const int Ipv4Header = 20;
    public const byte IcmpProtocol = 1;
    public const byte UdpProtocol = 17;

    private const ushort Ipv4Type = 0x0800;
    private const ushort ArpType = 0x0806;

    private static readonly byte[] s_guest = [0x52, 0x54, 0x00, 0x12, 0x34, 0x56]; // QEMU's first NIC
    private static readonly byte[] s_peer = [0x52, 0x55, 0x0A, 0x00, 0x02, 0x02];

    /// <summary>The guest's address on the wire.</summary>
    public static ReadOnlySpan<byte> Station => s_guest;

    /// <summary>An echo request that the guest must answer.</summary>
    public static byte[] EchoRequest(ushort identifier, ushort sequence, int length)
    {
        byte[] frame = Ipv4(IcmpProtocol, PeerAddress, 8 + length);
        Span<byte> icmp = frame.AsSpan(EthernetHeader + Ipv4Header);
        icmp[0] = 8;
        BinaryPrimitives.WriteUInt16BigEndian(icmp[4..], identifier);
        BinaryPrimitives.WriteUInt16BigEndian(icmp[6..], sequence);
        Repair(frame);
        return frame;
    }

    /// <summary>A datagram to the guest's server.</summary>
    public static byte[] Datagram(ReadOnlySpan<byte> payload)
    {
        byte[] frame = Udp(ServerPort, PeerAddress, payload.Length);
        payload.CopyTo(frame.AsSpan(EthernetHeader + Ipv4Header + 8));
        Repair(frame);
        return frame;
    }

    /// <summary>The answer to a guest that asks for our station; null if the frame is no such question.</summary>
    public static byte[]? AnswerTo(ReadOnlySpan<byte> frame)
    {
        bool isQuestion = frame.Length >= EthernetHeader + 28 && BinaryPrimitives.ReadUInt16BigEndian(frame[12..]) == ArpType
            && BinaryPrimitives.ReadUInt16BigEndian(frame[20..]) == 1;
        return isQuestion ? Arp(operation: 2, BinaryPrimitives.ReadUInt32BigEndian(frame[38..]), GuestAddress) : null;
    }

    /// <summary>Whether a frame is the answer to <see cref="EchoRequest"/>, wherever it is addressed to.</summary>
    public static bool IsEchoReply(ReadOnlySpan<byte> frame, ushort identifier, ushort sequence)
        => frame.Length >= EthernetHeader + Ipv4Header + 8 && BinaryPrimitives.ReadUInt16BigEndian(frame[12..]) == Ipv4Type
            && frame[EthernetHeader + 9] == IcmpProtocol && frame[EthernetHeader + Ipv4Header] == 0
            && BinaryPrimitives.ReadUInt16BigEndian(frame[(EthernetHeader + Ipv4Header + 4)..]) == identifier
            && BinaryPrimitives.ReadUInt16BigEndian(frame[(EthernetHeader + Ipv4Header + 6)..]) == sequence;

    private static byte[] Ethernet(ushort type, int length)
    {
        byte[] frame = new byte[EthernetHeader + length];
        s_guest.CopyTo(frame, 0);
        s_peer.CopyTo(frame, 6);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(12), type);
        return frame;
    }

    /// <summary>An ARP message to the guest, from the peer's station.</summary>
    public static byte[] Arp(int operation, uint sender, uint target)
    {
        byte[] frame = Ethernet(ArpType, 28);
        Span<byte> arp = frame.AsSpan(EthernetHeader);
        BinaryPrimitives.WriteUInt16BigEndian(arp, 1);
        BinaryPrimitives.WriteUInt16BigEndian(arp[2..], Ipv4Type);
        arp[4] = 6;
        arp[5] = 4;
        BinaryPrimitives.WriteUInt16BigEndian(arp[6..], (ushort)operation);
        s_peer.CopyTo(arp[8..]);
        BinaryPrimitives.WriteUInt32BigEndian(arp[14..], sender);
        s_guest.CopyTo(arp[18..]);
        BinaryPrimitives.WriteUInt32BigEndian(arp[24..], target);
        return frame;
    }

    /// <summary>An IPv4 packet to the guest, without its checksum.</summary>
    public static byte[] Ipv4(byte protocol, uint source, int length)
    {
        byte[] frame = Ethernet(Ipv4Type, Ipv4Header + length);
        Span<byte> ip = frame.AsSpan(EthernetHeader);
        ip[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(ip[2..], (ushort)(Ipv4Header + length));
        ip[8] = 64;
        ip[9] = protocol;
        BinaryPrimitives.WriteUInt32BigEndian(ip[12..], source);
        BinaryPrimitives.WriteUInt32BigEndian(ip[16..], GuestAddress);
        return frame;
    }

    /// <summary>A datagram of zeros to the guest.</summary>
    public static byte[] Udp(ushort port, uint source, int length)
    {
        byte[] frame = Ipv4(UdpProtocol, source, 8 + length);
        Span<byte> udp = frame.AsSpan(EthernetHeader + Ipv4Header);
        BinaryPrimitives.WriteUInt16BigEndian(udp, 40_000);
        BinaryPrimitives.WriteUInt16BigEndian(udp[2..], port);
        BinaryPrimitives.WriteUInt16BigEndian(udp[4..], (ushort)(8 + length));
        Repair(frame);
        return frame;
    }

    /// <summary>Checksums that are right again let a damaged frame come further.</summary>
    public static void Repair(byte[] frame)
    {
        if (frame.Length < EthernetHeader + Ipv4Header || BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(12)) != Ipv4Type)
            return;
        Span<byte> ip = frame.AsSpan(EthernetHeader);
        int header = Math.Min((ip[0] & 15) * 4, ip.Length);
        if (header < Ipv4Header)
            return;
        BinaryPrimitives.WriteUInt16BigEndian(ip[10..], 0);
        BinaryPrimitives.WriteUInt16BigEndian(ip[10..], Checksum(ip[..header], 0));
        int end = Math.Clamp(BinaryPrimitives.ReadUInt16BigEndian(ip[2..]), (ushort)header, (ushort)Math.Min(ip.Length, ushort.MaxValue));
        Span<byte> payload = ip[header..end];
        if (ip[9] == IcmpProtocol && payload.Length >= 4)
        {
            BinaryPrimitives.WriteUInt16BigEndian(payload[2..], 0);
            BinaryPrimitives.WriteUInt16BigEndian(payload[2..], Checksum(payload, 0));
        }
        else if (ip[9] == UdpProtocol && payload.Length >= 8)
        {
            BinaryPrimitives.WriteUInt16BigEndian(payload[6..], 0);
            uint pseudo = UdpProtocol + (uint)payload.Length;
            for (int word = 12; word < Ipv4Header; word += 2)
                pseudo += BinaryPrimitives.ReadUInt16BigEndian(ip[word..]);
            ushort sum = Checksum(payload, pseudo);
            BinaryPrimitives.WriteUInt16BigEndian(payload[6..], sum == 0 ? ushort.MaxValue : sum);
        }
    }

    private static ushort Checksum(ReadOnlySpan<byte> bytes, uint sum)
    {
        for (int i = 0; i < bytes.Length; i++)
            sum += (i & 1) == 0 ? (uint)bytes[i] << 8 : bytes[i];
        while (sum > ushort.MaxValue)
            sum = (sum & ushort.MaxValue) + (sum >> 16);
        return (ushort)~sum;
    }
}
