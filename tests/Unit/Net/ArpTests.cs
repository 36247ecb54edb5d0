// Finding the next hop: asking, waiting, giving up, ageing, and answering others. Next: IcmpTests.cs
using System;
using RingOS.Abi;
using RingOS.Net;
using Xunit;

namespace RingOS.Tests.Unit.Net;

public class ArpTests
{
    [Fact]
    public void ConnectAsksAndIsToldWhenToCallAgain()
    {
        using NetFixture net = new();
        int socket = net.Open();
        Assert.Equal(Status.WouldBlock, net.Stack.Connect(socket, NetFixture.PeerEndpoint));
        byte[] request = net.Link.Sent.Dequeue();
        Assert.Equal(Wire.Arp(1, Wire.OwnMac, Wire.OwnAddress, 0, Wire.Peer, Wire.BroadcastMac)[..42], request);
        Assert.Equal(Status.WouldBlock, net.Stack.Connect(socket, NetFixture.PeerEndpoint));
        Assert.Empty(net.Link.Sent); // Not asked again so soon.
        Assert.Empty(net.Ready);

        net.Link.Deliver(Wire.Arp(2, Wire.PeerMac, Wire.Peer, Wire.OwnMac, Wire.OwnAddress));
        Assert.Equal([socket], net.Ready);
        Assert.Equal(Status.Ok, net.Stack.Connect(socket, NetFixture.PeerEndpoint));
        Assert.Equal(Status.Ok, net.Send(socket, [1]));
        Assert.Equal(Wire.PeerMac, Wire.ParseUdp(net.Link.Sent.Dequeue()).DestinationMac);
    }

    [Fact]
    public void SilentNeighbourIsAskedSixTimesAndGivenUp()
    {
        using NetFixture net = new();
        int socket = net.Open();
        Assert.Equal(Status.WouldBlock, net.Stack.Connect(socket, NetFixture.PeerEndpoint));
        int asked = 1;
        for (int i = 0; net.Ready.Count == 0; i++)
        {
            Assert.True(i < 100);
            net.Clock.AdvanceMilliseconds(100);
            net.Stack.Poll();
            asked = net.Link.Sent.Count;
        }
        Assert.Equal(6, asked);
        Assert.Equal([socket], net.Ready);
        Assert.Equal(Status.HostUnreachable, net.Stack.Connect(socket, NetFixture.PeerEndpoint));
        // Whoever wants may try again from the start.
        Assert.Equal(Status.WouldBlock, net.Stack.Connect(socket, NetFixture.PeerEndpoint));
        Assert.Equal(7, net.Link.Sent.Count);
    }

    [Fact]
    public void CallingConnectAgainIsEnoughToComeToAnEnd()
    {
        using NetFixture net = new();
        int socket = net.Open();
        Status status = Status.WouldBlock;
        int calls = 0;
        for (; status == Status.WouldBlock; calls++)
        {
            Assert.True(calls < 10);
            status = net.Stack.Connect(socket, NetFixture.PeerEndpoint);
            net.Clock.AdvanceMilliseconds(1000);
        }
        Assert.Equal(Status.HostUnreachable, status);
        Assert.Equal(7, calls);
    }

    [Fact]
    public void UnconnectedDatagramWaitsForTheAnswer()
    {
        using NetFixture net = new();
        int socket = net.Open();
        Assert.Equal(Status.Ok, net.Send(socket, [1, 2, 3], NetFixture.PeerEndpoint));
        Assert.Equal(Status.Ok, net.Send(socket, [4, 5], NetFixture.PeerEndpoint));
        Assert.Equal(2, net.Stack.CountPackets(PacketOwner.Held));
        Assert.Single(net.Link.Sent);
        net.Link.Sent.Clear();
        net.Link.Deliver(Wire.Arp(2, Wire.PeerMac, Wire.Peer, Wire.OwnMac, Wire.OwnAddress));
        UdpFrame first = Wire.ParseUdp(net.Link.Sent.Dequeue());
        Assert.Equal(Wire.PeerMac, first.DestinationMac);
        Assert.Equal([1, 2, 3], first.Payload);
        Assert.Equal([4, 5], Wire.ParseUdp(net.Link.Sent.Dequeue()).Payload);
        Assert.Equal(0, net.Stack.CountPackets(PacketOwner.Held));
        net.AssertConserved(0);
    }

