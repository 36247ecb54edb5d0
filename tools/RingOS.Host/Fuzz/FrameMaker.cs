// Hostile Ethernet frames: right ones with something wrong in them, and noise. Next: FrameMachine.cs
using System;
using System.Buffers.Binary;
using static RingOS.Host.Fuzz.PeerFrames;

namespace RingOS.Host.Fuzz;

/// <summary>Frame n depends on the seed and n alone.</summary>
public static class FrameMaker
{
    private const int Largest = 1514;
    private const int Oversized = 4000;

    /// <summary>Frame number <paramref name="number"/> of a seed.</summary>
    public static byte[] Make(ulong seed, long number)
    {
        Random random = new(HashCode.Combine(unchecked((int)seed), unchecked((int)(seed >> 32)), unchecked((int)number), 0x46));
        byte[] frame = random.Next(8) == 0 ? Noise(random) : Hostile(random);
        return frame.Length == 0 ? [0] : frame; // to QEMU an empty datagram is the end of the wire
    }

    private static byte[] Hostile(Random random)
    {
        byte[] frame = random.Next(8) switch
        {
            0 => Arp(random.Next(4) == 0 ? random.Next(65_536) : random.Next(3), PeerOrOther(random), AddressOf(random)),
            1 => EchoRequest((ushort)random.Next(65_536), (ushort)random.Next(65_536), random.Next(1_473)),
            2 => IcmpError(random),
            3 => Fragment(random),
            4 => WithOptions(random),
            _ => Udp(random.Next(3) == 0 ? (ushort)random.Next(65_536) : ServerPort, PeerOrOther(random), random.Next(1_473)),
        };
        if (random.Next(10) != 0)
            frame = Damage(random, frame);
        if (random.Next(2) == 0)
            Repair(frame);
        return frame;
    }

    private static byte[] Noise(Random random)
    {
        byte[] frame = new byte[random.Next(8) == 0 ? random.Next(Oversized) : random.Next(Largest + 1)];
        random.NextBytes(frame);
        if (frame.Length >= Station.Length && random.Next(4) != 0)
            Station.CopyTo(frame);
        return frame;
    }

    // Of any type, about a datagram that the guest may have sent.
    private static byte[] IcmpError(Random random)
    {
        int quoted = random.Next(64);
        byte[] frame = Ipv4(IcmpProtocol, PeerOrOther(random), 8 + quoted);
        Span<byte> icmp = frame.AsSpan(EthernetHeader + Ipv4Header);
        icmp[0] = (byte)random.Next(20);
        icmp[1] = (byte)random.Next(16);
        Span<byte> quote = icmp[8..];
        random.NextBytes(quote);
        if (quoted >= 28)
        {
            quote[0] = 0x45;
            quote[9] = UdpProtocol;
            BinaryPrimitives.WriteUInt32BigEndian(quote[12..], GuestAddress);
            BinaryPrimitives.WriteUInt32BigEndian(quote[16..], PeerAddress);
            BinaryPrimitives.WriteUInt16BigEndian(quote[20..], ServerPort);
            BinaryPrimitives.WriteUInt16BigEndian(quote[22..], 40_000);
        }
        Repair(frame);
        return frame;
    }

    private static byte[] Fragment(Random random)
    {
        byte[] frame = Udp(ServerPort, PeerAddress, random.Next(1_400));
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(EthernetHeader + 6), (ushort)random.Next(65_536));
        Repair(frame);
        return frame;
    }

    private static byte[] WithOptions(Random random)
    {
        int words = random.Next(1, 11);
        byte[] frame = Ipv4(random.Next(2) == 0 ? UdpProtocol : IcmpProtocol, PeerAddress, (words * 4) + random.Next(100));
        frame[EthernetHeader] = (byte)(0x45 + words);
        random.NextBytes(frame.AsSpan(EthernetHeader + Ipv4Header));
        Repair(frame);
        return frame;
    }

    private static byte[] Damage(Random random, byte[] frame)
    {
        for (int wounds = random.Next(1, 5); wounds > 0 && frame.Length > 0; wounds--)
        {
            int header = Math.Min(frame.Length, 60);
            switch (random.Next(6))
            {
                case 0:
                    frame[random.Next(header)] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    frame[random.Next(header)] = (byte)random.Next(256);
                    break;
                case 2:
                    frame[random.Next(header)] = random.Next(2) == 0 ? (byte)0 : (byte)0xFF;
                    break;
                case 3:
                    frame = frame[..random.Next(frame.Length + 1)];
                    break;
                case 4:
                    Array.Resize(ref frame, Math.Min(Oversized, frame.Length + random.Next(64)));
                    break;
                default:
                    Nudge(random, frame);
                    break;
            }
        }
        return frame;
    }

    // A length that is off by a little: total length of IPv4 or length of UDP.
    private static void Nudge(Random random, byte[] frame)
    {
        int offset = EthernetHeader + (random.Next(2) == 0 ? 2 : Ipv4Header + 4);
        if (frame.Length < offset + 2)
            return;
        Span<byte> field = frame.AsSpan(offset);
        BinaryPrimitives.WriteUInt16BigEndian(field, (ushort)(BinaryPrimitives.ReadUInt16BigEndian(field) + random.Next(-40, 40)));
    }

    private static uint PeerOrOther(Random random) => random.Next(4) == 0 ? AddressOf(random) : PeerAddress;

    private static uint AddressOf(Random random) => random.Next(8) switch
    {
        0 => 0,
        1 => uint.MaxValue,
        2 => GuestAddress,
        3 => 0x7F00_0001,
        4 => 0xE000_0001,
        5 => 0x0A00_02FF,
        _ => unchecked((uint)random.Next()),
    };
}
