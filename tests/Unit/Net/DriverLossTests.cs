// A driver is gone and another takes over: every packet it had comes back once. Subjects: lib/Net/NicPort.cs, NetworkStack.cs.
// Next: PacketConservationTests.cs
using CsCheck;
using RingOS.Abi;
using RingOS.Hardware;
using RingOS.Net;
using Xunit;

namespace RingOS.Tests.Unit.Net;

public class DriverLossTests
{
    [Fact]
    public void WhatTheDriverHadIsFreeAndTheNextOneGetsItsBuffers()
    {
        using NetFixture net = new();
        int socket = net.OpenConnected();
        for (int i = 0; i < 5; i++)
            net.Send(socket, [1]);
        Lose(net);
        net.AssertConserved(0);
        Assert.Equal(16ul + 5, net.Stack.ReadCounter(NicCounter.Aborted));
        Assert.Equal(0ul, net.Stack.ReadCounter(NicCounter.Restarts));
        Assert.Equal(Status.Ok, net.Stack.OnDriverRestarted());
        Assert.Equal(1ul, net.Stack.ReadCounter(NicCounter.Restarts));
        Assert.Equal(16, net.Link.Lent.Count);
        net.AssertConserved(0);
    }

    [Fact]
    public void WhatTheDeadDriverStillSaysIsRefused()
    {
        using NetFixture net = new();
        int socket = net.OpenConnected();
        net.Send(socket, [1]);
        ushort[] had = [.. net.Link.InFlight, .. net.Link.Lent];
        Lose(net);
        foreach (ushort packet in had)
        {
            net.Stack.OnTransmitted(new PacketIndex(packet), TransmitOutcome.Sent);
            net.Stack.OnReceived(new PacketIndex(packet), 60);
        }
        Assert.Equal(2ul * (ulong)had.Length, net.Stack.Statistics.DriverReportsRefused);
        net.AssertConserved(0);
    }

    [Fact]
    public void FramesThatHadArrivedAreKept()
    {
        using NetFixture net = new();
        int socket = net.OpenConnected();
        net.Link.Deliver(Wire.Udp(Wire.Peer, 5001, Wire.OwnAddress, 49152, [1, 2, 3]));
        Lose(net);
        Assert.Equal(Status.Ok, net.Receive(socket, out byte[] payload, out _));
        Assert.Equal([1, 2, 3], payload);
        Assert.Equal(Status.Ok, net.Stack.OnDriverRestarted());
        Assert.Equal(16, net.Link.Lent.Count);
        net.AssertConserved(0);
    }

    [Fact]
    public void BuffersRefusedDuringTheOutageAreLentToTheNextDriver()
    {
        using NetFixture net = new();
        net.Link.LendStatus = Status.PeerGone;
        net.Link.TransmitStatus = Status.PeerGone;
        int socket = net.Open();
        Lose(net);
        net.Stack.Receive(socket, out _, out _, out _); // looks whether it can lend
        net.Stack.Poll();
        Assert.Equal(Status.Ok, net.Stack.Close(socket, NetFixture.NoPacket));
        net.AssertConserved(0);
        net.Link.LendStatus = Status.Ok;
        net.Link.TransmitStatus = Status.Ok;
        Assert.Equal(Status.Ok, net.Stack.OnDriverRestarted());
        Assert.Equal(16, net.Link.Lent.Count);
        net.AssertConserved(0);
    }

    [Theory]
    [InlineData(Status.NoBufferSpace, Status.Ok)] // a small ring is no reason not to start
    [InlineData(Status.PeerGone, Status.PeerGone)]
    public void TheNextDriverMayRefuseBuffers(Status refusal, Status expected)
    {
        using NetFixture net = new();
        Lose(net);
        net.Link.LendStatus = refusal;
        Assert.Equal(expected, net.Stack.OnDriverRestarted());
        net.AssertConserved(0);
        net.Link.LendStatus = Status.Ok;
        net.Stack.Poll();
        Assert.Equal(16, net.Link.Lent.Count);
        net.AssertConserved(0);
    }

