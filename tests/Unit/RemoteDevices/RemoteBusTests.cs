// Devices behind a window of shared memory, as a machine finds them. Subject: tools/RingOS.RemoteDevices/RemoteBus.cs. Next: MachineTurnTests.cs
using System;
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using RingOS.Abi;
using RingOS.Instrument;
using RingOS.RemoteDevices;
using Xunit;

namespace RingOS.Tests.Unit.RemoteDevices;

public sealed class RemoteBusTests : IDisposable
{
    private const uint Slot = RemoteBusProtocol.FunctionLength; // of device 0; configuration spaces come first
    private const uint OtherConfiguration = RemoteBusProtocol.ConfigurationLength;

    private readonly TestDevice _device = new();
    private readonly TestDevice _other = new();
    private readonly RemoteBus _bus;

    public RemoteBusTests() => _bus = new RemoteBus(_device, _other);

    public void Dispose() => _bus.Dispose();

    [Fact]
    public void EveryDeviceHasAConfigurationSpaceAndASlot()
    {
        Assert.Equal((0x5678_1234u, 0x5678_1234u, 0u), (Word(0), Word(OtherConfiguration), Word(2 * OtherConfiguration)));
        Store(OtherConfiguration + 0x10, uint.MaxValue);
        Assert.Equal((4u, 0xFFFF_0004u), (Word(0x10), Word(OtherConfiguration + 0x10)));
        Store(OtherConfiguration + 0x10, 0xFEB0_0000);
        Store(OtherConfiguration + 0x04, 2, bytes: 2);
        Store((2 * Slot) + 0x500, 0x1234);
        Assert.Equal((0xFEB0_0000ul, 0x1234u, 0u), (_other.WindowAddress, Word((2 * Slot) + 0x500), Word(Slot + 0x500)));
        Assert.Empty(_device.Log);
    }

    [Fact]
    public void ADeviceThatIsSwitchedOffDoesNotAnswer()
    {
        Store(Slot + 0x500, 7);
        Assert.Empty(_device.Log);
        Assert.Equal(0u, Word(Slot + 0x500)); // what the store left in the window is gone
        Store(0x04, 2, bytes: 2);
        Store(Slot + 0x500, 7);
        Assert.Equal((7u, "store 500 7"), (Word(Slot + 0x500), _device.Log.Single()));
    }

    [Fact]
    public void AccessesAreDoneInOrderWithTheirEffects()
    {
        Store(0x04, 2, bytes: 2);
        Assert.Equal(7u, Word(Slot + TestDevice.Counter));
        _bus.Perform([Row(Slot + TestDevice.Doubled, 3), Row(Slot + TestDevice.Counter, 0, isLoad: 1), Row(Slot + TestDevice.Mailbox, 9)]);
        _bus.Show(isAll: false);
        Assert.Equal(["store 400 3", "load 808", "store 304 9"], _device.Log);
        Assert.Equal((6u, 0u, 9u), (Word(Slot + TestDevice.Doubled + 4), Word(Slot + TestDevice.Counter), Word(Slot + TestDevice.Mailbox)));
    }

    [Fact]
    public void WhatAccessesDoIsToldForEveryWord()
    {
        RegisterEffect[] effects = _bus.Effects;
        Assert.Equal(RemoteBusProtocol.WindowLength / 4, effects.Length);
        foreach (uint slot in new[] { Slot, 2 * Slot })
        {
            Assert.Equal(RegisterEffect.Halts, effects[(slot + TestDevice.Halt) / 4]);
            Assert.Equal(RegisterEffect.Posted, effects[(slot + TestDevice.Mailbox) / 4]);
            Assert.Equal(RegisterEffect.ClearedByLoad, effects[(slot + TestDevice.Counter) / 4]);
        }
        Assert.Equal(6, effects.Count(static effect => effect != RegisterEffect.Immediate));
    }

    [Fact]
    public void NothingThatAMachineWritesMakesItThrow()
        => Gen.Select(Gen.OneOf(Gen.UInt, Gen.UInt[0, RemoteBusProtocol.WindowLength + 8]), Gen.UInt, Gen.OneOf(Gen.UInt, Gen.UInt[0, 9]), Gen.UInt[0, 2])
            .Array[1, 50].Sample(accesses =>
            {
                _bus.Perform([.. accesses.Select(static access => new AccessRow { Offset = access.Item1, Value = access.Item2, Bytes = access.Item3, IsLoad = access.Item4 })]);
                _bus.Show(isAll: true);
                Assert.Equal((0x5678_1234u, 0x5678_1234u), (Word(0), Word(OtherConfiguration)));
            }, iter: 300, threads: 1);

    [Fact]
    public void ThereIsRoomForThreeDevices()
    {
        using RemoteBus full = new(new TestDevice(), new TestDevice(), new TestDevice());
        Assert.Throws<ArgumentException>(() => new RemoteBus(new List<TestDevice> { new(), new(), new(), new() }));
    }

    private static AccessRow Row(uint offset, uint value, uint bytes = 4, uint isLoad = 0)
        => new() { Offset = offset, Value = value, Bytes = bytes, IsLoad = isLoad };

    private uint Word(uint offset) => _bus.Window[(int)(offset / sizeof(uint))];

    // As a machine's: the word is in memory before anybody hears of it.
    private void Store(uint offset, uint value, uint bytes = 4)
    {
        _bus.Window[(int)(offset / sizeof(uint))] = value;
        _bus.Perform([Row(offset, value, bytes)]);
        _bus.Show(isAll: true);
    }
}
