// Who can have sent a frame: addresses that no station has are refused; tags, broadcasts, refusals. Next: IcmpTests.cs
using System;
using RingOS.Abi;
using RingOS.Net;
using Xunit;

namespace RingOS.Tests.Unit.Net;

public class SourceTests
{
    private static readonly byte[] s_payload = NetFixture.Bytes(40);

    // RFC 1122 3.2.1.3, and the two ends of our own network.
    public static TheoryData<uint> Nobodies => new(
        0x00000000, 0x00010203, 0x7F000001, 0x7FFFFFFF, Wire.OwnAddress, 0xFFFFFFFF, Wire.DirectedBroadcast, 0x0A000200,
        0xE0000001, 0xEFFFFFFF, 0xF0000000, 0xFFFFFFFE);

    [Theory]
    [MemberData(nameof(Nobodies))]
    public void NothingComesFromNobody(uint source)
    {
        using NetFixture net = new();
        int socket = Bound(net);
        net.Link.Deliver(Wire.Udp(source, 1234, Wire.OwnAddress, 7000, s_payload));
        net.Link.Deliver(Wire.Udp(source, 1234, Wire.OwnAddress, 7001, s_payload)); // nobody listens: nobody is told
        net.Link.Deliver(Wire.Icmp(source, Wire.OwnAddress, 8, 0, s_payload));
        foreach (byte[] fragment in Wire.Fragments(Wire.Udp(source, 1234, Wire.OwnAddress, 7000, s_payload), 24))
            net.Link.Deliver(fragment);
        Assert.Equal(Status.WouldBlock, net.Receive(socket, out _, out _));
        Assert.Empty(net.Link.Sent);
        Assert.Equal(5ul, net.Stack.Statistics.BadSource);
        Assert.Equal(5ul, net.Stack.ReadCounter(NicCounter.SourcesRefused));
        net.AssertConserved(0);
    }

    [Theory]
    [InlineData(0x01020304u)]
    [InlineData(0xDFFFFFFFu)]
    [InlineData(0x0A000201u)]
    [InlineData(0x0A0003FFu)] // another network's last address is nothing to us
    public void OthersAreHeard(uint source)
    {
        using NetFixture net = new();
        int socket = Bound(net);
        net.Link.Deliver(Wire.Udp(source, 1234, Wire.OwnAddress, 7000, s_payload));
        Assert.Equal(Status.Ok, net.Receive(socket, out _, out ulong from));
        Assert.Equal(source, NetProtocol.AddressOf(from));
    }

    [Fact]
    public void AGroupAsSenderOfAFrameIsNobody()
    {
        using NetFixture net = new();
        byte[] frame = Wire.Icmp(Wire.Peer, Wire.OwnAddress, 8, 0, s_payload);
        Wire.PutMac(frame, 6, Wire.BroadcastMac); // an answer would go to all
        net.Link.Deliver(frame);
        byte[] request = Wire.Arp(1, Wire.PeerMac, Wire.Peer, 0, Wire.OwnAddress, Wire.BroadcastMac);
        Wire.PutMac(request, 6, 0x0000005E0001ul);
        net.Link.Deliver(request);
        Assert.Empty(net.Link.Sent);
        Assert.Equal(2ul, net.Stack.Statistics.BadSource);
    }

    // RFC 1122 3.3.6.
    [Fact]
    public void WhatWasSentToAllStationsUnderOurAddressIsNotForUs()
    {
        using NetFixture net = new();
        int socket = Bound(net);
        byte[] datagram = Wire.Udp(Wire.Peer, 1234, Wire.OwnAddress, 7000, s_payload);
        byte[] ping = Wire.Icmp(Wire.Peer, Wire.OwnAddress, 8, 0, s_payload);
        Wire.PutMac(datagram, 0, Wire.BroadcastMac);
        Wire.PutMac(ping, 0, Wire.BroadcastMac);
        net.Link.Deliver(datagram);
        net.Link.Deliver(ping);
        Assert.Equal(Status.WouldBlock, net.Receive(socket, out _, out _));
        Assert.Empty(net.Link.Sent);
        Assert.Equal(2ul, net.Stack.Statistics.NotForUs);
    }

    // RFC 768: a sender that wants no answer may have no port. Sending to it is refused, and that is all.
    [Fact]
    public void APortOfZeroIsHeardButNotAnswered()
    {
        using NetFixture net = new();
        net.IntroducePeer();
        int socket = Bound(net);
        net.Link.Deliver(Wire.Udp(Wire.Peer, 0, Wire.OwnAddress, 7000, [0x78]));
        Assert.Equal(Status.Ok, net.Receive(socket, out byte[] payload, out ulong from));
        Assert.Equal([0x78], payload);
        Assert.Equal(Status.InvalidArgument, net.Send(socket, payload, from));
        Assert.Equal(Status.Ok, net.Send(socket, payload, NetFixture.PeerEndpoint));
    }

