// A guest's only clock, from the device's side. Subject: tools/RingOS.RemoteDevices/SimulatedClockDevice.cs. Back to: ProxyLinkTests.cs
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using RingOS.Abi;
using RingOS.Devices.Pci;
using RingOS.RemoteDevices;
using Xunit;

namespace RingOS.Tests.Unit.RemoteDevices;

public sealed class SimulatedClockDeviceTests
{
    private const uint PageAddress = 0xFFFF_F000; // the last page below 4 GiB

    private readonly Bus _bus = new();
    private readonly SimulatedClockDevice _clock;
    private readonly List<ulong> _idle = [];

    public SimulatedClockDeviceTests() => _clock = new SimulatedClockDevice(_bus) { Idle = _idle.Add };

    [Fact]
    public void ThePageGetsTheTimeAtOnceAndWheneverItPasses()
    {
        Write(SimulatedClockProtocol.PageRegister, PageAddress);
        Assert.Equal(SimulatedClockProtocol.Beginning, _bus[PageAddress]);
        _clock.SetTime(7);
        Assert.Equal(7ul, _bus[PageAddress]);
    }

    [Fact]
    public void AHaltSaysUntilWhen()
    {
        Write(SimulatedClockProtocol.PageRegister, PageAddress);
        Halt(1234);
        Halt(ulong.MaxValue);
        Assert.Equal([1234ul, ulong.MaxValue], _idle);
    }

    [Fact]
    public void ARequestIsAnsweredOnce()
    {
        Write(SimulatedClockProtocol.PageRegister, PageAddress);
        Halt(1234);
        Halt(1234); // its NIC came first
        _clock.Wake();
        Halt(1234); // nothing new
        Halt(1300);
        Assert.Equal([1234ul, 1234, ulong.MaxValue, 1300], _idle);
        _clock.Reset();
        Write(SimulatedClockProtocol.PageRegister, PageAddress);
        Halt(1234);
        Assert.Equal(1234ul, _idle[^1]);
    }

    [Fact]
    public void WithoutAPageAHaltIsForEver()
    {
        Write(SimulatedClockProtocol.IdleRegister, 1);
        Write(SimulatedClockProtocol.PageRegister, 0xDEAD_0000); // not guest memory
        Write(SimulatedClockProtocol.IdleRegister, 1);
        _clock.SetTime(9);
        Assert.Equal([ulong.MaxValue, ulong.MaxValue], _idle);
    }

    [Fact]
    public void APageAtTheEndOfTheAddressesDoesNotReachTheBeginning()
    {
        _bus[0] = 55;
        Write(SimulatedClockProtocol.PageRegister, uint.MaxValue - 7);
        Write(SimulatedClockProtocol.IdleRegister, 1);
        Assert.Equal([ulong.MaxValue], _idle);
    }

    [Fact]
    public void ItInterruptsOnlyAGuestThatHasSwitchedThatOn()
    {
        _clock.Wake();
        Assert.False(_clock.TakeInterrupt(out _, out _));
        _clock.WriteConfiguration(0x04, 6, 2);
        _clock.WriteConfiguration(0x4C, 0xFEE0_0000, 4);
        _clock.WriteConfiguration(0x54, 0x41, 2);
        _clock.WriteConfiguration(0x4A, 1, 2);
        Assert.True(_clock.TakeInterrupt(out ulong address, out uint data));
        Assert.Equal((0xFEE0_0000ul, 0x41u), (address, data));
        Assert.False(_clock.TakeInterrupt(out _, out _));
    }

    private void Write(int register, uint value) => _clock.WriteRegister(0, (ulong)register, value, 4);

    private void Halt(ulong until)
    {
        _bus[PageAddress + 8] = until;
        Write(SimulatedClockProtocol.IdleRegister, 1);
    }

    // Words at 0 and in one page.
    private sealed class Bus : IGuestBus
    {
        private readonly Dictionary<ulong, ulong> _words = [];

        public ulong this[ulong address]
        {
            get => _words[address];
            set => _words[address] = value;
        }

        public bool TryRead(ulong address, Span<byte> bytes)
        {
            if (!_words.TryGetValue(address, out ulong word))
                return false;
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, word);
            return true;
        }

        public bool TryWrite(ulong address, ReadOnlySpan<byte> bytes)
        {
            bool isMemory = address - PageAddress < 4096;
            if (isMemory)
                _words[address] = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            return isMemory;
        }
    }
}
