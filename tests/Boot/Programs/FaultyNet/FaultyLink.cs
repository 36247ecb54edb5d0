// The link to the driver with a bad moment: the network service fails while it passes on a large frame. Back to: Program.cs
using System;
using RingOS.Abi;
using RingOS.Hardware;
using RingOS.Net;
using RingOS.NetService;
using RingOS.User;

namespace RingOS.Test.FaultyNet;

/// <summary>Passes everything on, until the frame at which the service is to fail; ARP's are too small to count.</summary>
internal sealed class FaultyLink(NicClient link, byte[] act) : INicLink
{
    private const ushort LargeFrame = 500;
    private const int FaultyFrame = 20;
    private const ulong Hour = 3_600_000_000_000;

    private int _frames;

    public ulong MacAddress => link.MacAddress;

    public NicCapabilities Capabilities => link.Capabilities;

    public Status LendReceive(PacketIndex packet) => link.LendReceive(packet);

    public ulong ReadCounter(NicCounter counter) => link.ReadCounter(counter);

    public Status Transmit(PacketIndex packet, ushort length, TransmitOptions options)
    {
        if (length >= LargeFrame && ++_frames == FaultyFrame)
            Fail();
        return link.Transmit(packet, length, options);
    }

    private void Fail()
    {
        ReadOnlySpan<byte> name = act;
        if (name.SequenceEqual("end"u8))
            Syscall.Exit(9);
        if (name.SequenceEqual("break"u8))
            Break();
        while (name.SequenceEqual("silent"u8))
            RingOS.User.Clock.Sleep(Hour);
        while (name.SequenceEqual("loop"u8))
        {
        }
    }

    private static void Break()
    {
        INicLink? nothing = null;
        _ = nothing!.ReadCounter(NicCounter.FramesSent);
    }
}
