// Datagrams on their way in: who gets them, and what is dropped. Next: ArpTests.cs
using System;
using CsCheck;
using RingOS.Abi;
using RingOS.Net;
using Xunit;

namespace RingOS.Tests.Unit.Net;

public class UdpReceiveTests
{
    private const int QueueCapacity = 64; // datagrams a socket keeps

    private static readonly byte[] s_payload = NetFixture.Bytes(100);

    [Fact]
    public void DatagramReachesTheBoundSocket()
    {
        using NetFixture net = new();
        int socket = Bound(net, 7000);
        Assert.Equal(Status.WouldBlock, net.Receive(socket, out _, out _));
        Assert.True(net.Link.Deliver(Wire.Udp(Wire.Peer, 1234, Wire.OwnAddress, 7000, s_payload)));
        Assert.Equal([socket], net.Ready);
        Assert.Equal(Status.Ok, net.Receive(socket, out byte[] payload, out ulong from));
        Assert.Equal(s_payload, payload);
        Assert.Equal(NetProtocol.Endpoint(Wire.Peer, 1234), from);
        Assert.Equal(Status.WouldBlock, net.Receive(socket, out _, out _));
        net.AssertConserved(0);
    }

    [Theory]
    [InlineData(0xFFFFFFFFu)]
    [InlineData(Wire.DirectedBroadcast)]
    public void BroadcastIsReceived(uint address)
    {
        using NetFixture net = new();
        int socket = Bound(net, 68);
        byte[] frame = Wire.Udp(Wire.Gateway, 67, address, 68, s_payload);
        Wire.PutMac(frame, 0, Wire.BroadcastMac);
        net.Link.Deliver(frame);
        Assert.Equal(Status.Ok, net.Receive(socket, out byte[] payload, out _));
        Assert.Equal(s_payload, payload);
    }

    [Fact]
    public void OptionsAreSkippedAndPaddingIsCutOff()
    {
        using NetFixture net = new();
        int socket = Bound(net, 7000);
        net.Link.Deliver(Wire.Udp(Wire.Peer, 1, Wire.OwnAddress, 7000, [5], options: [1, 1, 1, 1, 1, 1, 1, 0]));
        Assert.Equal(Status.Ok, net.Receive(socket, out byte[] payload, out _));
        Assert.Equal([5], payload);
    }

    [Fact]
    public void ChecksumMayBeAbsentButNotWrong()
    {
        using NetFixture net = new();
        int socket = Bound(net, 7000);
        net.Link.Deliver(Wire.Udp(Wire.Peer, 1, Wire.OwnAddress, 7000, s_payload, checksum: false));
        Assert.Equal(Status.Ok, net.Receive(socket, out _, out _));
        byte[] damaged = Wire.Udp(Wire.Peer, 1, Wire.OwnAddress, 7000, s_payload);
        damaged[Wire.Transport + 20] ^= 4;
        net.Link.Deliver(damaged);
        Assert.Equal(Status.WouldBlock, net.Receive(socket, out _, out _));
        Assert.Equal(1ul, net.Stack.Statistics.BadChecksum);
        net.AssertConserved(0);
    }

    [Fact]
    public void EveryFlippedBitOfTheChecksummedPartIsNoticed()
    {
        using NetFixture net = new();
        int socket = Bound(net, 7000);
        byte[] good = Wire.Udp(Wire.Peer, 1, Wire.OwnAddress, 7000, s_payload);
        for (int bit = Wire.Ip * 8; bit < good.Length * 8; bit++)
        {
            byte[] frame = (byte[])good.Clone();
            frame[bit / 8] ^= (byte)(1 << (bit % 8));
            net.Link.Deliver(frame);
            Assert.Equal(Status.WouldBlock, net.Receive(socket, out _, out _));
        }
        net.AssertConserved(0);
    }

