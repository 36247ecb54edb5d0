// A driver in another domain may report anything at any time. Next: PacketConservationTests.cs
using RingOS.Abi;
using RingOS.Hardware;
using RingOS.Net;
using Xunit;

namespace RingOS.Tests.Unit.Net;

public class HostileDriverTests
{
    [Theory]
    [InlineData(0)] // lent for reception
    [InlineData(63)] // free
    [InlineData(64)]
    [InlineData(0xFFFF)]
    public void CompletionOfAPacketItDoesNotSendIsRefused(ushort packet)
    {
        using NetFixture net = new();
        net.Stack.OnTransmitted(new PacketIndex(packet), TransmitOutcome.Sent);
        Assert.Equal(1ul, net.Stack.Statistics.DriverReportsRefused);
        net.AssertConserved(0);
    }

    [Theory]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(0xFFFF)]
    public void ReceptionIntoAPacketItWasNotLentIsRefused(ushort packet)
    {
        using NetFixture net = new();
        net.Stack.OnReceived(new PacketIndex(packet), 60);
        Assert.Equal(1ul, net.Stack.Statistics.DriverReportsRefused);
        net.AssertConserved(0);
    }

    [Fact]
    public void EveryReportCountsOnce()
    {
        using NetFixture net = new();
        int socket = net.OpenConnected();
        Assert.Equal(Status.Ok, net.Send(socket, [1]));
        ushort packet = net.Link.InFlight[0];
        net.Link.CompleteAll();
        net.Stack.OnTransmitted(new PacketIndex(packet), TransmitOutcome.Sent);
        Assert.Equal(1ul, net.Stack.Statistics.DriverReportsRefused);
        net.AssertConserved(0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(13)]
    [InlineData(2027)]
    [InlineData(0xFFFF)]
    public void LengthOutsideTheBufferIsRefusedAndTheBufferLentAgain(ushort length)
    {
        using NetFixture net = new();
        ushort packet = net.Link.Lent[0];
        net.Link.Lent.RemoveAt(0);
        net.Stack.OnReceived(new PacketIndex(packet), length);
        Assert.Equal(1ul, net.Stack.Statistics.DriverReportsRefused);
        Assert.Equal(16, net.Link.Lent.Count);
        net.AssertConserved(0);
    }

    [Fact]
    public void LongestLengthInsideTheBufferIsLookedAt()
    {
        using NetFixture net = new();
        Assert.True(net.Link.Deliver(new byte[2026]));
        Assert.Equal(0ul, net.Stack.Statistics.DriverReportsRefused);
    }

    [Fact]
    public void FramesThatArriveInsideACallWaitUntilItReturns()
    {
        using NetFixture net = new();
        int socket = net.OpenConnected();
        byte[] ping = Wire.Icmp(Wire.Peer, Wire.OwnAddress, 8, 0, NetFixture.Bytes(56));
        int left = 200;
        net.Link.DuringTransmit = _ =>
        {
            net.Link.CompleteAll();
            if (left-- > 0)
                net.Link.Deliver(ping);
        };
        Assert.Equal(Status.Ok, net.Send(socket, [1]));
        Assert.Equal(1, net.Link.DeepestDepth); // Answering never nests.
        Assert.True(left > 100); // And there is an end to it.
        net.Stack.Poll();
        net.AssertConserved(0);
    }

    [Fact]
    public void ADriverThatFillsEveryBufferAtOnceDoesNotKeepUsForEver()
    {
        using NetFixture net = new();
        byte[] ping = Wire.Icmp(Wire.Peer, Wire.Peer, 8, 0, NetFixture.Bytes(56));
        int filled = 0;
        net.Link.DuringLend = _ => filled += net.Link.Deliver(ping) ? 1 : 0;
        net.Link.Deliver(ping);
        Assert.InRange(filled, 1, 1000);
        Assert.Equal(1, net.Link.DeepestDepth);
        net.Link.DuringLend = null;
        net.Stack.Poll();
        net.AssertConserved(0);
    }

    [Fact]
    public void PacketGivenBackInsideARefusedCallIsNotTheCallersAnyMore()
    {
        using NetFixture net = new();
        int socket = net.OpenConnected();
        ushort packet = net.Stack.Acquire();
        net.Link.TransmitStatus = Status.PeerGone;
        net.Link.DuringTransmit = sent => net.Stack.OnTransmitted(new PacketIndex(sent), TransmitOutcome.Aborted);
        Assert.Equal(Status.PeerGone, net.Stack.Send(socket, packet, 10, 0, out ushort next));
        net.AssertConserved(1);
        Assert.Equal(Status.Ok, net.Stack.Release(next));
        net.AssertConserved(0);
    }

    [Fact]
    public void FilledBufferOfARefusedLoanIsHandledOnce()
    {
        using NetFixture net = new();
        net.Link.LendStatus = Status.NoBufferSpace;
        net.Link.DuringLend = lent => net.Stack.OnReceived(new PacketIndex(lent), 60);
        net.Link.Deliver(new byte[60]);
        net.Link.DuringLend = null;
        net.Stack.Poll();
        net.AssertConserved(0);
    }

    [Fact]
    public void RefusedBuffersAreOfferedAgainByPoll()
    {
        using NetFixture net = new();
        net.Link.LendStatus = Status.NoBufferSpace;
        for (int i = 0; i < 5; i++)
            Assert.True(net.Link.Deliver(new byte[60]));
        Assert.Equal(11, net.Link.Lent.Count);
        net.Link.LendStatus = Status.Ok;
        net.Stack.Poll();
        Assert.Equal(16, net.Link.Lent.Count);
        net.AssertConserved(0);
    }

    [Fact]
    public void BuffersMissingForWantOfPacketsComeBackWithCompletions()
    {
        using NetFixture net = new(8);
        int socket = net.OpenConnected();
        ushort packet = net.Stack.Acquire();
        while (packet != NetFixture.NoPacket)
            Assert.Equal(Status.Ok, net.Stack.Send(socket, packet, 4, 0, out packet));
        byte[] request = Wire.Arp(1, Wire.PeerMac, Wire.Peer, 0, Wire.OwnAddress, Wire.BroadcastMac);
        Assert.True(net.Link.Deliver(request));
        Assert.True(net.Link.Deliver(request));
        Assert.False(net.Link.Deliver(request));
        net.Link.CompleteAll();
        Assert.Equal(2, net.Link.Lent.Count);
        net.AssertConserved(0);
    }
}
