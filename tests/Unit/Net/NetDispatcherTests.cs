// The stack behind four words: the same work, and any words survived. Next: HostileDriverTests.cs
using System;
using CsCheck;
using RingOS.Abi;
using RingOS.Net;
using Xunit;

namespace RingOS.Tests.Unit.Net;

public class NetDispatcherTests
{
    [Fact]
    public void AWholeConversationInWords()
    {
        using NetFixture net = new();
        net.IntroducePeer();
        NetDispatcher dispatcher = new(net.Stack);
        Assert.Equal(Status.Ok, dispatcher.Dispatch(Word(NetOperation.Open), (ulong)SocketKind.Datagram, 0, 0));
        int socket = (int)dispatcher.Word1;
        ulong packet = dispatcher.Word2;
        Assert.Equal(1, net.Stack.CountPackets(PacketOwner.Caller));
        Assert.Equal(Status.Ok, dispatcher.Dispatch(Word(NetOperation.Bind, socket), NetProtocol.Endpoint(0, 6000), 0, 0));
        Assert.Equal(Status.Ok, dispatcher.Dispatch(Word(NetOperation.Connect, socket), NetFixture.PeerEndpoint, 0, 0));
        Assert.Equal(Status.Ok, dispatcher.Dispatch(Word(NetOperation.Send, socket), packet, 100, 0));
        Assert.NotEqual(NetProtocol.NoPacket, dispatcher.Word1);
        Assert.NotEqual(packet, dispatcher.Word1);
        packet = dispatcher.Word1;
        Assert.Equal(6000, Wire.ParseUdp(net.Link.Sent.Dequeue()).SourcePort);

        net.Link.Deliver(Wire.Udp(Wire.Peer, 5001, Wire.OwnAddress, 6000, [1, 2, 3]));
        Assert.Equal(Status.Ok, dispatcher.Dispatch(Word(NetOperation.Receive, socket), 0, 0, 0));
        Assert.Equal(64ul | (3ul << 16), dispatcher.Word2);
        Assert.Equal(NetFixture.PeerEndpoint, dispatcher.Word3);
        Assert.Equal(Status.Ok, dispatcher.Dispatch(Word(NetOperation.Release), dispatcher.Word1, 0, 0));
        Assert.Equal(Status.WouldBlock, dispatcher.Dispatch(Word(NetOperation.Receive, socket), 0, 0, 0));
        Assert.Equal(NetProtocol.NoPacket, dispatcher.Word1);

        Assert.Equal(Status.Ok, dispatcher.Dispatch(Word(NetOperation.LocalEndpoint, socket), 0, 0, 0));
        Assert.Equal((Wire.OwnAddress, 6000ul), (dispatcher.Word1, dispatcher.Word2));
        Assert.Equal(Status.Ok, dispatcher.Dispatch(Word(NetOperation.ReadCounter), (ulong)NicCounter.FramesReceived, 0, 0));
        Assert.Equal(1007ul, dispatcher.Word1);
        Assert.Equal(Status.Ok, dispatcher.Dispatch(Word(NetOperation.Acquire), 0, 0, 0));
        Assert.Equal(Status.Ok, dispatcher.Dispatch(Word(NetOperation.Release), dispatcher.Word1, 0, 0));
        Assert.Equal(Status.Ok, dispatcher.Dispatch(Word(NetOperation.Close, socket), packet, 0, 0));
        net.AssertConserved(0);
    }