    [Fact]
    public void ABurstFromANeighbourWeMustAskForFirstIsAnsweredWhole()
    {
        using NetFixture net = new(256);
        int socket = Bound(net);
        for (byte number = 0; number < 32; number++)
        {
            net.Link.Deliver(Wire.Udp(Wire.Peer, 1234, Wire.OwnAddress, 7000, [number]));
            Assert.Equal(Status.Ok, net.Receive(socket, out byte[] payload, out ulong from));
            Assert.Equal(Status.Ok, net.Send(socket, payload, from));
        }
        Assert.Equal(Status.NoBufferSpace, net.Send(socket, [99], NetFixture.PeerEndpoint));
        net.Link.Sent.Clear(); // the question
        net.Clock.AdvanceMilliseconds(100);
        net.Link.Deliver(Wire.Arp(2, Wire.PeerMac, Wire.Peer, Wire.OwnMac, Wire.OwnAddress));
        for (byte number = 0; number < 32; number++)
            Assert.Equal([number], Wire.ParseUdp(net.Link.Sent.Dequeue()).Payload);
    }

    [Fact]
    public void WhoWasRefusedAPlaceHearsWhenTheOthersAreGivenUp()
    {
        using NetFixture net = new();
        int socket = net.Open();
        for (int i = 0; i < 8; i++)
            Assert.Equal(Status.Ok, net.Send(socket, [1], NetFixture.PeerEndpoint));
        net.Link.CompleteAll();
        Assert.Equal(Status.NoBufferSpace, net.Send(socket, [1], NetFixture.PeerEndpoint));
        for (int i = 0; i < 6; i++)
        {
            net.Clock.AdvanceMilliseconds(500);
            net.Stack.Poll();
        }
        Assert.Equal(8ul, net.Stack.Statistics.Unreachable);
        Assert.Equal(1, net.RoomCalls);
    }

    [Theory]
    [InlineData(0x0000)]
    [InlineData(0xE000)] // priority 7
    [InlineData(0x1000)] // may be dropped first
    public void PriorityTaggedFramesAreHeard(int tag)
    {
        using NetFixture net = new();
        int socket = Bound(net);
        byte[] payload = NetFixture.Bytes(1472);
        net.Link.Deliver(Wire.Tagged(Wire.Udp(Wire.Peer, 1234, Wire.OwnAddress, 7000, payload), tag));
        Assert.Equal(Status.Ok, net.Receive(socket, out byte[] received, out _));
        Assert.Equal(payload, received);
        net.Link.Deliver(Wire.Tagged(Wire.Arp(1, Wire.PeerMac, Wire.Peer, 0, Wire.OwnAddress, Wire.BroadcastMac), tag));
        Assert.Equal(0x0806, Wire.Get16(net.Link.Sent.Dequeue(), 12));
        net.Link.Deliver(Wire.Tagged(Wire.Icmp(Wire.Peer, Wire.OwnAddress, 8, 0, s_payload), tag));
        Assert.Equal(s_payload, net.Link.Sent.Dequeue()[(Wire.Transport + 4)..]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0xE001)]
    [InlineData(0x0FFF)]
    public void FramesOfVirtualLansAreNotForUs(int tag)
    {
        using NetFixture net = new();
        int socket = Bound(net);
        net.Link.Deliver(Wire.Tagged(Wire.Udp(Wire.Peer, 1234, Wire.OwnAddress, 7000, s_payload), tag));
        net.Link.Deliver([.. Wire.Tagged(Wire.Arp(1, Wire.PeerMac, Wire.Peer, 0, Wire.OwnAddress), 0)[..16]]); // nothing behind the tag
        Assert.Equal(Status.WouldBlock, net.Receive(socket, out _, out _));
        Assert.Equal(2ul, net.Stack.Statistics.NotForUs);
    }

    [Fact]
    public void ADatagramToAPortWhereNobodyListensIsRefused()
    {
        using NetFixture net = new();
        byte[] datagram = Wire.Udp(Wire.Peer, 1234, Wire.OwnAddress, 7001, NetFixture.Bytes(500));
        net.Link.Deliver(datagram);
        byte[] error = net.Link.Sent.Dequeue();
        Assert.Equal(Wire.PeerMac, Wire.GetMac(error, 0));
        Assert.Equal((Wire.OwnAddress, Wire.Peer), (Wire.Get32(error, Wire.Ip + 12), Wire.Get32(error, Wire.Ip + 16)));
        Assert.Equal(0, Wire.Checksum(error.AsSpan(Wire.Ip, 20)));
        Assert.Equal(0, Wire.Checksum(error.AsSpan(Wire.Transport)));
        Assert.Equal((3, 3, 0u), (error[Wire.Transport], error[Wire.Transport + 1], Wire.Get32(error, Wire.Transport + 4)));
        Assert.Equal(datagram[Wire.Ip..(Wire.Transport + 8)], error[(Wire.Transport + 8)..]);
        Assert.Equal(1ul, net.Stack.Statistics.NoSocket);
        net.Link.CompleteAll();
        net.AssertConserved(0);
    }

