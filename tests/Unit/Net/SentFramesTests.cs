// What a socket's user can learn of the frames it sent, by completion mode. Subjects: lib/Net/SentFrames.cs, NetworkStack.Outcome.
// Next: DriverLossTests.cs
using System.Collections.Generic;
using RingOS.Abi;
using Xunit;

namespace RingOS.Tests.Unit.Net;

public class SentFramesTests
{
    public static TheoryData<TransmitOutcome> Losses
        => [TransmitOutcome.ExcessiveCollisions, TransmitOutcome.LateCollision, TransmitOutcome.Aborted];

    [Fact]
    public void TheOutcomeIsOpenUntilTheDriverHasReportedOnEveryFrame()
    {
        using NetFixture net = new(completion: CompletionMode.Wait);
        int socket = net.OpenConnected();
        Assert.Equal(Status.Ok, net.Stack.Outcome(socket));
        net.Send(socket, [1]);
        net.Send(socket, [2]);
        Assert.Equal(Status.WouldBlock, net.Stack.Outcome(socket));
        net.Ready.Clear();
        net.Link.Complete(0);
        Assert.Equal([socket], net.Ready);
        Assert.Equal(Status.WouldBlock, net.Stack.Outcome(socket));
        net.Link.Complete(0);
        Assert.Equal([socket, socket], net.Ready);
        Assert.Equal(Status.Ok, net.Stack.Outcome(socket));
        net.AssertConserved(0);
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void WaitTellsOfALossOnce(TransmitOutcome loss)
    {
        using NetFixture net = new(completion: CompletionMode.Wait);
        int socket = net.OpenConnected();
        net.Send(socket, [1]);
        net.Link.CompleteAll(loss);
        Assert.Equal(Status.IoError, net.Stack.Outcome(socket));
        Assert.Equal(Status.Ok, net.Stack.Outcome(socket));
        Assert.Equal(Status.Ok, net.Send(socket, [2])); // and the next send does not
        Assert.Equal(1ul, net.Stack.Statistics.FramesNotSent);
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void NextTellsOfALossWithTheNextSendOnce(TransmitOutcome loss)
    {
        using NetFixture net = new(completion: CompletionMode.Next);
        int socket = net.OpenConnected();
        net.Send(socket, [1]);
        net.Send(socket, [2]);
        net.Ready.Clear();
        net.Link.CompleteAll(loss);
        Assert.Empty(net.Ready); // nobody waits
        Assert.Equal(Status.Ok, net.Stack.Outcome(socket));
        Assert.Equal(Status.IoError, net.Send(socket, [3]));
        Assert.Equal(Status.Ok, net.Send(socket, [4]));
        Assert.Equal([4], Wire.ParseUdp(Last(net)).Payload);
        net.AssertConserved(0);
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void QueuedTellsNobody(TransmitOutcome loss)
    {
        using NetFixture net = new();
        int socket = net.OpenConnected();
        net.Send(socket, [1]);
        Assert.Equal(Status.Ok, net.Stack.Outcome(socket));
        net.Link.CompleteAll(loss);
        Assert.Equal(Status.Ok, net.Stack.Outcome(socket));
        Assert.Equal(Status.Ok, net.Send(socket, [2]));
        Assert.Equal(1ul, net.Stack.Statistics.FramesNotSent);
    }

    [Theory]
    [InlineData(CompletionMode.Wait)]
    [InlineData(CompletionMode.Next)]
    public void AFrameThatTheDriverRefusesIsNotWaitedFor(CompletionMode completion)
    {
        using NetFixture net = new(completion: completion);
        int socket = net.OpenConnected();
        net.Link.TransmitStatus = Status.NoBufferSpace;
        Assert.Equal(Status.NoBufferSpace, net.Send(socket, [1]));
        Assert.Equal(Status.Ok, net.Stack.Outcome(socket));
        net.Link.TransmitStatus = Status.Ok;
        Assert.Equal(Status.Ok, net.Send(socket, [2]));
        net.Link.CompleteAll();
        Assert.Equal(Status.Ok, net.Stack.Outcome(socket));
        net.AssertConserved(0);
    }

    [Fact]
    public void ACompletionFromInsideTheCallIsAnOutcomeToo()
    {
        using NetFixture net = new(completion: CompletionMode.Wait);
        int socket = net.OpenConnected();
        net.Link.DuringTransmit = _ => net.Link.CompleteAll(TransmitOutcome.LateCollision);
        Assert.Equal(Status.Ok, net.Send(socket, [1]));
        Assert.Equal(Status.IoError, net.Stack.Outcome(socket));
    }

    [Fact]
    public void EverySocketHearsOfItsOwnFrames()
    {
        using NetFixture net = new(completion: CompletionMode.Wait);
        int one = net.OpenConnected();
        int two = net.Open();
        Assert.Equal(Status.Ok, net.Stack.Connect(two, NetFixture.PeerEndpoint));
        net.Send(one, [1]);
        net.Send(two, [2]);
        net.Link.Complete(1, TransmitOutcome.ExcessiveCollisions);
        Assert.Equal(Status.WouldBlock, net.Stack.Outcome(one));
        Assert.Equal(Status.IoError, net.Stack.Outcome(two));
        net.Link.Complete(0);
        Assert.Equal(Status.Ok, net.Stack.Outcome(one));
    }

    [Fact]
    public void ASocketThatIsClosedAndOpenedAgainStartsClean()
    {
        using NetFixture net = new(completion: CompletionMode.Wait);
        int socket = net.OpenConnected();
        net.Send(socket, [1]);
        net.Send(socket, [2]);
        net.Link.Complete(0, TransmitOutcome.LateCollision);
        Assert.Equal(Status.Ok, net.Stack.Close(socket, NetFixture.NoPacket));
        Assert.Equal(Status.BadHandle, net.Stack.Outcome(socket));
        Assert.Equal(socket, net.Open());
        Assert.Equal(Status.Ok, net.Stack.Outcome(socket));
        net.Link.CompleteAll(TransmitOutcome.LateCollision);
        Assert.Equal(Status.Ok, net.Stack.Outcome(socket));
        net.AssertConserved(0);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(32)]
    [InlineData(5)]
    public void ASocketThatIsNotOpenHasNoOutcome(int socket)
    {
        using NetFixture net = new(completion: CompletionMode.Wait);
        Assert.Equal(Status.BadHandle, net.Stack.Outcome(socket));
    }

    [Fact]
    public void AHostileReportCountsForNobody()
    {
        using NetFixture net = new(completion: CompletionMode.Wait);
        int socket = net.OpenConnected();
        net.Send(socket, [1]);
        for (int packet = 0; packet < 70; packet++)
        {
            if (packet != net.Link.InFlight[0])
                net.Stack.OnTransmitted(new Hardware.PacketIndex((ushort)packet), TransmitOutcome.LateCollision);
        }
        Assert.Equal(Status.WouldBlock, net.Stack.Outcome(socket));
        net.Link.CompleteAll();
        Assert.Equal(Status.Ok, net.Stack.Outcome(socket));
    }

    private static byte[] Last(NetFixture net) => new List<byte[]>(net.Link.Sent)[^1];
}
