// The smallest PCI device: registers that keep what they are given, and one of each kind. Back to: RemoteBusTests.cs
using System;
using System.Collections.Generic;
using RingOS.Devices.Pci;

namespace RingOS.Tests.Unit.RemoteDevices;

internal sealed class TestDevice() : PciDevice(new PciIdentity(0x1234, 0x5678, 0x088000, Revision: 3, WindowLength: 64 << 10))
{
    public const uint Halt = 0x110;
    public const uint Mailbox = 0x304;
    public const uint Doubled = 0x400; // a store puts the double into the next register
    public const uint Counter = 0x808;

    public Dictionary<uint, uint> Registers { get; } = new() { [Counter] = 7 };

    /// <summary>What was done to registers, in order.</summary>
    public List<string> Log { get; } = [];

    public override RegisterKind KindOf(uint offset) => offset switch
    {
        Halt => RegisterKind.Halts,
        Mailbox => RegisterKind.Posted,
        Counter => RegisterKind.ClearedByLoad,
        _ => RegisterKind.Ordinary,
    };

    protected override void ResetDevice() => Registers.Clear();

    protected override uint ReadRegister(uint offset)
    {
        Log.Add($"load {offset:x}");
        uint value = Registers.GetValueOrDefault(offset);
        if (offset == Counter)
            Registers[offset] = 0;
        return value;
    }

    protected override void WriteRegister(uint offset, uint value)
    {
        Log.Add($"store {offset:x} {value:x}");
        Registers[offset] = value;
        if (offset == Doubled)
            Registers[offset + 4] = 2 * value;
    }

    protected override void ShowRegisters(Span<uint> registers, bool isAll)
    {
        registers[64..].Clear();
        foreach ((uint offset, uint value) in Registers)
            registers[(int)(offset / sizeof(uint))] = value;
    }

    protected override uint ReadDeviceConfiguration(uint offset) => 0;

    protected override void WriteDeviceConfiguration(uint offset, uint value)
    {
    }
}
