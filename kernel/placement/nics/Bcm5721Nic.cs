// nic=bcm5721: Broadcom's BCM5721. Driver: drivers/nic/bcm5721; service: drivers/hosts/Service/bcm5721; the device itself:
// tools/RingOS.Devices/Bcm5721, plugged into QEMU by ringos hub. Back to: NicTable.cs
using System;
using RingOS.Drivers.Bcm5721;
using RingOS.Hardware;

namespace RingOS.Kernel.Placement.Nics;

/// <summary>The NIC of the question that RingOS began with.</summary>
public sealed class Bcm5721Nic : NicKind
{
    private const uint MiscellaneousConfiguration = 0x6804; // GRC_MISC_CFG
    private const uint CoreReset = 1 << 0;

    public override ReadOnlySpan<byte> Name => "bcm5721"u8;

    public override uint Identity => 0x1659_14E4;

    public override NicWindow Memory => new(0, 64 << 10);

    public override int DescriptorMemory => Bcm5721Controller.DmaLength;

    public override bool InterruptsByMessage => true;

    public override void Reset(RegisterWindow registers) => registers.Write32(MiscellaneousConfiguration, CoreReset);

    public override INicDriver CreateDriver(NicGrant grant, INicEvents events) => new Bcm5721Controller(grant, events);
}
