// A link whose driver does what a test tells it to: late, early, refusing, or lying. Next: Wire.cs
using System;
using System.Collections.Generic;
using RingOS.Abi;
using RingOS.Hardware;
using RingOS.Net;

namespace RingOS.Tests.Unit.Net;

internal sealed class FakeLink(PacketPool pool, NicCapabilities capabilities) : INicLink
{
    public ulong MacAddress => Wire.OwnMac;

    public NicCapabilities Capabilities => capabilities;

    public INicEvents? Events { get; set; }

    /// <summary>What the driver answers to the next requests.</summary>
    public Status TransmitStatus { get; set; } = Status.Ok;

    public Status LendStatus { get; set; } = Status.Ok;

    /// <summary>Runs inside Transmit, after the packet was taken, as events of a driver in another domain may.</summary>
    public Action<ushort>? DuringTransmit { get; set; }

    /// <summary>Runs when Transmit is about to return a failure.</summary>
    public Action WhenRefusing { get; set; } = static () => { };

    /// <summary>Runs inside LendReceive, after the packet was taken.</summary>
    public Action<ushort>? DuringLend { get; set; }

    /// <summary>Frames as they were on the wire, the oldest first; checksums completed where the stack asked the NIC to.</summary>
    public Queue<byte[]> Sent { get; } = new();

    public List<TransmitOptions> Options { get; } = [];

    /// <summary>Packets the driver has and has not reported yet.</summary>
    public List<ushort> InFlight { get; } = [];

    public List<ushort> Lent { get; } = [];

    public int Depth { get; private set; }

    public int DeepestDepth { get; private set; }

    public Status Transmit(PacketIndex packet, ushort length, TransmitOptions options)
    {
        if (TransmitStatus == Status.Ok)
        {
            byte[] frame = pool.Buffer(packet).Slice(PacketLayout.FrameOffset, length).ToArray();
            if (options == TransmitOptions.CompleteUdpChecksum)
                Wire.CompleteUdpChecksumAsNicsDo(frame);
            Sent.Enqueue(frame);
            Options.Add(options);
            InFlight.Add(packet.Value);
        }
        Status answer = TransmitStatus;
        Inside(DuringTransmit, packet.Value);
        if (answer != Status.Ok)
            WhenRefusing();
        return answer;
    }

    public Status LendReceive(PacketIndex packet)
    {
        if (LendStatus == Status.Ok)
            Lent.Add(packet.Value);
        Inside(DuringLend, packet.Value);
        return LendStatus;
    }

    public ulong ReadCounter(NicCounter counter) => 1000 + (ulong)counter;

    public void CompleteAll(TransmitOutcome outcome = TransmitOutcome.Sent)
    {
        while (InFlight.Count != 0)
            Complete(0, outcome);
    }

    public void Complete(int which, TransmitOutcome outcome = TransmitOutcome.Sent)
    {
        ushort packet = InFlight[which];
        InFlight.RemoveAt(which);
        Events!.OnTransmitted(new PacketIndex(packet), outcome);
    }

    /// <summary>Receives a frame into the oldest lent buffer; false if none is lent.</summary>
    public bool Deliver(byte[] frame)
    {
        if (Lent.Count == 0)
            return false;
        ushort packet = Lent[0];
        Lent.RemoveAt(0);
        frame.CopyTo(pool.Buffer(new PacketIndex(packet)).Slice(PacketLayout.FrameOffset));
        Events!.OnReceived(new PacketIndex(packet), (ushort)frame.Length);
        return true;
    }

    /// <summary>The driver is gone with all it had; nobody hears of it.</summary>
    public void Forget()
    {
        InFlight.Clear();
        Lent.Clear();
    }

    private void Inside(Action<ushort>? action, ushort packet)
    {
        Depth++;
        DeepestDepth = Math.Max(DeepestDepth, Depth);
        action?.Invoke(packet);
        Depth--;
    }
}
