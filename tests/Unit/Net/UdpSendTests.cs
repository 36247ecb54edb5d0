// Datagrams on their way out, as they look on the wire. Next: UdpReceiveTests.cs
using System.Collections.Generic;
using CsCheck;
using RingOS.Abi;
using RingOS.Net;
using Xunit;

namespace RingOS.Tests.Unit.Net;

public class UdpSendTests
{
    [Theory]
    [InlineData(NicCapabilities.UdpChecksum, TransmitOptions.CompleteUdpChecksum)]
    [InlineData(NicCapabilities.None, TransmitOptions.None)]
    public void ConnectedDatagramIsRightOnTheWire(NicCapabilities capabilities, TransmitOptions expected)
    {
        using NetFixture net = new(capabilities: capabilities);
        Assert.Equal(capabilities == NicCapabilities.UdpChecksum, net.Stack.OffloadsUdpChecksum);
        int socket = net.OpenConnected();
        net.Link.Options.Clear();
        byte[] payload = NetFixture.Bytes(1470);
        Assert.Equal(Status.Ok, net.Send(socket, payload));

        UdpFrame frame = Wire.ParseUdp(net.Link.Sent.Dequeue());
        Assert.Equal(Wire.PeerMac, frame.DestinationMac);
        Assert.Equal(Wire.OwnMac, frame.SourceMac);
        Assert.Equal(Wire.OwnAddress, frame.Source);
        Assert.Equal(Wire.Peer, frame.Destination);
        Assert.Equal(49152, frame.SourcePort);
        Assert.Equal(5001, frame.DestinationPort);
        Assert.Equal(64, frame.TimeToLive);
        Assert.Equal(payload, frame.Payload);
        Assert.Equal([expected], net.Link.Options);
    }

    [Theory]
    [InlineData(NicCapabilities.UdpChecksum)]
    [InlineData(NicCapabilities.None)]
    public void AnyPayloadToAnyNeighbourHasRightChecksums(NicCapabilities capabilities)
        => Gen.Select(
            Gen.Byte.Array[0, 1472], Gen.UInt[Wire.OwnAddress + 1, Wire.DirectedBroadcast - 1], Gen.UShort[1, ushort.MaxValue], Gen.Bool)
            .Sample(
                (payload, address, port, connected) =>
                {
                    using NetFixture net = new(8, capabilities);
                    net.IntroducePeer(address, 0x0000AB000002 + ((ulong)address << 24));
                    int socket = net.Open();
                    ulong endpoint = NetProtocol.Endpoint(address, port);
                    if (connected)
                        Assert.Equal(Status.Ok, net.Stack.Connect(socket, endpoint));
                    Assert.Equal(Status.Ok, net.Send(socket, payload, connected ? 0 : endpoint));
                    UdpFrame frame = Wire.ParseUdp(net.Link.Sent.Dequeue());
                    Assert.Equal((address, (int)port), (frame.Destination, frame.DestinationPort));
                    Assert.Equal(payload, frame.Payload);
                },
                iter: 300);

    [Fact]
    public void ChecksumThatComesOutAsZeroIsSentAsAllOnes()
    {
        using NetFixture net = new(capabilities: NicCapabilities.None);
        int socket = net.OpenConnected();
        // The payload is chosen so that the sum of everything is 0xFFFF.
        Assert.Equal(Status.Ok, net.Send(socket, [0, 0]));
        int checksum = Wire.ParseUdp(net.Link.Sent.Dequeue()).Checksum;
        Assert.Equal(Status.Ok, net.Send(socket, [(byte)(checksum >> 8), (byte)checksum]));
        Assert.Equal(0xFFFF, Wire.ParseUdp(net.Link.Sent.Dequeue()).Checksum);
    }

    [Fact]
    public void IdentificationsCountFromOneOverAllSockets()
    {
        using NetFixture net = new();
        int first = net.OpenConnected();
        int second = net.Open();
        Assert.Equal(Status.Ok, net.Send(first, [1]));
        Assert.Equal(Status.Ok, net.Send(second, [2], NetFixture.PeerEndpoint));
        Assert.Equal(Status.Ok, net.Send(first, [3]));
        List<int> identifications = [];
        while (net.Link.Sent.TryDequeue(out byte[]? frame))
            identifications.Add(Wire.ParseUdp(frame).Identification);
        Assert.Equal([1, 2, 3], identifications);
    }

    [Fact]
    public void TheHeadersOfOneDatagramLeaveNothingInTheNext()
    {
        using NetFixture net = new();
        int socket = net.OpenConnected();
        foreach (int length in (int[])[1472, 0, 1, 1471, 18, 1470])
        {
            Assert.Equal(Status.Ok, net.Send(socket, NetFixture.Bytes(length)));
            Assert.Equal(NetFixture.Bytes(length), Wire.ParseUdp(net.Link.Sent.Dequeue()).Payload);
        }
    }

