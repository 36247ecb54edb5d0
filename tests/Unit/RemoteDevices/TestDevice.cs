// The smallest PCI device: registers that keep what they are given. Back to: ScriptedQemu.cs
using System;
using System.Collections.Generic;
using RingOS.Devices.Pci;

namespace RingOS.Tests.Unit.RemoteDevices;

internal sealed class TestDevice() : PciDevice(new PciIdentity(0x1234, 0x5678, 0x088000, Revision: 3, WindowLength: 64 << 10))
{
    /// <summary>Who writes here has found a bug in the device.</summary>
    public const uint BadRegister = 0x666 * 4;

    public Dictionary<uint, uint> Registers { get; } = [];

    public int Resets { get; private set; }

    protected override void ResetDevice() => Resets++;

    protected override uint ReadRegister(uint offset) => Registers.GetValueOrDefault(offset);

    protected override void WriteRegister(uint offset, uint value)
        => Registers[offset] = offset == BadRegister ? throw new InvalidOperationException("a bug,\nin two lines") : value;

    protected override uint ReadDeviceConfiguration(uint offset) => 0;

    protected override void WriteDeviceConfiguration(uint offset, uint value)
    {
    }
}
