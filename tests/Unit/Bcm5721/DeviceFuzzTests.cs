// A guest that does anything to the device: nothing throws, nothing outside its memory is touched, nothing at all without bus
// mastering. Back to: Bcm5721Machine.cs
using System;
using System.Linq;
using CsCheck;
using RingOS.Devices;
using RingOS.Devices.Pci;
using Xunit;

namespace RingOS.Tests.Unit.Bcm5721;

public sealed class DeviceFuzzTests
{
    private static readonly uint[] s_known =
    [
        0x04, 0x10, 0x48, 0x4C, 0x68, 0x7C, 0x84, 0x204, 0x26C, 0x284, 0x304, 0x400, 0x404, 0x408, 0x410, 0x43C, 0x44C, 0x45C, 0x468,
        0x808, 0x82C, 0x2250, 0x2450, 0x2454, 0x2458, 0x3C00, 0x3C08, 0x3C0C, 0x3C10, 0x3C14, 0x3C38, 0x3C3C, 0x3C48, 0x4804, 0x4C04,
        0x6000, 0x6800, 0x6804, 0x8100, 0x8108, 0x8200, 0x8208, .. ModelMachine.Blocks,
    ];

    private static readonly uint[] s_telling = [0, 1, 2, 0x40_0000, 0x0403_0034, uint.MaxValue];

    private static readonly Gen<uint> s_offset
        = Gen.Frequency((6, Gen.Int[0, s_known.Length - 1].Select(static index => s_known[index])), (1, Gen.UInt[0, 0x10100]), (1, Gen.UInt));

    private static readonly Gen<uint> s_value
        = Gen.Frequency((3, Gen.UInt[0, 70]), (1, Gen.UInt), (1, Gen.Int[0, 5].Select(static index => s_telling[index])));

    private enum Step
    {
        WriteRegister,
        ReadRegister,
        WriteConfiguration,
        ReadConfiguration,
        Scribble,
        Send,
        Lend,
        Finish,
        Receive,
        Link,
        Time,
        Interrupt,
    }

    private static readonly Gen<(Step Step, uint Offset, uint Value, int Bytes)[]> s_steps
        = Gen.Select(Gen.Enum<Step>(), s_offset, s_value, Gen.Int[0, 9]).Array[0, 150];

    [Fact]
    public void NothingAGuestDoesMakesTheDeviceThrow() => s_steps.Sample(steps =>
    {
        using ModelMachine machine = ModelMachine.Running();
        foreach ((Step step, uint offset, uint value, int bytes) in steps)
            Do(machine, step, offset, value, bytes);
    }, iter: 2000, threads: 1);

    [Fact]
    public void WithoutBusMasteringNothingIsTouched() => s_steps.Sample(steps =>
    {
        using ModelMachine machine = ModelMachine.Running();
        machine.Device.WriteConfiguration(4, 2, 2);
        (int reads, int writes) = (machine.Memory.Reads, machine.Memory.Writes);
        foreach ((Step step, uint offset, uint value, int bytes) in steps)
        {
            if (step != Step.WriteConfiguration)
                Do(machine, step, offset, value, bytes);
            Assert.False(machine.Device.InterruptPending);
        }
        Assert.Equal((reads, writes, 0), (machine.Memory.Reads, machine.Memory.Writes, machine.Memory.Refused));
    }, iter: 500, threads: 1);

    [Fact]
    public void DescriptorsOfNoiseEndAndAreNeverWritten() => Gen.Byte.Array[64 * 16].Sample(noise =>
    {
        using ModelMachine machine = ModelMachine.Running();
        machine.Port.AtOnce = new TransmitResult(TransmitEnd.Sent);
        noise.CopyTo(machine.Memory.Descriptors);
        machine[ModelMachine.SendProducer] = 63;
        Assert.Equal(noise, machine.Memory.Descriptors[..(64 * 16)].ToArray());
        Assert.All(machine.Port.Offered, frame => Assert.InRange(frame.Length, 60, 1514));
        Assert.True(machine.Port.Offered.Count <= 63);
    }, iter: 300, threads: 1);

    [Fact]
    public void WhatAGuestDoesTheDeviceNeverReachesOutside() => s_steps.Sample(steps =>
    {
        using var memory = new GuestMemory(4);
        var watch = new WatchedBus(memory);
        var port = new TestPort();
        var device = new RingOS.Devices.Bcm5721.Bcm5721Device(1, watch, port);
        port.Tell = device.OnTransmitted;
        foreach ((Step _, uint offset, uint value, int bytes) in steps)
        {
            device.WriteRegister(0, offset, value, 4);
            device.WriteConfiguration(4, 6, 2);
            if (bytes == 0)
                device.OnReceived(Bcm5721Machine.FrameToUs(60));
        }
        Assert.True(watch.Longest <= 1514);
    }, iter: 200, threads: 1);

    private static void Do(ModelMachine machine, Step step, uint offset, uint value, int bytes)
    {
        switch (step)
        {
            case Step.WriteRegister:
                machine.Device.WriteRegister(value == 69 ? 1u : 0, offset, value, bytes is 0 or > 4 ? 4 : bytes);
                break;
            case Step.ReadRegister:
                machine.Device.ReadRegister(0, offset, bytes);
                break;
            case Step.WriteConfiguration:
                machine.Device.WriteConfiguration(offset & 0x1FF, value, bytes);
                break;
            case Step.ReadConfiguration:
                machine.Device.ReadConfiguration(offset, bytes);
                break;
            case Step.Scribble:
                machine.Memory.Descriptors[(int)(offset % GuestMemory.DmaLength)] = (byte)value;
                break;
            case Step.Send:
                machine.Send(value % 64, (int)(offset % 1600));
                break;
            case Step.Lend:
                machine.Lend(value % 64, ModelMachine.Buffers + offset % 200_000);
                break;
            default:
                FromOutside(machine, step, offset, value, bytes);
                break;
        }
    }

    private static void FromOutside(ModelMachine machine, Step step, uint offset, uint value, int bytes)
    {
        switch (step)
        {
            case Step.Finish:
                machine.Finish((TransmitEnd)(bytes % 3), (int)value, bytes > 5);
                break;
            case Step.Receive:
                machine.Device.OnReceived(new byte[offset % 1600]);
                machine.Device.OnReceived(Bcm5721Machine.FrameToUs(60));
                break;
            case Step.Link:
                machine.Device.SetLink(bytes % 2 == 0, bytes > 5 ? 10 : 100, value % 2 == 0);
                break;
            case Step.Time:
                machine.Device.AdvanceTo(offset);
                machine.Device.TryGetDeadline(out _);
                break;
            default:
                machine.Device.TakeInterrupt(out _, out _);
                break;
        }
    }

    private sealed class WatchedBus(GuestMemory memory) : IGuestBus
    {
        public int Longest { get; private set; }

        public bool TryRead(ulong address, Span<byte> bytes)
        {
            Longest = Math.Max(Longest, bytes.Length);
            return memory.TryRead(address, bytes);
        }

        public bool TryWrite(ulong address, ReadOnlySpan<byte> bytes)
        {
            Longest = Math.Max(Longest, bytes.Length);
            return memory.TryWrite(address, bytes);
        }
    }
}