    [Fact]
    public void BroadcastsAreRefusedByNobody()
    {
        using NetFixture net = new();
        byte[] broadcast = Wire.Udp(Wire.Peer, 1234, Wire.DirectedBroadcast, 7001, s_payload);
        Wire.PutMac(broadcast, 0, Wire.BroadcastMac);
        net.Link.Deliver(broadcast);
        net.Link.Deliver(Wire.Udp(Wire.Peer, 1234, 0xFFFFFFFF, 7001, s_payload));
        Assert.Equal(2ul, net.Stack.Statistics.NoSocket);
        Assert.Empty(net.Link.Sent);
        net.AssertConserved(0);
    }

    // As QEMU's user network sends it: from the loopback address of the host that refused.
    [Fact]
    public void ARefusalIsBelievedForWhatItQuotesWhoeverSendsIt()
    {
        using NetFixture net = new();
        int socket = net.OpenConnected();
        Assert.Equal(Status.Ok, net.Send(socket, [1]));
        byte[] refusal = [0, 0, 0, 0, .. net.Link.Sent.Dequeue()[Wire.Ip..(Wire.Transport + 8)]];
        net.Link.Deliver(Wire.Icmp(0x7F000001, Wire.OwnAddress, 3, 3, refusal));
        Assert.Equal(Status.ConnectionRefused, net.Send(socket, [2]));
        Assert.Equal(0ul, net.Stack.Statistics.BadSource);
    }

    [Theory]
    [InlineData(new byte[] { 1, 1, 1, 0 })]
    [InlineData(new byte[] { 7, 7, 4, 0, 0, 0, 0, 0 })] // record route
    [InlineData(new byte[] { 68, 8, 5, 0, 0, 0, 0, 0 })] // time stamp
    [InlineData(new byte[] { 148, 4, 0, 0 })] // router alert
    public void PingsWithOptionsAreAnsweredWithout(byte[] options)
    {
        using NetFixture net = new();
        byte[] message = [8, 0, 0, 0, .. s_payload];
        Wire.Put16(message, 2, Wire.Checksum(message));
        net.Link.Deliver(Wire.Ipv4(1, Wire.Peer, Wire.OwnAddress, message, options));
        byte[] reply = net.Link.Sent.Dequeue();
        Assert.Equal((0x45, 20 + message.Length), (reply[Wire.Ip], Wire.Get16(reply, Wire.Ip + 2)));
        Assert.Equal(0, Wire.Checksum(reply.AsSpan(Wire.Ip, 20)));
        Assert.Equal(0, Wire.Checksum(reply.AsSpan(Wire.Transport)));
        Assert.Equal([0, 0], reply[Wire.Transport..(Wire.Transport + 2)]);
        Assert.Equal(s_payload, reply[(Wire.Transport + 4)..]);
    }

    [Theory]
    [InlineData(new byte[] { 131, 7, 8, 10, 0, 2, 15, 0 }, 1, 0)] // loose source route
    [InlineData(new byte[] { 1, 137, 7, 8, 10, 0, 2, 15 }, 1, 0)] // strict
    [InlineData(new byte[] { 7, 1, 1, 1 }, 0, 1)] // a length that cannot be
    [InlineData(new byte[] { 7, 0, 1, 1 }, 0, 1)]
    [InlineData(new byte[] { 1, 1, 1, 7 }, 0, 1)] // no length
    [InlineData(new byte[] { 1, 1, 7, 3 }, 0, 1)] // beyond the header
    public void RoutesAndNonsenseInOptionsAreDropped(byte[] options, ulong notForUs, ulong malformed)
    {
        using NetFixture net = new();
        int socket = Bound(net);
        net.Link.Deliver(Wire.Udp(Wire.Peer, 1234, Wire.OwnAddress, 7000, s_payload, options: options));
        Assert.Equal(Status.WouldBlock, net.Receive(socket, out _, out _));
        Assert.Equal((notForUs, malformed), (net.Stack.Statistics.NotForUs, net.Stack.Statistics.Malformed));
    }

    private static int Bound(NetFixture net)
    {
        int socket = net.Open();
        Assert.Equal(Status.Ok, net.Stack.Bind(socket, NetProtocol.Endpoint(0, 7000)));
        return socket;
    }
}
