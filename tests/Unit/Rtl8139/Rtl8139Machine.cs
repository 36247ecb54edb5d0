// A driver, its device, packets and whoever listens: what every test of this folder starts from. Next: TransmitTests.cs
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using RingOS.Abi;
using RingOS.Drivers.Rtl8139;
using RingOS.Hardware;
using RingOS.Tests.Unit.E1000;
using Xunit;

namespace RingOS.Tests.Unit.Rtl8139;

/// <summary>Records every event.</summary>
public sealed unsafe class Rtl8139Machine : INicEvents, IDisposable
{
    public const int Packets = 256;

    private readonly byte* _packets = (byte*)NativeMemory.AlignedAlloc(Packets * PacketLayout.BufferSize, 4096);

    public Rtl8139Machine(InterruptMode interrupts = InterruptMode.Frame)
    {
        new Span<byte>(_packets, Packets * PacketLayout.BufferSize).Fill(0xAA);
        Pool = new PacketPool((nint)_packets, Packets);
        Driver = new Rtl8139Controller(
            new NicGrant(Device, Device.Dma, new PacketWindow(new DeviceAddress(1ul << 40), Packets), new FakeClock())
            {
                Interrupts = interrupts,
                Copier = Pool.CreateCopier(),
            },
            this);
    }

    public FakeRtl8139 Device { get; } = new();

    public PacketPool Pool { get; }

    public Rtl8139Controller Driver { get; }

    public List<(ushort Packet, TransmitOutcome Outcome)> Transmitted { get; } = [];

    public List<(ushort Packet, byte[] Frame)> Received { get; } = [];

    public List<bool> LinkChanges { get; } = [];

    public Action<PacketIndex> WhenTransmitted { get; set; } = static _ => { };

    public Action<PacketIndex> WhenReceived { get; set; } = static _ => { };

    public static Rtl8139Machine Running(InterruptMode interrupts = InterruptMode.Frame)
    {
        Rtl8139Machine machine = new(interrupts);
        Assert.Equal(Status.Ok, machine.Driver.Start());
        machine.Device.Accesses.Clear();
        return machine;
    }

    public static byte[] Frame(int length, int seed)
    {
        byte[] frame = new byte[length];
        for (int i = 0; i < length; i++)
            frame[i] = (byte)((i * 7) + seed);
        return frame;
    }

    public Span<byte> FrameOf(int packet, int length)
        => Pool.Buffer(new PacketIndex((ushort)packet)).Slice(PacketLayout.FrameOffset, length);

    /// <summary>Fills a packet and sends it.</summary>
    public Status Transmit(int packet, int length = 100, TransmitOptions options = TransmitOptions.None)
    {
        if (packet < Packets && length <= PacketLayout.MaximumFrame)
            Frame(length, packet).CopyTo(FrameOf(packet, length));
        return Driver.ProvideTransmit(new PacketIndex((ushort)packet), (ushort)length, options);
    }

    public Status Lend(int packet) => Driver.ProvideReceive(new PacketIndex((ushort)packet));

    public ulong Counter(NicCounter counter) => Driver.ReadCounter(counter);

    public void OnTransmitted(PacketIndex packet, TransmitOutcome outcome)
    {
        Transmitted.Add((packet.Value, outcome));
        WhenTransmitted(packet);
    }

    public void OnReceived(PacketIndex packet, ushort length)
    {
        Received.Add((packet.Value, FrameOf(packet.Value, length).ToArray()));
        WhenReceived(packet);
    }

    public void OnLinkChange(bool isUp) => LinkChanges.Add(isUp);

    public void Dispose()
    {
        Device.Dispose();
        NativeMemory.AlignedFree(_packets);
    }
}