    [Theory]
    [InlineData(0, 0x65)] // version 6
    [InlineData(0, 0x44)] // header of 16 bytes
    [InlineData(0, 0x4F)] // header of 60 bytes, longer than the packet says
    [InlineData(2, 0xFF)] // total length beyond the frame
    [InlineData(3, 19)] // total length below the header's
    public void ContradictoryHeadersAreDropped(int offset, byte value)
    {
        using NetFixture net = new();
        int socket = Bound(net, 7000);
        byte[] frame = Wire.Udp(Wire.Peer, 1, Wire.OwnAddress, 7000, [1, 2, 3]);
        frame[Wire.Ip + offset] = value;
        Wire.Put16(frame, Wire.Ip + 10, 0);
        int headerSize = Math.Min((frame[Wire.Ip] & 15) * 4, frame.Length - Wire.Ip);
        Wire.Put16(frame, Wire.Ip + 10, Wire.Checksum(frame.AsSpan(Wire.Ip, headerSize)));
        net.Link.Deliver(frame);
        Assert.Equal(Status.WouldBlock, net.Receive(socket, out _, out _));
        Assert.Equal(1ul, net.Stack.Statistics.Malformed);
    }

    [Fact]
    public void HeaderOfFourWordsIsRefusedEvenIfAllElseFits()
    {
        using NetFixture net = new();
        Bound(net, Wire.OwnAddress & 0xFFFF); // What would be read as the port.
        byte[] frame = Wire.Ipv4(17, Wire.Peer, Wire.OwnAddress, [0, 24, 0, 0, .. new byte[16]]);
        frame[Wire.Ip] = 0x44;
        Wire.FixIpChecksum(frame);
        net.Link.Deliver(frame);
        Assert.Equal(1ul, net.Stack.Statistics.Malformed);
        Assert.Empty(net.Ready);
    }

    [Fact]
    public void WhatFollowsTheUdpLengthIsNotPartOfTheDatagram()
    {
        using NetFixture net = new();
        int socket = Bound(net, 7000);
        byte[] exact = Wire.Udp(Wire.Peer, 1, Wire.OwnAddress, 7000, s_payload);
        byte[] longer = Wire.Ipv4(17, Wire.Peer, Wire.OwnAddress, [.. exact[Wire.Transport..], 1, 2, 3, 4]);
        net.Link.Deliver(longer);
        Assert.Equal(Status.Ok, net.Receive(socket, out byte[] payload, out _));
        Assert.Equal(s_payload, payload);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(12)]
    [InlineData(65535)]
    public void UdpLengthOutsideThePacketIsDropped(int length)
    {
        using NetFixture net = new();
        Bound(net, 7000);
        byte[] frame = Wire.Udp(Wire.Peer, 1, Wire.OwnAddress, 7000, [1, 2, 3], checksum: false);
        Wire.Put16(frame, Wire.Transport + 4, length);
        net.Link.Deliver(frame);
        Assert.Equal(1ul, net.Stack.Statistics.Malformed);
        Assert.Empty(net.Ready);
    }

    [Fact]
    public void FramesForOthersAreDropped()
    {
        using NetFixture net = new();
        Bound(net, 7000);
        byte[] otherStation = Wire.Udp(Wire.Peer, 1, Wire.OwnAddress, 7000, [1]);
        Wire.PutMac(otherStation, 0, Wire.PeerMac);
        byte[] otherProtocol = Wire.Udp(Wire.Peer, 1, Wire.OwnAddress, 7000, [1]);
        Wire.Put16(otherProtocol, 12, 0x86DD);
        net.Link.Deliver(otherStation);
        net.Link.Deliver(otherProtocol);
        net.Link.Deliver(Wire.Udp(Wire.Peer, 1, Wire.Peer, 7000, [1]));
        net.Link.Deliver(Wire.Ipv4(6, Wire.Peer, Wire.OwnAddress, new byte[20]));
        Assert.Equal(4ul, net.Stack.Statistics.NotForUs);
        net.Link.Deliver(Wire.Udp(Wire.Peer, 1, Wire.OwnAddress, 7001, [1]));
        Assert.Equal(1ul, net.Stack.Statistics.NoSocket);
        Assert.Empty(net.Ready);
        net.AssertConserved(0);
    }

