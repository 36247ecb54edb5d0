// nic=e1000: Intel's 82540EM. Driver: drivers/nic/e1000; service: drivers/hosts/Service/e1000. Back to: NicTable.cs
using System;
using RingOS.Drivers.E1000;
using RingOS.Hardware;

namespace RingOS.Kernel.Placement.Nics;

/// <summary>QEMU's "e1000".</summary>
public sealed class E1000Nic : NicKind
{
    private const uint DeviceControl = 0; // CTRL, 82540EM manual 13.4.1
    private const uint DeviceReset = 1 << 26; // CTRL.RST

    public override ReadOnlySpan<byte> Name => "e1000"u8;

    public override uint Identity => 0x100E_8086;

    public override NicWindow Memory => new(0, 128 << 10);

    public override int DescriptorMemory => E1000Controller.DescriptorMemory;

    /// <summary>Not every model resets on command (QEMU's ignores it), so the next driver does it again.</summary>
    public override void Reset(RegisterWindow registers) => registers.Write32(DeviceControl, DeviceReset);

    public override INicDriver CreateDriver(NicGrant grant, INicEvents events) => new E1000Controller(grant, events);
}
