// A good socket layer with a slip now and then. What the fuzzer makes of each: tests/Boot/FuzzerTests.cs. Back to: Start.cs
using System;
using RingOS.Abi;
using RingOS.Hardware;
using RingOS.Kernel;
using RingOS.Kernel.Sockets;

namespace RingOS.Test.BookFaultKernel;

/// <summary>Passes everything on, but every so often one thing is lost, kept, or answered wrongly.</summary>
internal sealed class WrongSockets(SocketLayer sockets, Nucleus nucleus) : SocketLayer
{
    private const int Often = 5; // every fifth
    private const Status NoStatus = (Status)77;

    private readonly bool _losesPackets = Is(nucleus, "lost-packet"u8);
    private readonly bool _losesFrames = Is(nucleus, "lost-frame"u8);
    private readonly bool _growsHeap = Is(nucleus, "heap"u8);
    private readonly bool _panics = Is(nucleus, "panic"u8);
    private readonly bool _answersNonsense = Is(nucleus, "nonsense"u8);
    private int _opened;
    private int _closed;
    private int _bound;
    private byte[]? _kept;

    public override PacketPool Packets => sockets.Packets;

    public override bool OffloadsChecksum => sockets.OffloadsChecksum;

    public override ulong CallerPackets => sockets.CallerPackets;

    public override Status Open(SocketKind kind, out int socket, out ushort packet)
    {
        if (_losesFrames && ++_opened % Often == 0)
            _ = nucleus.Memory.Frames.AllocateFrame(out _); // the fault
        return sockets.Open(kind, out socket, out packet);
    }

    public override void Close(int socket, ushort packet)
        => sockets.Close(socket, _losesPackets && ++_closed % Often == 0 ? (ushort)NetProtocol.NoPacket : packet);

    public override Status Bind(int socket, ulong endpoint)
    {
        bool isTime = ++_bound % Often == 0;
        if (_growsHeap && isTime)
            _kept = new byte[4096];
        if (_panics && isTime)
            _kept![0] = 1;
        return _answersNonsense && isTime ? NoStatus : sockets.Bind(socket, endpoint);
    }

    public override Status Connect(int socket, ulong endpoint) => sockets.Connect(socket, endpoint);

    public override Status Send(int socket, ushort packet, ushort length, ulong endpoint, out ushort next)
        => sockets.Send(socket, packet, length, endpoint, out next);

    public override ushort Acquire(int socket) => sockets.Acquire(socket);

    public override Status Receive(int socket, out ushort packet, out uint offsetAndLength, out ulong from)
        => sockets.Receive(socket, out packet, out offsetAndLength, out from);

    public override void Release(ushort packet) => sockets.Release(packet);

    public override ulong LocalEndpoint(int socket) => sockets.LocalEndpoint(socket);

    public override Status ReadCounter(NicCounter counter, out ulong value) => sockets.ReadCounter(counter, out value);

    public override Status Outcome(int socket) => sockets.Outcome(socket);

    public override Status WaitForChange(ulong deadline) => sockets.WaitForChange(deadline);

    protected override void WakeAll()
    {
    }

    private static bool Is(Nucleus nucleus, ReadOnlySpan<byte> fault) => nucleus.CommandLine.Value("kernel-fault"u8).SequenceEqual(fault);
}
