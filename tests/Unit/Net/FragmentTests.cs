// Datagrams in fragments: put together, given up, and contradicting themselves. Next: SourceTests.cs
using System;
using System.Linq;
using CsCheck;
using RingOS.Abi;
using RingOS.Net;
using Xunit;

namespace RingOS.Tests.Unit.Net;

public class FragmentTests
{
    private static readonly byte[] s_payload = NetFixture.Bytes(1900);

    [Fact]
    public void AnyOrderAndAnySizeGiveTheDatagram()
        => Gen.Select(Gen.Int[1, 1984], Gen.Int[1, 60], Gen.Int).Sample(
            (length, blocks, seed) =>
            {
                using NetFixture net = new(16);
                int socket = Bound(net);
                byte[][] fragments = Fragments(length, blocks * 8);
                new Random(seed).Shuffle(fragments);
                foreach (byte[] fragment in fragments)
                    net.Link.Deliver(fragment);
                Assert.Equal(Status.Ok, net.Receive(socket, out byte[] payload, out ulong from));
                Assert.Equal(s_payload.Concat(new byte[84]).Take(length), payload);
                Assert.Equal(NetProtocol.Endpoint(Wire.Peer, 9), from);
                Assert.Equal(0ul, net.Stack.Statistics.Fragments);
                net.AssertConserved(0);
            },
            iter: 300);

    [Fact]
    public void ARepeatedFragmentChangesNothing()
    {
        using NetFixture net = new();
        int socket = Bound(net);
        byte[][] fragments = Fragments(1900, 800);
        foreach (byte[] fragment in new[] { fragments[0], fragments[0], fragments[2], fragments[2], fragments[1] })
            net.Link.Deliver(fragment);
        Assert.Equal(Status.Ok, net.Receive(socket, out byte[] payload, out _));
        Assert.Equal(s_payload, payload);
    }

    // Two versions of a byte: neither is believed.
    [Theory]
    [InlineData(400, 0)] // reaches into what has come
    [InlineData(1992, 0)] // goes on behind the end
    [InlineData(800, 0)] // ends in the middle
    public void ContradictionsEndTheDatagram(int offset, int flags)
    {
        using NetFixture net = new();
        int socket = Bound(net);
        byte[][] fragments = Fragments(1900, 800);
        byte[] lie = [.. fragments[1]];
        Wire.Put16(lie, Wire.Ip + 6, offset / 8 | flags);
        Wire.FixIpChecksum(lie);
        net.Link.Deliver(fragments[0]);
        net.Link.Deliver(fragments[2]);
        net.Link.Deliver(lie);
        Assert.Equal(3ul, net.Stack.Statistics.Fragments);
        net.Link.Deliver(fragments[1]); // begins anew, alone
        Assert.Equal(Status.WouldBlock, net.Receive(socket, out _, out _));
        Assert.Equal(1, net.Stack.CountPackets(PacketOwner.Partial));
        Assert.Equal(3ul, net.Stack.ReadCounter(NicCounter.FragmentsLost));
        net.AssertConserved(0);
    }

    [Theory]
    [InlineData(0x2000, 12)] // not whole blocks, and more to come
    [InlineData(0x2000, 0)] // nothing in it
    [InlineData(0x1FFF, 8)] // at the end of 64 KiB
    [InlineData(249, 8)] // one block behind what a packet holds
    public void ImpossibleFragmentsAreDropped(int flags, int length)
    {
        using NetFixture net = new();
        byte[] frame = Wire.Ipv4(17, Wire.Peer, Wire.OwnAddress, new byte[length]);
        Wire.Put16(frame, Wire.Ip + 6, flags);
        Wire.FixIpChecksum(frame);
        net.Link.Deliver(frame);
        Assert.Equal(1ul, net.Stack.Statistics.Fragments);
        Assert.Equal(0, net.Stack.CountPackets(PacketOwner.Partial));
        net.AssertConserved(0);
    }

    [Fact]
    public void ADatagramThatNoPacketHoldsIsCountedAndLeavesNothing()
    {
        using NetFixture net = new();
        foreach (byte[] fragment in Fragments(4000, 1480))
            net.Link.Deliver(fragment);
        Assert.Equal(3ul, net.Stack.Statistics.Fragments);
        net.AssertConserved(0);
    }

    // RFC 1122 3.3.2: told only if the first fragment has come.
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void AfterAMinuteTheRestIsGivenUp(int which, int told)
    {
        using NetFixture net = new();
        Bound(net);
        byte[] fragment = Fragments(1900, 1480)[which];
        net.Link.Deliver(fragment);
        net.Clock.AdvanceMilliseconds(59_999);
        net.Stack.Poll();
        Assert.Equal(1, net.Stack.CountPackets(PacketOwner.Partial));
        net.Clock.AdvanceMilliseconds(1);
        net.Stack.Poll();
        Assert.Equal(0, net.Stack.CountPackets(PacketOwner.Partial));
        Assert.Equal(1ul, net.Stack.Statistics.Fragments);
        Assert.Equal(told, net.Link.Sent.Count);
        if (told == 0)
            return;
        byte[] error = net.Link.Sent.Dequeue();
        Assert.Equal((11, 1), (error[Wire.Transport], error[Wire.Transport + 1]));
        Assert.Equal(fragment[Wire.Transport..(Wire.Transport + 8)], error[(Wire.Transport + 28)..(Wire.Transport + 36)]);
        net.Link.CompleteAll();
        net.AssertConserved(0);
    }

    [Fact]
    public void ManyUnfinishedDatagramsTakeFourPackets()
    {
        using NetFixture net = new();
        for (int identification = 0; identification < 50; identification++)
        {
            byte[] fragment = Fragments(1900, 1480)[0];
            Wire.Put16(fragment, Wire.Ip + 4, identification);
            Wire.FixIpChecksum(fragment);
            net.Link.Deliver(fragment);
        }
        Assert.Equal(4, net.Stack.CountPackets(PacketOwner.Partial));
        Assert.Equal(46ul, net.Stack.Statistics.Fragments);
        net.AssertConserved(0);
    }

    [Theory]
    [InlineData(1480 - 4, 1)] // fits a frame after all
    [InlineData(1480 - 3, 0)]
    public void APingInFragmentsIsAnsweredIfTheAnswerFitsAFrame(int rest, int answers)
    {
        using NetFixture net = new();
        byte[] message = NetFixture.Bytes(rest);
        byte[] whole = Wire.Icmp(Wire.Peer, Wire.OwnAddress, 8, 0, message);
        foreach (byte[] fragment in Wire.Fragments(whole, 800))
            net.Link.Deliver(fragment);
        Assert.Equal(answers, net.Link.Sent.Count);
        Assert.Equal((ulong)(1 - answers), net.Stack.Statistics.TooLong);
        if (answers != 0)
            Assert.Equal(message, net.Link.Sent.Dequeue()[(Wire.Transport + 4)..]);
    }

    private static byte[][] Fragments(int length, int most)
        => Wire.Fragments(
            Wire.Udp(Wire.Peer, 9, Wire.OwnAddress, 7000, [.. s_payload.Concat(new byte[4000]).Take(length)]), most);

    private static int Bound(NetFixture net)
    {
        int socket = net.Open();
        Assert.Equal(Status.Ok, net.Stack.Bind(socket, NetProtocol.Endpoint(0, 7000)));
        return socket;
    }
}
