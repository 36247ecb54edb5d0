// A network stack that does what a test tells it to. Subject: kernel/sockets/SocketLayer.cs. Back to: SocketTests.cs
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using RingOS.Abi;
using RingOS.Hardware;
using RingOS.Kernel.Sockets;

namespace RingOS.Tests.Unit.Kernel;

internal sealed unsafe class FakeSocketLayer : SocketLayer, IDisposable
{
    public const ushort NoPacket = (ushort)NetProtocol.NoPacket;

    private const int PacketCount = 4;

    private readonly byte* _memory = (byte*)NativeMemory.AllocZeroed(PacketCount * PacketLayout.BufferSize);

    public FakeSocketLayer() => Packets = new PacketPool((nint)_memory, PacketCount);

    public override bool OffloadsChecksum => false;

    protected override void WakeAll() => Calls.Add("wake");

    public override PacketPool Packets { get; }

    public override Status Outcome(int socket) => Answer($"outcome {socket}");

    public List<string> Calls { get; } = [];

    public List<byte[]> Sent { get; } = [];

    /// <summary>What the next operations answer; Ok when it runs dry.</summary>
    public Queue<Status> Answers { get; } = new();

    public ushort NextPacket { get; set; } = 1;

    public ushort FreePacket { get; set; } = NoPacket;

    public ushort ReceivedPacket { get; set; }

    public uint Extent { get; set; }

    public ulong From { get; set; } = 0x1389_0A00_0202;

    public int OpenedNumber { get; set; } = 5;

    /// <summary>Runs while a socket is being opened, as other programs do when the stack is in another process.</summary>
    public Action WhenOpening { get; set; } = () => { };

    /// <summary>Stands for the wait; by default it is over at its deadline.</summary>
    public Action<ulong> WhenWaiting { get; set; } = _ => { };

    public void Dispose() => NativeMemory.Free(_memory);

    public override Status Open(SocketKind kind, out int socket, out ushort packet)
    {
        WhenOpening();
        Status status = Answer($"open {kind}");
        socket = OpenedNumber;
        packet = status == Status.Ok ? NextPacket : NoPacket;
        return status;
    }

    public override void Close(int socket, ushort packet) => Calls.Add($"close {socket} {packet}");

    public override Status Bind(int socket, ulong endpoint) => Answer($"bind {socket} {endpoint:x}");

    public override Status Connect(int socket, ulong endpoint) => Answer($"connect {socket} {endpoint:x}");

    public override Status Send(int socket, ushort packet, ushort length, ulong endpoint, out ushort next)
    {
        Status status = Answer($"send {socket} {packet} {length} {endpoint:x}");
        if (status == Status.Ok)
            Sent.Add(Packets.Buffer(new PacketIndex(packet)).Slice(PacketLayout.UdpPayloadOffset, length).ToArray());
        next = NextPacket;
        return status;
    }

    public override ushort Acquire(int socket)
    {
        Calls.Add($"acquire {socket}");
        return FreePacket;
    }

    public override Status Receive(int socket, out ushort packet, out uint offsetAndLength, out ulong from)
    {
        packet = ReceivedPacket;
        offsetAndLength = Extent;
        from = From;
        return Answer($"receive {socket}");
    }

    public override void Release(ushort packet) => Calls.Add($"release {packet}");

    public override ulong LocalEndpoint(int socket) => 0xCAFE_0A00_020F;

    public override Status ReadCounter(NicCounter counter, out ulong value)
    {
        value = 1_000 + (ulong)counter;
        return Answer($"counter {counter}");
    }

    public override Status WaitForChange(ulong deadline)
    {
        Calls.Add("wait");
        WhenWaiting(deadline);
        return Status.Ok;
    }

    private Status Answer(string call)
    {
        Calls.Add(call);
        return Answers.TryDequeue(out Status answer) ? answer : Status.Ok;
    }
}