    // A lent buffer that comes back as not sent is one the driver had no room for; it is offered again, not at once.
    [Fact]
    public void ALentBufferThatComesBackIsLentAgainLater()
    {
        using NetFixture net = new();
        ushort packet = net.Link.Lent[3];
        net.Link.Lent.RemoveAt(3);
        net.Stack.OnTransmitted(new PacketIndex(packet), TransmitOutcome.Aborted);
        Assert.Equal(0ul, net.Stack.Statistics.DriverReportsRefused);
        Assert.Equal(0ul, net.Stack.Statistics.FramesNotSent);
        Assert.Equal(15, net.Link.Lent.Count);
        net.AssertConserved(0);
        net.Stack.Poll();
        Assert.Equal(16, net.Link.Lent.Count);
        net.AssertConserved(0);
    }

    [Theory]
    [InlineData(TransmitOutcome.Sent)]
    [InlineData(TransmitOutcome.LateCollision)]
    [InlineData((TransmitOutcome)200)]
    public void ALentBufferDoesNotComeBackInAnyOtherWay(TransmitOutcome outcome)
    {
        using NetFixture net = new();
        net.Stack.OnTransmitted(new PacketIndex(net.Link.Lent[3]), outcome);
        Assert.Equal(1ul, net.Stack.Statistics.DriverReportsRefused);
        net.AssertConserved(0);
    }

    [Fact]
    public void ALossInsideACallLeavesTheCallerWithOnePacket()
    {
        using NetFixture net = new();
        int socket = net.OpenConnected();
        ushort packet = net.Stack.Acquire();
        net.Link.TransmitStatus = Status.PeerGone;
        net.Link.DuringTransmit = _ => Lose(net);
        Assert.Equal(Status.PeerGone, net.Stack.Send(socket, packet, 10, 0, out ushort next));
        net.AssertConserved(1);
        Assert.Equal(Status.Ok, net.Stack.Release(next));
        net.AssertConserved(0);
    }

    // Deaths at any moment between any other steps, in any completion mode.
    [Fact]
    public void PacketsAreConservedThroughAnyDeaths()
        => Gen.Select(Gen.Enum<CompletionMode>(), Gen.Select(Gen.Int[0, 7], Gen.Int[0, 50]).Array[1, 120]).Sample(
            (completion, steps) =>
            {
                using NetFixture net = new(32, completion: completion);
                int socket = net.OpenConnected();
                foreach ((int step, int which) in steps)
                {
                    Do(net, socket, step, which);
                    net.AssertConserved(0);
                }
                Do(net, socket, step: 7, which: 0);
                net.Link.CompleteAll();
                net.Stack.Poll();
                Assert.Equal(8, net.Stack.CountPackets(PacketOwner.Receive));
                Assert.NotEqual(Status.WouldBlock, net.Stack.Outcome(socket));
                Assert.Equal(0ul, net.Stack.Statistics.DriverReportsRefused);
            },
            iter: 300);

    private static void Do(NetFixture net, int socket, int step, int which)
    {
        switch (step)
        {
            case 0 or 1 or 2:
                net.Send(socket, [(byte)which]);
                break;
            case 3 when net.Link.InFlight.Count != 0:
                net.Link.Complete(which % net.Link.InFlight.Count, (TransmitOutcome)(which % 4));
                break;
            case 4:
                net.Link.Deliver(Wire.Udp(Wire.Peer, 5001, Wire.OwnAddress, 49152, NetFixture.Bytes(which)));
                break;
            case 5:
                net.Receive(socket, out _, out _);
                break;
            case 6:
                Lose(net);
                (net.Link.LendStatus, net.Link.TransmitStatus) = (Status.PeerGone, Status.PeerGone);
                break;
            case 7:
                Lose(net);
                (net.Link.LendStatus, net.Link.TransmitStatus) = (Status.Ok, Status.Ok);
                Assert.Equal(Status.Ok, net.Stack.OnDriverRestarted());
                break;
        }
    }

    private static void Lose(NetFixture net)
    {
        net.Link.Forget();
        net.Stack.OnDriverLost();
    }
}
