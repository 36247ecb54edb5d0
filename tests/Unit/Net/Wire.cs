// Frames built and taken apart naively, byte by byte, for comparison with what the stack does. Next: NetFixture.cs
using System;
using System.Collections.Generic;

namespace RingOS.Tests.Unit.Net;

/// <summary>A parsed frame; asserting is left to the tests.</summary>
internal sealed record UdpFrame(
    ulong DestinationMac, ulong SourceMac, int Identification, int TimeToLive, uint Source, uint Destination,
    int SourcePort, int DestinationPort, int Checksum, byte[] Payload);

internal static class Wire
{
    public const uint OwnAddress = 0x0A00020F; // 10.0.2.15
    public const uint Mask = 0xFFFFFF00;
    public const uint Gateway = 0x0A000202; // 10.0.2.2
    public const uint Peer = 0x0A000203;
    public const uint Stranger = 0x08080808; // beyond the gateway
    public const uint DirectedBroadcast = 0x0A0002FF;

    // First byte on the wire in bits 7:0: 52:54:00:12:34:56.
    public const ulong OwnMac = 0x563412005452;
    public const ulong PeerMac = 0x0605040302AA;
    public const ulong GatewayMac = 0x665544332202;
    public const ulong BroadcastMac = 0xFFFFFFFFFFFF;

    public const int Ip = 14;
    public const int Transport = 34;

    /// <summary>RFC 1071 as it is written there.</summary>
    public static int Checksum(ReadOnlySpan<byte> bytes, int initial = 0)
    {
        long sum = initial;
        for (int i = 0; i < bytes.Length; i += 2)
            sum += (bytes[i] << 8) | (i + 1 < bytes.Length ? bytes[i + 1] : 0);
        while (sum >> 16 != 0)
            sum = (sum & 0xFFFF) + (sum >> 16);
        return (int)(~sum & 0xFFFF);
    }

    public static byte[] Arp(int operation, ulong senderMac, uint sender, ulong targetMac, uint target, ulong destination = OwnMac)
    {
        byte[] frame = new byte[60];
        PutMac(frame, 0, destination);
        PutMac(frame, 6, senderMac);
        Put16(frame, 12, 0x0806);
        Put16(frame, 14, 1);
        Put16(frame, 16, 0x0800);
        frame[18] = 6;
        frame[19] = 4;
        Put16(frame, 20, operation);
        PutMac(frame, 22, senderMac);
        Put32(frame, 28, sender);
        PutMac(frame, 32, targetMac);
        Put32(frame, 38, target);
        return frame;
    }

    /// <summary>An IPv4 frame with right checksums, padded to 60 bytes.</summary>
    public static byte[] Ipv4(int protocol, uint source, uint destination, byte[] payload, byte[]? options = null)
    {
        options ??= [];
        int header = 20 + options.Length;
        byte[] frame = new byte[Math.Max(60, Ip + header + payload.Length)];
        PutMac(frame, 0, OwnMac);
        PutMac(frame, 6, PeerMac);
        Put16(frame, 12, 0x0800);
        frame[Ip] = (byte)(0x40 | (header / 4));
        Put16(frame, Ip + 2, header + payload.Length);
        Put16(frame, Ip + 4, 0x1234);
        frame[Ip + 8] = 61;
        frame[Ip + 9] = (byte)protocol;
        Put32(frame, Ip + 12, source);
        Put32(frame, Ip + 16, destination);
        options.CopyTo(frame, Ip + 20);
        payload.CopyTo(frame, Ip + header);
        FixIpChecksum(frame);
        return frame;
    }

    /// <summary>The fragments of a packet, each with at most so many bytes (a multiple of 8) behind its header.</summary>
    public static byte[][] Fragments(byte[] packet, int most)
    {
        int length = Get16(packet, Ip + 2) - 20;
        List<byte[]> fragments = [];
        for (int offset = 0; offset < length; offset += most)
        {
            int count = Math.Min(most, length - offset);
            byte[] frame = new byte[Math.Max(60, Transport + count)];
            packet.AsSpan(0, Transport).CopyTo(frame);
            packet.AsSpan(Transport + offset, count).CopyTo(frame.AsSpan(Transport));
            Put16(frame, Ip + 2, 20 + count);
            Put16(frame, Ip + 6, offset / 8 | (offset + count < length ? 0x2000 : 0));
            FixIpChecksum(frame);
            fragments.Add(frame);
        }
        return [.. fragments];
    }

    /// <summary>The same frame with an IEEE 802.1Q tag.</summary>
    public static byte[] Tagged(byte[] frame, int tag)
        => [.. frame[..12], 0x81, 0x00, (byte)(tag >> 8), (byte)tag, .. frame[12..]];