    [Fact]
    public void HostileWordsAreRefused()
    {
        using NetFixture net = new();
        int socket = net.OpenConnected();
        NetDispatcher dispatcher = new(net.Stack);
        ushort lent = net.Link.Lent[0];
        ushort owned = net.Stack.Acquire();
        (ulong Word0, ulong Word1, ulong Word2, ulong Word3, Status Expected)[] cases =
        [
            (0, 0, 0, 0, Status.NoSuchSyscall),
            (13, 0, 0, 0, Status.NoSuchSyscall),
            (0xFF, 0, 0, 0, Status.NoSuchSyscall),
            (Word(NetOperation.Open), 0, 0, 0, Status.ProtocolNotSupported),
            (Word(NetOperation.Open), 1ul << 32 | 1, 0, 0, Status.ProtocolNotSupported),
            (Word(NetOperation.Send, socket), lent, 10, 0, Status.InvalidArgument),
            (Word(NetOperation.Send, socket), 63, 10, 0, Status.InvalidArgument), // free
            (Word(NetOperation.Send, socket), 64, 10, 0, Status.InvalidArgument), // beyond the pool
            (Word(NetOperation.Send, socket), NetProtocol.NoPacket, 10, 0, Status.InvalidArgument),
            (Word(NetOperation.Send, socket), owned | 0x10000u, 10, 0, Status.InvalidArgument),
            (Word(NetOperation.Send, socket), owned, 1473, 0, Status.MessageTooLong),
            (Word(NetOperation.Send, socket), owned, 1ul << 32 | 10, 0, Status.MessageTooLong),
            (Word(NetOperation.Send, socket), owned, ulong.MaxValue, NetFixture.PeerEndpoint, Status.MessageTooLong),
            (Word(NetOperation.Send, socket), owned, 10, ulong.MaxValue, Status.InvalidArgument),
            (Word(NetOperation.Send, 0xFFFFFF), owned, 10, 0, Status.BadHandle),
            (Word(NetOperation.Close, 7), NetProtocol.NoPacket, 0, 0, Status.BadHandle),
            (Word(NetOperation.Close, socket), lent, 0, 0, Status.InvalidArgument),
            (Word(NetOperation.Close, socket), 1ul << 16, 0, 0, Status.InvalidArgument),
            (Word(NetOperation.Release), lent, 0, 0, Status.InvalidArgument),
            (Word(NetOperation.Release), owned | 1ul << 40, 0, 0, Status.InvalidArgument),
            (Word(NetOperation.Receive, 31), 0, 0, 0, Status.BadHandle),
            (Word(NetOperation.Bind, socket), ulong.MaxValue, 0, 0, Status.InvalidArgument),
            (Word(NetOperation.Connect, socket), ulong.MaxValue, 0, 0, Status.InvalidArgument),
            (Word(NetOperation.ReadCounter), (ulong)NicCounter.Count, 0, 0, Status.InvalidArgument),
            (Word(NetOperation.ReadCounter), ulong.MaxValue, 0, 0, Status.InvalidArgument),
            (Word(NetOperation.LocalEndpoint, 32), 0, 0, 0, Status.BadHandle),
        ];
        foreach ((ulong word0, ulong word1, ulong word2, ulong word3, Status expected) in cases)
        {
            Assert.Equal(expected, dispatcher.Dispatch(word0, word1, word2, word3));
            if (NetProtocol.OperationOf(word0) == NetOperation.Send)
                Assert.Equal(word1 == owned ? owned : NetProtocol.NoPacket, dispatcher.Word1);
        }
        Assert.Empty(net.Link.Sent);
        net.AssertConserved(1);
    }

    [Fact]
    public void APacketIsReleasedOnce()
    {
        using NetFixture net = new();
        NetDispatcher dispatcher = new(net.Stack);
        ushort packet = net.Stack.Acquire();
        Assert.Equal(Status.Ok, dispatcher.Dispatch(Word(NetOperation.Release), packet, 0, 0));
        Assert.Equal(Status.InvalidArgument, dispatcher.Dispatch(Word(NetOperation.Release), packet, 0, 0));
        net.AssertConserved(0);
    }

    [Fact]
    public void AnyWordsAreSurvived()
    {
        Gen<ulong> word = Gen.OneOf(Gen.ULong, Gen.ULong[0, 70], Gen.Const(NetProtocol.NoPacket), Gen.Const(NetFixture.PeerEndpoint));
        Gen<ulong> request = Gen.OneOf(Gen.ULong, Gen.Select(Gen.Int[0, 13], Gen.Int[0, 40], (o, s) => Word((NetOperation)o, s)));
        Gen.Select(request, word, word, word).Array[1, 200].Sample(
            requests =>
            {
                using NetFixture net = new(16);
                net.OpenConnected();
                NetDispatcher dispatcher = new(net.Stack);
                foreach ((ulong word0, ulong word1, ulong word2, ulong word3) in requests)
                {
                    Status status = dispatcher.Dispatch(word0, word1, word2, word3);
                    Assert.True(Enum.IsDefined(status));
                }
                net.AssertConserved(net.Stack.CountPackets(PacketOwner.Caller));
            },
            iter: 300);
    }

    private static ulong Word(NetOperation operation, int socket = 0) => NetProtocol.Request(operation, socket);
}