    [Fact]
    public void DestinationBeyondTheNetworkGoesToTheGateway()
    {
        using NetFixture net = new();
        net.IntroducePeer(Wire.Gateway, Wire.GatewayMac);
        int socket = net.Open();
        Assert.Equal(Status.Ok, net.Stack.Connect(socket, NetProtocol.Endpoint(Wire.Stranger, 53)));
        Assert.Equal(Status.Ok, net.Send(socket, [1, 2, 3]));
        UdpFrame frame = Wire.ParseUdp(net.Link.Sent.Dequeue());
        Assert.Equal(Wire.GatewayMac, frame.DestinationMac);
        Assert.Equal(Wire.Stranger, frame.Destination);
    }

    [Theory]
    [InlineData(0xFFFFFFFFu)]
    [InlineData(Wire.DirectedBroadcast)]
    public void BroadcastNeedsNoArp(uint address)
    {
        using NetFixture net = new();
        int socket = net.Open();
        Assert.Equal(Status.Ok, net.Send(socket, [9], NetProtocol.Endpoint(address, 67)));
        UdpFrame frame = Wire.ParseUdp(net.Link.Sent.Dequeue());
        Assert.Equal(Wire.BroadcastMac, frame.DestinationMac);
        Assert.Equal(address, frame.Destination);
    }

    [Theory]
    [InlineData(0x7F000001u)] // loopback
    [InlineData(0x00000001u)]
    [InlineData(0xE0000001u)] // multicast
    [InlineData(Wire.OwnAddress)]
    public void NoWayToStrangeAddresses(uint address)
    {
        using NetFixture net = new();
        int socket = net.Open();
        Assert.Equal(Status.NetworkUnreachable, net.Stack.Connect(socket, NetProtocol.Endpoint(address, 1)));
        Assert.Equal(Status.NetworkUnreachable, net.Send(socket, [1], NetProtocol.Endpoint(address, 1)));
    }

    [Fact]
    public void ConnectedSocketMaySendElsewhere()
    {
        using NetFixture net = new();
        int socket = net.OpenConnected();
        Assert.Equal(Status.Ok, net.Send(socket, [1], NetProtocol.Endpoint(Wire.Peer, 77)));
        Assert.Equal(77, Wire.ParseUdp(net.Link.Sent.Dequeue()).DestinationPort);
        Assert.Equal(Status.Ok, net.Send(socket, [1]));
        Assert.Equal(5001, Wire.ParseUdp(net.Link.Sent.Dequeue()).DestinationPort);
    }

    [Fact]
    public void RefusalsLeaveThePacketWithTheCaller()
    {
        using NetFixture net = new();
        int connected = net.OpenConnected();
        int unconnected = net.Open();
        ushort packet = net.Stack.Acquire();
        (int Socket, ushort Length, Status Expected)[] cases =
        [
            (connected, 1473, Status.MessageTooLong),
            (connected, ushort.MaxValue, Status.MessageTooLong),
            (unconnected, 10, Status.DestinationRequired),
            (31, 10, Status.BadHandle),
            (32, 10, Status.BadHandle),
            (-1, 10, Status.BadHandle),
        ];
        foreach ((int socket, ushort length, Status expected) in cases)
        {
            Assert.Equal(expected, net.Stack.Send(socket, packet, length, 0, out ushort next));
            Assert.Equal(packet, next);
        }
        Assert.Equal(Status.MessageTooLong, net.Stack.Send(unconnected, packet, 1473, NetFixture.PeerEndpoint, out _));
        net.AssertConserved(1);
    }

    [Theory]
    [InlineData(Status.NoBufferSpace)]
    [InlineData(Status.PeerGone)]
    public void WhatTheDriverRefusesStaysTheCallers(Status refusal)
    {
        using NetFixture net = new();
        int socket = net.OpenConnected();
        net.Link.TransmitStatus = refusal;
        ushort packet = net.Stack.Acquire();
        Assert.Equal(refusal, net.Stack.Send(socket, packet, 10, 0, out ushort next));
        Assert.Equal(packet, next);
        Assert.Equal(refusal, net.Stack.Send(socket, packet, 10, NetFixture.PeerEndpoint, out next));
        Assert.Equal(packet, next);
        net.AssertConserved(1);
    }

    [Fact]
    public void EmptyPoolIsSaidWithTheLastSend()
    {
        using NetFixture net = new(8);
        int socket = net.OpenConnected();
        ushort packet = net.Stack.Acquire();
        int sent = 0;
        for (; packet != NetFixture.NoPacket; sent++)
            Assert.Equal(Status.Ok, net.Stack.Send(socket, packet, 4, 0, out packet));
        Assert.Equal(6, sent); // Eight less the two lent for reception.
        Assert.Equal(NetFixture.NoPacket, net.Stack.Acquire());
        net.Link.Complete(0);
        Assert.NotEqual(NetFixture.NoPacket, net.Stack.Acquire());
    }

    [Fact]
    public void UnsentFramesAreCounted()
    {
        using NetFixture net = new();
        int socket = net.OpenConnected();
        Assert.Equal(Status.Ok, net.Send(socket, [1]));
        Assert.Equal(Status.Ok, net.Send(socket, [1]));
        net.Link.Complete(0, TransmitOutcome.ExcessiveCollisions);
        net.Link.Complete(0, TransmitOutcome.Sent);
        Assert.Equal(1ul, net.Stack.Statistics.FramesNotSent);
    }
}
