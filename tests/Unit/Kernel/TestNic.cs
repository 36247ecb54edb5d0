// A NIC that outlives its drivers, and a small honest driver for it: what is behind every placement of PlacementBench.cs.
// Next: ServicePrograms.cs
using System;
using System.Collections.Generic;
using RingOS.Abi;
using RingOS.Hardware;
using RingOS.Tests.Unit.Net;

namespace RingOS.Tests.Unit.Kernel;

/// <summary>The device, and what a test wants of whichever driver has it. It answers ARP requests by itself.</summary>
internal sealed class TestNic(HostedKernel kernel)
{
    /// <summary>Frames on the wire, ARP left out.</summary>
    public List<byte[]> Sent { get; } = [];

    /// <summary>Frames that arrive when a driver looks next.</summary>
    public Queue<byte[]> Arriving { get; } = new();

    /// <summary>How the next frames end; Sent when it runs dry.</summary>
    public Queue<TransmitOutcome> Outcomes { get; } = new();

    /// <summary>The device is slow: no frame is done.</summary>
    public bool IsStuck { get; set; }

    /// <summary>Runs in the driver, before it takes a frame.</summary>
    public Action WhenTransmitting { get; set; } = () => { };

    /// <summary>Runs in the driver, before it takes a buffer.</summary>
    public Action WhenLent { get; set; } = () => { };

    /// <summary>Runs in the driver, after it has looked what the device has done.</summary>
    public Action WhenLooked { get; set; } = () => { };

    /// <summary>What starting a driver answers.</summary>
    public Status StartStatus { get; set; }

    /// <summary>Drivers started so far, the last one last.</summary>
    public List<TestDriver> Drivers { get; } = [];

    public TestDriver Driver => Drivers[^1];

    /// <summary>How an interrupt reaches the processor while the driver runs; set by whoever hosts it.</summary>
    public Action Raise { get; set; } = () => { };

    public unsafe Span<byte> FrameAt(DeviceAddress address, int length) => new((byte*)kernel.VisibleAt(address.Value), length);

    /// <summary>The device takes a frame.</summary>
    public void Send(byte[] frame)
    {
        bool isLost = Outcomes.TryPeek(out TransmitOutcome outcome) && outcome != TransmitOutcome.Sent && !IsStuck;
        if (Wire.Get16(frame, 12) == 0x0806 && Wire.Get16(frame, 20) == 2)
            return; // an answer of ours
        if (Wire.Get16(frame, 12) == 0x0806 && isLost)
            return; // nobody has heard it
        if (Wire.Get16(frame, 12) == 0x0806)
            Arriving.Enqueue(Wire.Arp(2, Wire.GatewayMac, Wire.Get32(frame, 38), Wire.OwnMac, Wire.OwnAddress));
        else
            Sent.Add(frame);
    }
}

/// <summary>A driver: records what it has, completes and delivers when it is interrupted.</summary>
internal sealed class TestDriver(TestNic nic, PacketWindow packets, INicEvents events) : INicDriver
{
    public const int RingSize = 126;

    /// <summary>Packets it has been given to send, and not reported.</summary>
    public Queue<PacketIndex> InFlight { get; } = new();

    /// <summary>Buffers it has been lent.</summary>
    public Queue<PacketIndex> Lent { get; } = new();

    /// <summary>What it was asked, in order: frame sizes with + if more follow, then "doorbell".</summary>
    public List<string> Asked { get; } = [];

    public int Looks { get; private set; }

    public ulong MacAddress => Wire.OwnMac;

    public NicCapabilities Capabilities => NicCapabilities.None;

    public Status Start()
    {
        nic.Drivers.Add(this);
        return nic.StartStatus;
    }

    public void Stop()
    {
    }

    public Status ProvideTransmit(PacketIndex packet, ushort length, TransmitOptions options)
    {
        nic.WhenTransmitting();
        if (!packets.Contains(packet))
            return Status.InvalidArgument;
        if (InFlight.Count == RingSize)
            return Status.NoBufferSpace;
        bool isLast = (options & TransmitOptions.MoreFollows) == 0;
        Asked.Add(isLast ? $"{length}" : $"{length}+");
        nic.Send(nic.FrameAt(packets.FrameOf(packet), length).ToArray());
        InFlight.Enqueue(packet);
        if (isLast)
            nic.Raise();
        return Status.Ok;
    }

    public void FlushTransmit()
    {
        Asked.Add("doorbell");
        nic.Raise();
    }

    public Status ProvideReceive(PacketIndex packet)
    {
        nic.WhenLent();
        if (!packets.Contains(packet))
            return Status.InvalidArgument;
        if (Lent.Count == RingSize)
            return Status.NoBufferSpace;
        Lent.Enqueue(packet);
        return Status.Ok;
    }

    public void OnInterrupt()
    {
        Looks++;
        while (!nic.IsStuck && InFlight.TryDequeue(out PacketIndex packet))
            events.OnTransmitted(packet, nic.Outcomes.TryDequeue(out TransmitOutcome outcome) ? outcome : TransmitOutcome.Sent);
        while (nic.Arriving.Count != 0 && Lent.TryDequeue(out PacketIndex packet))
        {
            byte[] frame = nic.Arriving.Dequeue();
            frame.CopyTo(nic.FrameAt(packets.FrameOf(packet), frame.Length));
            events.OnReceived(packet, (ushort)frame.Length);
        }
        nic.WhenLooked();
    }

    public ulong ReadCounter(NicCounter counter) => 4_000 + (ulong)counter;
}
