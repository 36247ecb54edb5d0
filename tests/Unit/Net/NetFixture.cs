// A stack on a fake link, with the steps most tests begin with. Next: InternetChecksumTests.cs
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using RingOS.Abi;
using RingOS.Hardware;
using RingOS.Net;
using Xunit;

namespace RingOS.Tests.Unit.Net;

internal sealed unsafe class NetFixture : INetworkUser, IDisposable
{
    public const ushort NoPacket = (ushort)NetProtocol.NoPacket;

    private readonly void* _memory;

    public NetFixture(
        int packets = 64,
        NicCapabilities capabilities = NicCapabilities.UdpChecksum,
        bool start = true,
        CompletionMode completion = CompletionMode.Queued)
    {
        _memory = NativeMemory.AlignedAlloc((nuint)packets * PacketLayout.BufferSize, 4096);
        NativeMemory.Fill(_memory, (nuint)packets * PacketLayout.BufferSize, 0xCC);
        Pool = new PacketPool((nint)_memory, packets);
        Link = new FakeLink(Pool, capabilities);
        NetworkConfiguration configuration = new(Wire.OwnAddress, Wire.Mask, Wire.Gateway) { Completion = completion };
        Stack = new NetworkStack(Pool, Link, this, Clock, configuration);
        Link.Events = Stack;
        if (start)
            Assert.Equal(Status.Ok, Stack.Start());
    }

    public PacketPool Pool { get; }

    public FakeLink Link { get; }

    public TestClock Clock { get; } = new();

    public NetworkStack Stack { get; }

    /// <summary>Sockets the stack called ready, in order.</summary>
    public List<int> Ready { get; } = [];

    public static ulong PeerEndpoint => NetProtocol.Endpoint(Wire.Peer, 5001);

    public void OnSocketReady(int socket) => Ready.Add(socket);

    /// <summary>How often the stack has said that there is room again.</summary>
    public int RoomCalls { get; private set; }

    public void OnRoom() => RoomCalls++;

    public void Dispose() => NativeMemory.AlignedFree(_memory);

    public int Open(SocketKind kind = SocketKind.Datagram)
    {
        Assert.Equal(Status.Ok, Stack.Open(kind, out int socket));
        return socket;
    }

    /// <summary>The peer says who it is, so that its address is known.</summary>
    public void IntroducePeer(uint address = Wire.Peer, ulong mac = Wire.PeerMac)
    {
        Assert.True(Link.Deliver(Wire.Arp(1, mac, address, 0, Wire.OwnAddress, Wire.BroadcastMac)));
        Link.Sent.Dequeue(); // Our reply.
        Link.CompleteAll();
    }

    public int OpenConnected()
    {
        IntroducePeer();
        int socket = Open();
        Assert.Equal(Status.Ok, Stack.Connect(socket, PeerEndpoint));
        return socket;
    }

    public ushort Fill(byte[] payload)
    {
        ushort packet = Stack.Acquire();
        Assert.NotEqual(NoPacket, packet);
        payload.CopyTo(Pool.Buffer(new PacketIndex(packet)).Slice(PacketLayout.UdpPayloadOffset));
        return packet;
    }

    /// <summary>Sends a payload in a packet of its own, and gives the next packet back.</summary>
    public Status Send(int socket, byte[] payload, ulong endpoint = 0)
    {
        Status status = Stack.Send(socket, Fill(payload), (ushort)payload.Length, endpoint, out ushort next);
        if (next != NoPacket)
            Assert.Equal(Status.Ok, Stack.Release(next));
        return status;
    }

    /// <summary>Receives one payload and releases its packet.</summary>
    public Status Receive(int socket, out byte[] payload, out ulong from)
    {
        payload = [];
        Status status = Stack.Receive(socket, out ushort packet, out uint extent, out from);
        if (status != Status.Ok)
            return status;
        payload = Pool.Buffer(new PacketIndex(packet)).Slice((ushort)extent, (int)(extent >> 16)).ToArray();
        Assert.Equal(Status.Ok, Stack.Release(packet));
        return Status.Ok;
    }

    /// <summary>Every packet has one owner, and the driver's are those the driver knows of.</summary>
    public void AssertConserved(int callers)
    {
        int sum = 0;
        foreach (PacketOwner owner in Enum.GetValues<PacketOwner>())
            sum += Stack.CountPackets(owner);
        Assert.Equal(Pool.Count, sum);
        Assert.Equal(Link.InFlight.Count, Stack.CountPackets(PacketOwner.Transmit));
        Assert.Equal(Link.Lent.Count, Stack.CountPackets(PacketOwner.Receive));
        Assert.Equal(callers, Stack.CountPackets(PacketOwner.Caller));
    }

    public static byte[] Bytes(int length, int seed = 7)
    {
        byte[] bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