    [Fact]
    public void ConnectedSocketHearsItsPeerOnly()
    {
        using NetFixture net = new();
        int socket = net.OpenConnected();
        int port = NetProtocol.PortOf(net.Stack.LocalEndpoint(socket));
        net.Link.Deliver(Wire.Udp(Wire.Peer, 5002, Wire.OwnAddress, port, [1]));
        net.Link.Deliver(Wire.Udp(Wire.Gateway, 5001, Wire.OwnAddress, port, [2]));
        net.Link.Deliver(Wire.Udp(Wire.Peer, 5001, Wire.OwnAddress, port, [3]));
        Assert.Equal(Status.Ok, net.Receive(socket, out byte[] payload, out _));
        Assert.Equal([3], payload);
        Assert.Equal(Status.WouldBlock, net.Receive(socket, out _, out _));
    }

    [Fact]
    public void FullQueueDropsTheNewestAndReceptionGoesOn()
    {
        using NetFixture net = new(1024); // a share of which is more than one queue
        int slow = Bound(net, 7000);
        int other = Bound(net, 7001);
        for (int i = 0; i < QueueCapacity + 8; i++)
            Assert.True(net.Link.Deliver(Wire.Udp(Wire.Peer, 1, Wire.OwnAddress, 7000, [(byte)i])));
        Assert.Equal(8ul, net.Stack.Statistics.QueueFull);
        Assert.True(net.Link.Deliver(Wire.Udp(Wire.Peer, 1, Wire.OwnAddress, 7001, [99])));
        Assert.Equal(Status.Ok, net.Receive(other, out _, out _));
        for (int i = 0; i < QueueCapacity; i++)
        {
            Assert.Equal(Status.Ok, net.Receive(slow, out byte[] payload, out _));
            Assert.Equal([(byte)i], payload);
        }
        Assert.Equal(Status.WouldBlock, net.Receive(slow, out _, out _));
        net.AssertConserved(0);
    }

    [Fact]
    public void QueuesTogetherTakeAtMostThreeEighthsOfThePool()
    {
        using NetFixture net = new(64);
        int[] sockets = [Bound(net, 7000), Bound(net, 7001), Bound(net, 7002), Bound(net, 7003)];
        for (int round = 0; round < 3; round++)
        {
            for (int i = 0; i < 200; i++)
                Assert.True(net.Link.Deliver(Wire.Udp(Wire.Peer, 1, Wire.OwnAddress, 7000 + i % 4, s_payload)));
            Assert.Equal(24, net.Stack.CountPackets(PacketOwner.Queued));
            Assert.Equal(16, net.Stack.CountPackets(PacketOwner.Receive));
            foreach (int socket in sockets)
            {
                while (net.Receive(socket, out _, out _) == Status.Ok)
                    continue;
            }
            Assert.Equal(0, net.Stack.CountPackets(PacketOwner.Queued));
        }
    }

    [Fact]
    public void AnyBytesAreSurvived()
        => Gen.Select(Gen.Byte.Array[14, 200], Gen.Int[0, 5]).Sample(
            (bytes, kind) =>
            {
                using NetFixture net = new(8);
                Bound(net, 7000);
                Wire.PutMac(bytes, 0, Wire.OwnMac);
                Wire.Put16(bytes, 12, kind == 0 ? 0x0806 : 0x0800);
                if (kind > 1 && bytes.Length >= 34)
                {
                    bytes[Wire.Ip] = 0x45;
                    Wire.Put16(bytes, Wire.Ip + 2, bytes.Length - Wire.Ip);
                    Wire.Put16(bytes, Wire.Ip + 6, 0);
                    bytes[Wire.Ip + 9] = (byte)(kind == 2 ? 17 : 1);
                    Wire.Put32(bytes, Wire.Ip + 16, Wire.OwnAddress);
                    Wire.FixIpChecksum(bytes);
                }
                if (kind > 3 && bytes.Length >= Wire.Transport + 8)
                {
                    bytes[Wire.Transport] = (byte)(kind == 4 ? 3 : 0);
                    Wire.Put16(bytes, Wire.Transport + 2, 0);
                    Wire.Put16(bytes, Wire.Transport + 2, Wire.Checksum(bytes.AsSpan(Wire.Transport)));
                }
                Assert.True(net.Link.Deliver(bytes));
                net.AssertConserved(0);
            },
            iter: 3000);

    private static int Bound(NetFixture net, uint port)
    {
        int socket = net.Open();
        Assert.Equal(Status.Ok, net.Stack.Bind(socket, NetProtocol.Endpoint(0, (ushort)port)));
        return socket;
    }
}
