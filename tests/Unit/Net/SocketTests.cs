// Opening, binding, closing. Next: NetDispatcherTests.cs
using System;
using System.Collections.Generic;
using RingOS.Abi;
using RingOS.Net;
using Xunit;

namespace RingOS.Tests.Unit.Net;

public class SocketTests
{
    [Fact]
    public void NothingOpensBeforeStart()
    {
        using NetFixture net = new(start: false);
        Assert.Equal(Status.NetworkDown, net.Stack.Open(SocketKind.Datagram, out _));
        Assert.Equal(Status.Ok, net.Stack.Start());
        Assert.Equal(Status.Busy, net.Stack.Start());
        Assert.Equal(16, net.Link.Lent.Count);
    }

    [Fact]
    public void StartLendsAFixedNumberOfBuffersOfALargePool()
    {
        using NetFixture net = new(512);
        Assert.Equal(NetworkStack.ReceiveBuffers, net.Link.Lent.Count);
        net.AssertConserved(0);
    }

    [Fact]
    public void StartOnADeadDriverSaysSo()
    {
        using NetFixture net = new(start: false);
        net.Link.LendStatus = Status.PeerGone;
        Assert.Equal(Status.PeerGone, net.Stack.Start());
        net.AssertConserved(0);
    }

    [Fact]
    public void SocketsRunOutAndComeBack()
    {
        using NetFixture net = new();
        List<int> sockets = [];
        Status status;
        while ((status = net.Stack.Open(SocketKind.Datagram, out int socket)) == Status.Ok)
            sockets.Add(socket);
        Assert.Equal(Status.TooManyHandles, status);
        Assert.Equal(32, sockets.Count);
        Assert.Equal(Status.Ok, net.Stack.Close(sockets[5], NetFixture.NoPacket));
        Assert.Equal(sockets[5], net.Open());
        Assert.Equal(Status.ProtocolNotSupported, net.Stack.Open((SocketKind)3, out _));
    }

    [Fact]
    public void ClosingForgetsEverything()
    {
        using NetFixture net = new();
        int socket = net.OpenConnected();
        int port = NetProtocol.PortOf(net.Stack.LocalEndpoint(socket));
        net.Link.Deliver(Wire.Udp(Wire.Peer, 5001, Wire.OwnAddress, port, [1]));
        Assert.Equal(Status.Ok, net.Send(socket, [1]));
        byte[] refusal = [0, 0, 0, 0, .. net.Link.Sent.Dequeue()[Wire.Ip..(Wire.Transport + 8)]];
        net.Link.Deliver(Wire.Icmp(Wire.Peer, Wire.OwnAddress, 3, 3, refusal));
        ushort packet = net.Stack.Acquire();
        Assert.Equal(Status.Ok, net.Stack.Close(socket, packet));
        net.AssertConserved(0);
        Assert.Equal(Status.BadHandle, net.Stack.Close(socket, NetFixture.NoPacket));
        Assert.Equal(Status.BadHandle, net.Send(socket, [1]));
        Assert.Equal(Status.BadHandle, net.Receive(socket, out _, out _));
        Assert.Equal(0ul, net.Stack.LocalEndpoint(socket));
        Assert.Equal(socket, net.Open());
        Assert.Equal(Status.DestinationRequired, net.Send(socket, [1]));
        Assert.Equal(Status.WouldBlock, net.Receive(socket, out _, out _));
        Assert.Equal(0, NetProtocol.PortOf(net.Stack.LocalEndpoint(socket)));
    }

    [Fact]
    public void EphemeralPortsCountUpAndSkipTakenOnes()
    {
        using NetFixture net = new();
        int taken = net.Open();
        Assert.Equal(Status.Ok, net.Stack.Bind(taken, NetProtocol.Endpoint(0, 49153)));
        List<int> ports = [];
        for (int i = 0; i < 3; i++)
        {
            int socket = net.Open();
            Assert.Equal(Status.Ok, net.Stack.Bind(socket, 0));
            ports.Add(NetProtocol.PortOf(net.Stack.LocalEndpoint(socket)));
        }
        Assert.Equal([49152, 49154, 49155], ports);
    }

    [Fact]
    public void BindChecksAddressAndPort()
    {
        using NetFixture net = new();
        int first = net.Open();
        int second = net.Open();
        int echo = net.Open(SocketKind.Echo);
        Assert.Equal(Status.AddressNotAvailable, net.Stack.Bind(first, NetProtocol.Endpoint(Wire.Peer, 5000)));
        Assert.Equal(Status.Ok, net.Stack.Bind(first, NetProtocol.Endpoint(Wire.OwnAddress, 5000)));
        Assert.Equal(Status.InvalidArgument, net.Stack.Bind(first, NetProtocol.Endpoint(0, 5001)));
        Assert.Equal(Status.AddressInUse, net.Stack.Bind(second, NetProtocol.Endpoint(0, 5000)));
        Assert.Equal(Status.Ok, net.Stack.Bind(echo, NetProtocol.Endpoint(0, 5000)));
        Assert.Equal(Status.InvalidArgument, net.Stack.Bind(second, 1ul << 48));
        Assert.Equal(Status.BadHandle, net.Stack.Bind(99, 0));
        Assert.Equal(NetProtocol.Endpoint(Wire.OwnAddress, 5000), net.Stack.LocalEndpoint(first));
    }

    [Fact]
    public void ConnectChecksItsEndpoint()
    {
        using NetFixture net = new();
        int socket = net.Open();
        Assert.Equal(Status.InvalidArgument, net.Stack.Connect(socket, NetProtocol.Endpoint(Wire.Peer, 0)));
        Assert.Equal(Status.InvalidArgument, net.Stack.Connect(socket, NetFixture.PeerEndpoint | (1ul << 48)));
        Assert.Equal(Status.BadHandle, net.Stack.Connect(-1, NetFixture.PeerEndpoint));
        Assert.Equal(Status.BadHandle, net.Stack.Connect(int.MaxValue, NetFixture.PeerEndpoint));
    }

    [Fact]
    public void LinkChangesAreRemembered()
    {
        using NetFixture net = new();
        Assert.False(net.Stack.IsLinkUp);
        net.Stack.OnLinkChange(true);
        Assert.True(net.Stack.IsLinkUp);
    }

    [Fact]
    public void OperationsDoNotAllocate()
    {
        using NetFixture net = new(32, NicCapabilities.None);
        int socket = net.OpenConnected();
        ushort packet = net.Stack.Acquire();
        long before = 0;
        for (int i = 0; i < 200; i++)
        {
            if (i == 100)
                before = GC.GetAllocatedBytesForCurrentThread();
            net.Link.TransmitStatus = Status.NoBufferSpace; // So that the fake link allocates nothing either.
            net.Stack.Send(socket, packet, 1470, 0, out packet);
            net.Stack.Receive(socket, out _, out _, out _);
            net.Stack.Poll();
        }
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
