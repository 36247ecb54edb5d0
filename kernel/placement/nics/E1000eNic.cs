// nic=e1000e: Intel's 82574L. Driver: drivers/nic/e1000e; service: drivers/hosts/Service/e1000e. Back to: NicTable.cs
using System;
using RingOS.Drivers.E1000e;
using RingOS.Hardware;

namespace RingOS.Kernel.Placement.Nics;

/// <summary>QEMU's "e1000e".</summary>
public sealed class E1000eNic : NicKind
{
    private const uint DeviceControl = 0; // CTRL, 82574 datasheet 10.2.2
    private const uint DeviceReset = 1 << 26; // CTRL.RST

    public override ReadOnlySpan<byte> Name => "e1000e"u8;

    public override uint Identity => 0x10D3_8086;

    public override NicWindow Memory => new(0, 128 << 10);

    public override int DescriptorMemory => E1000eController.DescriptorMemory;

    public override bool InterruptsByMessage => true;

    public override bool TakesFaults => true;

    /// <summary>Not every model resets everything (that of QEMU 7.2 does not), so the next driver does it again.</summary>
    public override void Reset(RegisterWindow registers) => registers.Write32(DeviceControl, DeviceReset);

    public override INicDriver CreateDriver(NicGrant grant, INicEvents events) => new E1000eController(grant, events);
}
