// Pings in both directions, and refusals. Next: SocketTests.cs
using System;
using CsCheck;
using RingOS.Abi;
using RingOS.Net;
using Xunit;

namespace RingOS.Tests.Unit.Net;

public class IcmpTests
{
    [Fact]
    public void PingIsTurnedRoundWithRightChecksums()
        => Gen.Byte.Array[4, 1476].Sample(
            rest =>
            {
                using NetFixture net = new(8);
                net.Link.Deliver(Wire.Icmp(Wire.Peer, Wire.OwnAddress, 8, 0, rest));
                byte[] reply = net.Link.Sent.Dequeue();
                Assert.Equal(Wire.PeerMac, Wire.GetMac(reply, 0));
                Assert.Equal(Wire.OwnMac, Wire.GetMac(reply, 6));
                Assert.Equal(Wire.OwnAddress, Wire.Get32(reply, Wire.Ip + 12));
                Assert.Equal(Wire.Peer, Wire.Get32(reply, Wire.Ip + 16));
                Assert.Equal(64, reply[Wire.Ip + 8]);
                Assert.Equal(0, Wire.Checksum(reply.AsSpan(Wire.Ip, 20)));
                Assert.Equal(0, Wire.Checksum(reply.AsSpan(Wire.Transport)));
                Assert.Equal(0, reply[Wire.Transport]);
                Assert.Equal(rest, reply[(Wire.Transport + 4)..]);
                net.AssertConserved(0);
            },
            iter: 200);

    [Fact]
    public void DamagedPingsArePingsNoMore()
    {
        using NetFixture net = new();
        byte[] frame = Wire.Icmp(Wire.Peer, Wire.OwnAddress, 8, 0, NetFixture.Bytes(60));
        frame[^1] ^= 1;
        net.Link.Deliver(frame);
        frame = Wire.Icmp(Wire.Peer, Wire.OwnAddress, 8, 0, NetFixture.Bytes(60));
        frame[Wire.Ip + 8] ^= 1;
        net.Link.Deliver(frame);
        Assert.Equal(2ul, net.Stack.Statistics.BadChecksum);
        net.Link.Deliver(Wire.Icmp(Wire.Peer, Wire.DirectedBroadcast, 8, 0, NetFixture.Bytes(60)));
        net.Link.Deliver(Wire.Icmp(Wire.Peer, Wire.OwnAddress, 8, 0, [])); // too short
        Assert.Empty(net.Link.Sent);
        net.AssertConserved(0);
    }

    [Fact]
    public void EchoSocketSendsAPingAndReceivesItsAnswer()
    {
        using NetFixture net = new();
        net.IntroducePeer();
        int socket = net.Open(SocketKind.Echo);
        byte[] message = [8, 0, 0xEE, 0xEE, 0xEE, 0xEE, 0, 5, .. NetFixture.Bytes(57)];
        Assert.Equal(Status.Ok, net.Send(socket, message, NetProtocol.Endpoint(Wire.Peer, 0)));
        byte[] frame = net.Link.Sent.Dequeue();
        int identifier = NetProtocol.PortOf(net.Stack.LocalEndpoint(socket));
        Assert.Equal(Wire.Transport + message.Length, frame.Length);
        Assert.Equal(1, frame[Wire.Ip + 9]);
        Assert.Equal(Wire.PeerMac, Wire.GetMac(frame, 0));
        Assert.Equal(0, Wire.Checksum(frame.AsSpan(Wire.Ip, 20)));
        Assert.Equal(0, Wire.Checksum(frame.AsSpan(Wire.Transport)));
        Assert.Equal(identifier, Wire.Get16(frame, Wire.Transport + 4));
        Assert.Equal(message[6..], frame[(Wire.Transport + 6)..]);

        byte[] rest = frame[(Wire.Transport + 4)..];
        net.Link.Deliver(Wire.Icmp(Wire.Peer, Wire.OwnAddress, 0, 0, rest));
        Assert.Equal(Status.Ok, net.Receive(socket, out byte[] answer, out ulong from));
        Assert.Equal(NetProtocol.Endpoint(Wire.Peer, 0), from);
        Assert.Equal(0, answer[0]);
        Assert.Equal(rest, answer[4..]);

        Wire.Put16(rest, 0, identifier + 1);
        net.Link.Deliver(Wire.Icmp(Wire.Peer, Wire.OwnAddress, 0, 0, rest));
        Assert.Equal(Status.WouldBlock, net.Receive(socket, out _, out _));
        net.Link.CompleteAll();
        net.AssertConserved(0);
    }