    [Fact]
    public void WaitingDatagramsAreFewAndGivenUpWithTheirHop()
    {
        using NetFixture net = new();
        int socket = net.Open();
        for (int i = 0; i < 8; i++)
            Assert.Equal(Status.Ok, net.Send(socket, [1], NetFixture.PeerEndpoint));
        Assert.Equal(Status.NoBufferSpace, net.Send(socket, [1], NetFixture.PeerEndpoint));
        for (int i = 0; i < 7; i++)
        {
            net.Clock.AdvanceMilliseconds(500);
            net.Stack.Poll();
        }
        Assert.Equal(8ul, net.Stack.Statistics.Unreachable);
        Assert.Equal(0, net.Stack.CountPackets(PacketOwner.Held));
        Assert.Equal(Status.HostUnreachable, net.Receive(socket, out _, out _));
        Assert.Equal(Status.WouldBlock, net.Receive(socket, out _, out _));
        net.AssertConserved(0);
    }

    [Fact]
    public void ClosingDropsWhatWaits()
    {
        using NetFixture net = new();
        int socket = net.Open();
        Assert.Equal(Status.Ok, net.Send(socket, [1], NetFixture.PeerEndpoint));
        Assert.Equal(Status.Ok, net.Stack.Close(socket, NetFixture.NoPacket));
        Assert.Equal(0, net.Stack.CountPackets(PacketOwner.Held));
        net.AssertConserved(0);
    }

    [Fact]
    public void AnswersAreBelievedForAMinute()
    {
        using NetFixture net = new();
        net.IntroducePeer();
        int socket = net.Open();
        net.Clock.AdvanceMilliseconds(59_999);
        Assert.Equal(Status.Ok, net.Stack.Connect(socket, NetFixture.PeerEndpoint));
        net.Clock.AdvanceMilliseconds(1);
        Assert.Equal(Status.WouldBlock, net.Stack.Connect(socket, NetFixture.PeerEndpoint));
        Assert.Single(net.Link.Sent);
    }

    [Fact]
    public void ConnectedSocketFollowsItsPeerToAnotherStation()
    {
        using NetFixture net = new();
        int socket = net.OpenConnected();
        net.Link.Deliver(Wire.Arp(2, Wire.GatewayMac, Wire.Peer, Wire.OwnMac, Wire.OwnAddress));
        Assert.Equal(Status.Ok, net.Send(socket, [1]));
        Assert.Equal(Wire.GatewayMac, Wire.ParseUdp(net.Link.Sent.Dequeue()).DestinationMac);
    }

    [Fact]
    public void RequestForOurAddressIsAnsweredInPlace()
    {
        using NetFixture net = new();
        net.Link.Deliver(Wire.Arp(1, Wire.PeerMac, Wire.Peer, 0, Wire.OwnAddress, Wire.BroadcastMac));
        byte[] expected = Wire.Arp(2, Wire.OwnMac, Wire.OwnAddress, Wire.PeerMac, Wire.Peer, Wire.PeerMac);
        Assert.Equal(expected[..42], net.Link.Sent.Dequeue());
        net.AssertConserved(0);
        net.Link.CompleteAll();
        net.AssertConserved(0);
    }

    [Fact]
    public void RequestForOthersIsNeitherAnsweredNorLearned()
    {
        using NetFixture net = new();
        net.Link.Deliver(Wire.Arp(1, Wire.PeerMac, Wire.Peer, 0, Wire.Gateway, Wire.BroadcastMac));
        Assert.Empty(net.Link.Sent);
        Assert.Equal(Status.WouldBlock, net.Stack.Connect(net.Open(), NetFixture.PeerEndpoint));
    }

