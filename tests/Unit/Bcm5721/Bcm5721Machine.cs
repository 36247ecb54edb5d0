// The model on a bus with memory and a medium, and the driver with its grant: what every test of this folder starts from.
// Next: GuestMemory.cs
using System;
using System.Collections.Generic;
using System.Linq;
using RingOS.Abi;
using RingOS.Devices;
using RingOS.Devices.Bcm5721;
using RingOS.Drivers.Bcm5721;
using RingOS.Hardware;
using RingOS.Tests.Unit.E1000;
using Xunit;

namespace RingOS.Tests.Unit.Bcm5721;

/// <summary>Also plays the lender: it records every event, and can react to it as a network stack would.</summary>
public sealed class Bcm5721Machine : MmioRegion, INicEvents, IDisposable
{
    /// <summary>52:54:00:12:34:56</summary>
    public const ulong StationAddress = 0x5634_1200_5452;

    private const uint Command = 0x04;
    private const uint MsiControl = 0x4A;

    public Bcm5721Machine(InterruptMode interrupts = InterruptMode.Frame, int packets = 256)
    {
        Memory = new GuestMemory(packets);
        Device = new Bcm5721Device(StationAddress, Memory, Port);
        Port.Tell = Device.OnTransmitted;
        Device.SetLink(isUp: true, 100, isFullDuplex: false);
        EnableBus();
        Driver = NewDriver(interrupts);
    }

    public FakeClock Clock { get; } = new();

    public GuestMemory Memory { get; }

    public TestPort Port { get; } = new();

    public Bcm5721Device Device { get; }

    public Bcm5721Controller Driver { get; }

    public int Reads { get; private set; }

    public int Writes { get; private set; }

    public List<(ushort Packet, TransmitOutcome Outcome)> Transmitted { get; } = [];

    public List<(ushort Packet, byte[] Frame)> Received { get; } = [];

    public List<bool> LinkChanges { get; } = [];

    public Action<PacketIndex>? WhenTransmitted { get; set; }

    public Action<PacketIndex>? WhenReceived { get; set; }

    public ushort[] TransmittedPackets => [.. Transmitted.Select(static entry => entry.Packet)];

    public TransmitOutcome[] Outcomes => [.. Transmitted.Select(static entry => entry.Outcome)];

    /// <summary>A machine whose driver has started.</summary>
    public static Bcm5721Machine Running(InterruptMode interrupts = InterruptMode.Frame)
    {
        var machine = new Bcm5721Machine(interrupts);
        Assert.Equal(Status.Ok, machine.Driver.Start());
        return machine;
    }

    public Bcm5721Controller NewDriver(InterruptMode interrupts, MmioRegion? window = null)
        => new(new NicGrant(window ?? this, Memory.Dma, Memory.Window, Clock) { Interrupts = interrupts }, this);

    /// <summary>As the kernel does: memory decoding, bus mastering, MSI to a vector.</summary>
    public void EnableBus()
    {
        Device.WriteConfiguration(Command, 0x0006, 2);
        Device.WriteConfiguration(0x4C, 0xFEE0_0000, 4);
        Device.WriteConfiguration(0x54, 0x43, 2);
        Device.WriteConfiguration(MsiControl, 1, 2);
    }

    public void SetBusMaster(bool isOn) => Device.WriteConfiguration(Command, isOn ? 0x0006u : 0x0002u, 2);

    /// <summary>Delivers interrupts until there are none. Returns their number.</summary>
    public int Interrupt()
    {
        int count = 0;
        for (; Device.TakeInterrupt(out ulong address, out uint data); count++)
        {
            Assert.Equal((0xFEE0_0000ul, 0x43u), (address, data));
            Assert.True(count < 1000, "interrupts without end");
            Driver.OnInterrupt();
        }
        return count;
    }

    public Status Transmit(int packet, int length = 60, TransmitOptions options = TransmitOptions.None)
        => Driver.ProvideTransmit(new PacketIndex((ushort)packet), (ushort)length, options);

    public Status Lend(int packet) => Driver.ProvideReceive(new PacketIndex((ushort)packet));

    public ulong Counter(NicCounter counter) => Driver.ReadCounter(counter);

    /// <summary>Lets frames meet this end, until the medium has none.</summary>
    public int FinishAll(TransmitResult result = default)
    {
        int count = 0;
        while (Port.Finish(result))
            count++;
        return count;
    }

    /// <summary>A frame to the station, of distinct content.</summary>
    public static byte[] FrameToUs(int length, int seed = 1)
    {
        var frame = new byte[length];
        for (int index = 0; index < length; index++)
            frame[index] = index < 6 ? (byte)(StationAddress >> (8 * index)) : (byte)(index * 7 + seed);
        return frame;
    }

    public override uint Read(uint offset)
    {
        Reads++;
        return Device.ReadRegister(0, offset, 4);
    }

    public override void Write(uint offset, uint value)
    {
        Writes++;
        Device.WriteRegister(0, offset, value, 4);
    }

    public void OnTransmitted(PacketIndex packet, TransmitOutcome outcome)
    {
        Transmitted.Add((packet.Value, outcome));
        WhenTransmitted?.Invoke(packet);
    }

    public void OnReceived(PacketIndex packet, ushort length)
    {
        Received.Add((packet.Value, Memory.FrameOf(packet, length).ToArray()));
        WhenReceived?.Invoke(packet);
    }

    public void OnLinkChange(bool isUp) => LinkChanges.Add(isUp);

    public void Dispose() => Memory.Dispose();
}