    [Fact]
    public void ConnectedEchoSocketNeedsNoDestination()
    {
        using NetFixture net = new();
        net.IntroducePeer();
        int socket = net.Open(SocketKind.Echo);
        Assert.Equal(Status.Ok, net.Stack.Connect(socket, NetProtocol.Endpoint(Wire.Peer, 0)));
        Assert.Equal(Status.Ok, net.Send(socket, [8, 0, 0, 0, 0, 0, 0, 1]));
        Assert.Equal(0, Wire.Checksum(net.Link.Sent.Dequeue().AsSpan(Wire.Transport)));
    }

    [Fact]
    public void EchoSocketSendsNothingButEchoRequests()
    {
        using NetFixture net = new();
        net.IntroducePeer();
        int socket = net.Open(SocketKind.Echo);
        ulong peer = NetProtocol.Endpoint(Wire.Peer, 0);
        Assert.Equal(Status.InvalidArgument, net.Send(socket, [8, 0, 0, 0, 0, 0, 0], peer));
        Assert.Equal(Status.InvalidArgument, net.Send(socket, [0, 0, 0, 0, 0, 0, 0, 0], peer));
        Assert.Equal(Status.InvalidArgument, net.Send(socket, [8, 1, 0, 0, 0, 0, 0, 0], peer));
        Assert.Equal(Status.MessageTooLong, net.Send(socket, [8, .. new byte[1480]], peer));
        Assert.Equal(Status.Ok, net.Send(socket, [8, .. new byte[1479]], peer));
        Assert.Equal(1514, net.Link.Sent.Dequeue().Length);
    }

    [Fact]
    public void RefusedPortIsReportedByTheNextOperationOnce()
    {
        using NetFixture net = new();
        int socket = net.OpenConnected();
        Assert.Equal(Status.Ok, net.Send(socket, [1]));
        byte[] refusal = [0, 0, 0, 0, .. net.Link.Sent.Dequeue()[Wire.Ip..(Wire.Transport + 8)]];
        net.Link.Deliver(Wire.Icmp(Wire.Peer, Wire.OwnAddress, 3, 3, refusal));
        Assert.Equal([socket], net.Ready);
        Assert.Equal(Status.ConnectionRefused, net.Send(socket, [2]));
        Assert.Equal(Status.Ok, net.Send(socket, [3]));
        net.Link.Deliver(Wire.Icmp(Wire.Peer, Wire.OwnAddress, 3, 3, refusal));
        Assert.Equal(Status.ConnectionRefused, net.Receive(socket, out _, out _));
        Assert.Equal(Status.WouldBlock, net.Receive(socket, out _, out _));
        Assert.Equal([3], Wire.ParseUdp(net.Link.Sent.Dequeue()).Payload);
    }

    [Theory]
    [InlineData(1, -1, 0)] // host unreachable: passing trouble
    [InlineData(3, 4 + 16, 9)] // about a datagram to somebody else
    [InlineData(3, 4 + 12, 9)] // about a datagram from somebody else
    [InlineData(3, 4 + 21, 9)] // about another port
    [InlineData(3, 4 + 9, 6)] // about TCP
    [InlineData(3, 4, 0x4F)] // header longer than what is there
    public void OtherRefusalsAreIgnored(int code, int offset, byte value)
    {
        using NetFixture net = new();
        int socket = net.OpenConnected();
        Assert.Equal(Status.Ok, net.Send(socket, [1]));
        byte[] refusal = [0, 0, 0, 0, .. net.Link.Sent.Dequeue()[Wire.Ip..(Wire.Transport + 8)]];
        if (offset >= 0)
            refusal[offset] = value;
        net.Link.Deliver(Wire.Icmp(Wire.Peer, Wire.OwnAddress, 3, code, refusal));
        Assert.Equal(Status.Ok, net.Send(socket, [2]));
        Assert.Empty(net.Ready);
    }
}
