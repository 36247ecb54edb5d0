// A driver, its device, their memory and whoever listens: what every test of this folder starts from. Next: StartTests.cs
using System;
using System.Collections.Generic;
using System.Linq;
using RingOS.Abi;
using RingOS.Drivers.E1000;
using RingOS.Drivers.E1000e;
using RingOS.Hardware;
using Xunit;

namespace RingOS.Tests.Unit.E1000;

/// <summary>Also plays the lender: it records every event, and can react to it as a network stack would.</summary>
public sealed class E1000Machine : INicEvents, IDisposable
{
    private readonly E1000Model _model;

    public E1000Machine(E1000Model model, int packets = 256, InterruptMode interrupts = InterruptMode.Frame)
    {
        _model = model;
        Bus = new FakeBus(packets);
        Device = model == E1000Model.E1000 ? new FakeE1000(Bus, Clock) : new FakeE1000e(Bus, Clock);
        Driver = NewDriver(interrupts);
    }

    public FakeClock Clock { get; } = new();

    public FakeBus Bus { get; }

    public FakeE1000 Device { get; }

    public INicDriver Driver { get; }

    public List<(ushort Packet, TransmitOutcome Outcome)> Transmitted { get; } = [];

    public List<(ushort Packet, byte[] Frame)> Received { get; } = [];

    public List<bool> LinkChanges { get; } = [];

    /// <summary>Called for each event after it has been recorded.</summary>
    public Action<PacketIndex>? WhenTransmitted { get; set; }

    public Action<PacketIndex>? WhenReceived { get; set; }

    /// <summary>A machine whose driver has started.</summary>
    public static E1000Machine Running(E1000Model model, int packets = 256, InterruptMode interrupts = InterruptMode.Frame)
    {
        var machine = new E1000Machine(model, packets, interrupts);
        Assert.Equal(Status.Ok, machine.Driver.Start());
        return machine;
    }

    /// <summary>Another driver for the same device, with a grant of its own.</summary>
    public INicDriver NewDriver(InterruptMode interrupts)
        => NewDriver(new NicGrant(Device, Bus.Dma, Bus.Window, Clock) { Interrupts = interrupts });

    /// <summary>A driver of the machine's kind with any grant.</summary>
    public INicDriver NewDriver(NicGrant grant)
        => _model == E1000Model.E1000 ? new E1000Controller(grant, this) : new E1000eController(grant, this);

    public Status Transmit(int packet, int length = 60, TransmitOptions options = TransmitOptions.None)
        => Driver.ProvideTransmit(new PacketIndex((ushort)packet), (ushort)length, options);

    public Status Lend(int packet) => Driver.ProvideReceive(new PacketIndex((ushort)packet));

    public ulong Counter(NicCounter counter) => Driver.ReadCounter(counter);

    /// <summary>A frame to the station, of distinct content.</summary>
    public static byte[] FrameToUs(int length, int seed = 1)
    {
        var frame = new byte[length];
        for (int index = 0; index < length; index++)
            frame[index] = index < 6 ? (byte)(FakeE1000.StationAddress >> (8 * index)) : (byte)(index * 7 + seed);
        return frame;
    }

    public ushort[] TransmittedPackets => Transmitted.Select(entry => entry.Packet).ToArray();

    public void OnTransmitted(PacketIndex packet, TransmitOutcome outcome)
    {
        Transmitted.Add((packet.Value, outcome));
        WhenTransmitted?.Invoke(packet);
    }

    public void OnReceived(PacketIndex packet, ushort length)
    {
        Received.Add((packet.Value, Bus.FrameOf(packet, length).ToArray()));
        WhenReceived?.Invoke(packet);
    }

    public void OnLinkChange(bool isUp) => LinkChanges.Add(isUp);

    public void Dispose() => Bus.Dispose();
}