    public static void FixIpChecksum(byte[] frame)
    {
        Put16(frame, Ip + 10, 0);
        Put16(frame, Ip + 10, Checksum(frame.AsSpan(Ip, (frame[Ip] & 15) * 4)));
    }

    public static byte[] Udp(
        uint source, int sourcePort, uint destination, int destinationPort, byte[] payload, bool checksum = true, byte[]? options = null)
    {
        byte[] datagram = new byte[8 + payload.Length];
        Put16(datagram, 0, sourcePort);
        Put16(datagram, 2, destinationPort);
        Put16(datagram, 4, datagram.Length);
        payload.CopyTo(datagram, 8);
        if (checksum)
        {
            int sum = Checksum(datagram, PseudoSum(source, destination, datagram.Length));
            Put16(datagram, 6, sum == 0 ? 0xFFFF : sum);
        }
        return Ipv4(17, source, destination, datagram, options);
    }

    public static byte[] Icmp(uint source, uint destination, int type, int code, byte[] rest)
    {
        byte[] message = new byte[4 + rest.Length];
        message[0] = (byte)type;
        message[1] = (byte)code;
        rest.CopyTo(message, 4);
        Put16(message, 2, Checksum(message));
        return Ipv4(1, source, destination, message);
    }

    /// <summary>Takes a frame apart; throws if a checksum or a length is wrong.</summary>
    public static UdpFrame ParseUdp(byte[] frame)
    {
        Require(Get16(frame, 12) == 0x0800, "EtherType");
        Require(frame[Ip] == 0x45 && frame[Ip + 1] == 0, "version, header size, type of service");
        Require(Get16(frame, Ip + 2) == frame.Length - Ip, "total length");
        Require(Get16(frame, Ip + 6) == 0x4000, "flags");
        Require(frame[Ip + 9] == 17, "protocol");
        Require(Checksum(frame.AsSpan(Ip, 20)) == 0, "IPv4 checksum");
        int length = Get16(frame, Transport + 4);
        Require(length == frame.Length - Transport, "UDP length");
        uint source = Get32(frame, Ip + 12);
        uint destination = Get32(frame, Ip + 16);
        int checksum = Get16(frame, Transport + 6);
        Require(checksum != 0, "UDP checksum present");
        Require(Checksum(frame.AsSpan(Transport), PseudoSum(source, destination, length)) == 0, "UDP checksum");
        return new UdpFrame(
            GetMac(frame, 0), GetMac(frame, 6), Get16(frame, Ip + 4), frame[Ip + 8], source, destination,
            Get16(frame, Transport), Get16(frame, Transport + 2), checksum, frame[(Transport + 8)..]);
    }

    /// <summary>CompleteUdpChecksum: the sum from the UDP header on, the field included, inverted; zero becomes all ones.</summary>
    public static void CompleteUdpChecksumAsNicsDo(byte[] frame)
    {
        int checksum = Checksum(frame.AsSpan(Transport));
        Put16(frame, Transport + 6, checksum == 0 ? 0xFFFF : checksum);
    }

    public static int PseudoSum(uint source, uint destination, int length)
        => (int)((source >> 16) + (source & 0xFFFF) + (destination >> 16) + (destination & 0xFFFF) + 17 + (uint)length);

    public static int Get16(ReadOnlySpan<byte> bytes, int offset) => (bytes[offset] << 8) | bytes[offset + 1];

    public static uint Get32(ReadOnlySpan<byte> bytes, int offset) => ((uint)Get16(bytes, offset) << 16) | (uint)Get16(bytes, offset + 2);

    public static ulong GetMac(ReadOnlySpan<byte> bytes, int offset)
    {
        ulong address = 0;
        for (int i = 0; i < 6; i++)
            address |= (ulong)bytes[offset + i] << (8 * i);
        return address;
    }

    public static void Put16(Span<byte> bytes, int offset, int value)
    {
        bytes[offset] = (byte)(value >> 8);
        bytes[offset + 1] = (byte)value;
    }

    public static void Put32(Span<byte> bytes, int offset, uint value)
    {
        Put16(bytes, offset, (int)(value >> 16));
        Put16(bytes, offset + 2, (int)(value & 0xFFFF));
    }

    public static void PutMac(Span<byte> bytes, int offset, ulong address)
    {
        for (int i = 0; i < 6; i++)
            bytes[offset + i] = (byte)(address >> (8 * i));
    }

    private static void Require(bool condition, string what)
    {
        if (!condition)
            throw new InvalidOperationException("wrong on the wire: " + what);
    }
}
