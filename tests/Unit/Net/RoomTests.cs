// Refusals for want of room, and who hears when there is some again. Subject: lib/Net/NicPort.cs. Back to: NetFixture.cs
using RingOS.Abi;
using RingOS.Net;
using Xunit;

namespace RingOS.Tests.Unit.Net;

public class RoomTests
{
    [Fact]
    public void ARefusalIsFollowedByOneWordOfRoom()
    {
        using NetFixture net = new();
        int socket = net.OpenConnected();
        net.Send(socket, [1]);
        net.Send(socket, [2]);
        net.Link.TransmitStatus = Status.NoBufferSpace;
        Assert.Equal(Status.NoBufferSpace, net.Send(socket, [3]));
        Assert.Equal(0, net.RoomCalls);
        net.Link.Complete(0);
        Assert.Equal(1, net.RoomCalls);
        net.Link.Complete(0);
        Assert.Equal(1, net.RoomCalls);
    }

    [Fact]
    public void WithoutARefusalNobodyIsTold()
    {
        using NetFixture net = new();
        int socket = net.OpenConnected();
        net.Send(socket, [1]);
        net.Link.CompleteAll();
        Assert.Equal(0, net.RoomCalls);
    }

    [Fact]
    public void APoolWithoutPacketsIsARefusalToo()
    {
        using NetFixture net = new(packets: 16);
        int socket = net.OpenConnected();
        ushort packet = net.Stack.Acquire();
        while (packet != NetFixture.NoPacket)
            Assert.Equal(Status.Ok, net.Stack.Send(socket, packet, 1, 0, out packet));
        Assert.Equal(0, net.RoomCalls);
        Assert.Equal(NetFixture.NoPacket, net.Stack.Acquire());
        net.Link.Complete(0);
        Assert.Equal(1, net.RoomCalls);
        Assert.NotEqual(NetFixture.NoPacket, net.Stack.Acquire());
    }

    [Fact]
    public void RoomThatComesWhileTheDriverIsAskedIsUsedAtOnce()
    {
        using NetFixture net = new();
        int socket = net.OpenConnected();
        net.Send(socket, [1]);
        net.Link.TransmitStatus = Status.NoBufferSpace;
        int asked = 0;
        net.Link.DuringTransmit = _ =>
        {
            if (++asked == 1)
                net.Link.CompleteAll(); // after the driver has looked for room, before its answer is read
        };
        Assert.Equal(Status.NoBufferSpace, net.Send(socket, [2]));
        Assert.Equal((2, 0), (asked, net.RoomCalls));
        net.AssertConserved(0);
    }

    [Fact]
    public void AFrameThatFitsTheSecondTimeIsSent()
    {
        using NetFixture net = new();
        int socket = net.OpenConnected();
        net.Send(socket, [1]);
        net.Link.TransmitStatus = Status.NoBufferSpace;
        net.Link.DuringTransmit = _ => net.Link.CompleteAll();
        net.Link.WhenRefusing = () => net.Link.TransmitStatus = Status.Ok;
        Assert.Equal(Status.Ok, net.Send(socket, [2]));
        net.AssertConserved(0);
    }

    [Fact]
    public void ALostDriverMakesRoom()
    {
        using NetFixture net = new();
        int socket = net.OpenConnected();
        net.Send(socket, [1]);
        net.Link.TransmitStatus = Status.NoBufferSpace;
        net.Send(socket, [2]);
        net.Link.Forget();
        net.Stack.OnDriverLost();
        Assert.Equal(1, net.RoomCalls);
    }

    [Fact]
    public void AWriterThatGaveUpLeavesItsLossToNobody()
    {
        using NetFixture net = new(completion: CompletionMode.Wait);
        int socket = net.OpenConnected();
        net.Send(socket, [1]);
        net.Link.CompleteAll(TransmitOutcome.ExcessiveCollisions); // its writer has stopped asking
        net.Send(socket, [2]);
        net.Link.CompleteAll();
        Assert.Equal(Status.Ok, net.Stack.Outcome(socket));
    }
}
