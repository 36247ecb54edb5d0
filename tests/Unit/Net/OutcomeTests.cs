// Whose frame it was, when its socket is gone or its neighbour not known yet. Subject: lib/Net/SentFrames.cs. Next: DriverLossTests.cs
using RingOS.Abi;
using Xunit;

namespace RingOS.Tests.Unit.Net;

public class OutcomeTests
{
    [Fact]
    public void AFrameOfAClosedSocketIsNotItsSuccessors()
    {
        using NetFixture net = new(completion: CompletionMode.Wait);
        int socket = net.OpenConnected();
        net.Send(socket, [1]);
        Assert.Equal(Status.Ok, net.Stack.Close(socket, NetFixture.NoPacket));
        Assert.Equal(socket, Reopen(net));
        net.Send(socket, [2]);
        net.Link.Complete(0, TransmitOutcome.LateCollision); // of the closed one
        Assert.Equal(Status.WouldBlock, net.Stack.Outcome(socket));
        net.Link.Complete(0);
        Assert.Equal(Status.Ok, net.Stack.Outcome(socket));
    }

    [Fact]
    public void AFrameThatWaitsForItsNeighbourHasNoOutcomeYet()
    {
        using NetFixture net = new(completion: CompletionMode.Wait);
        int socket = net.Open();
        Assert.Equal(Status.Ok, net.Send(socket, [1], NetFixture.PeerEndpoint));
        Assert.Equal(Status.WouldBlock, net.Stack.Outcome(socket));
        net.Link.Deliver(Wire.Arp(2, Wire.PeerMac, Wire.Peer, Wire.OwnMac, Wire.OwnAddress));
        net.Link.CompleteAll(TransmitOutcome.LateCollision);
        Assert.Equal(Status.IoError, net.Stack.Outcome(socket));
    }

    private static int Reopen(NetFixture net)
    {
        int socket = net.Open();
        Assert.Equal(Status.Ok, net.Stack.Connect(socket, NetFixture.PeerEndpoint));
        return socket;
    }
}