    [Theory]
    [InlineData(Wire.DirectedBroadcast, Wire.PeerMac)]
    [InlineData(Wire.Stranger, Wire.PeerMac)]
    [InlineData(Wire.OwnAddress, Wire.PeerMac)]
    [InlineData(0u, Wire.PeerMac)]
    [InlineData(Wire.Peer, Wire.BroadcastMac)]
    [InlineData(Wire.Peer, 0ul)]
    [InlineData(Wire.Peer, 0x1ul)] // a group's address
    public void LiesAreNotLearned(uint address, ulong mac)
    {
        using NetFixture net = new();
        int waiting = net.Open();
        Assert.Equal(Status.WouldBlock, net.Stack.Connect(waiting, NetFixture.PeerEndpoint));
        net.Link.Deliver(Wire.Arp(2, mac, address, Wire.OwnMac, Wire.OwnAddress));
        Assert.Empty(net.Ready);
        Assert.Equal(Status.WouldBlock, net.Stack.Connect(waiting, NetFixture.PeerEndpoint));
    }

    [Theory]
    [InlineData(14, 2)] // hardware type
    [InlineData(16, 0x86DD)]
    [InlineData(18, 0x0804)]
    public void OtherKindsOfArpAreIgnored(int offset, int value)
    {
        using NetFixture net = new();
        byte[] frame = Wire.Arp(1, Wire.PeerMac, Wire.Peer, 0, Wire.OwnAddress, Wire.BroadcastMac);
        Wire.Put16(frame, offset, value);
        net.Link.Deliver(frame);
        net.Link.Deliver(Wire.Arp(1, Wire.PeerMac, Wire.Peer, 0, Wire.OwnAddress, Wire.BroadcastMac)[..41]);
        Assert.Empty(net.Link.Sent);
        net.AssertConserved(0);
    }

    [Fact]
    public void FloodOfNeighboursDoesNotPushOutWhatIsBeingAsked()
    {
        using NetFixture net = new();
        int socket = net.Open();
        Assert.Equal(Status.WouldBlock, net.Stack.Connect(socket, NetFixture.PeerEndpoint));
        for (uint i = 0; i < 100; i++)
        {
            net.Link.Deliver(Wire.Arp(1, 0xAA0000000002ul + (i << 8), 0x0A000264 + i, 0, Wire.OwnAddress, Wire.BroadcastMac));
            net.Link.CompleteAll();
        }
        net.Link.Deliver(Wire.Arp(2, Wire.PeerMac, Wire.Peer, Wire.OwnMac, Wire.OwnAddress));
        Assert.Equal([socket], net.Ready);
        Assert.Equal(Status.Ok, net.Stack.Connect(socket, NetFixture.PeerEndpoint));
    }

    [Fact]
    public void TooManyQuestionsAtOnceAreRefused()
    {
        using NetFixture net = new();
        int socket = net.Open();
        for (uint i = 0; i < 16; i++)
            Assert.Equal(Status.WouldBlock, net.Stack.Connect(socket, NetProtocol.Endpoint(0x0A000264 + i, 1)));
        Assert.Equal(Status.NoBufferSpace, net.Stack.Connect(socket, NetFixture.PeerEndpoint));
    }

    [Fact]
    public void DeadDriverIsToldAtOnce()
    {
        using NetFixture net = new();
        int socket = net.Open();
        net.Link.TransmitStatus = Status.PeerGone;
        Assert.Equal(Status.PeerGone, net.Stack.Connect(socket, NetFixture.PeerEndpoint));
        Assert.Equal(Status.PeerGone, net.Send(socket, [1], NetFixture.PeerEndpoint));
        net.AssertConserved(0);
    }

    [Fact]
    public void AnswerInsideTheQuestionIsSeen()
    {
        using NetFixture net = new();
        int socket = net.Open();
        net.Link.DuringTransmit = _ =>
        {
            net.Link.DuringTransmit = null;
            net.Link.Deliver(Wire.Arp(2, Wire.PeerMac, Wire.Peer, Wire.OwnMac, Wire.OwnAddress));
        };
        Assert.Equal(Status.Ok, net.Stack.Connect(socket, NetFixture.PeerEndpoint));
    }
}
