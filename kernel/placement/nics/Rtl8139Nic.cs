// nic=rtl8139: Realtek's RTL8139. Driver: drivers/nic/rtl8139; service: drivers/hosts/Service/rtl8139. Back to: NicTable.cs
using System;
using RingOS.Drivers.Rtl8139;
using RingOS.Hardware;

namespace RingOS.Kernel.Placement.Nics;

/// <summary>QEMU's "rtl8139": the same registers behind ports and in memory.</summary>
public sealed class Rtl8139Nic : NicKind
{
    private const uint WindowLength = 256;
    private const uint Command = 0x37; // CR, datasheet 5.7
    private const byte DeviceReset = 1 << 4; // CR.RST

    public override ReadOnlySpan<byte> Name => "rtl8139"u8;

    public override uint Identity => 0x8139_10EC;

    public override NicWindow Memory => new(1, WindowLength);

    public override NicWindow Ports => new(0, WindowLength);

    public override int DescriptorMemory => Rtl8139Controller.DescriptorMemory;

    /// <summary>Frames arrive in one ring that the device fills, and leave from addresses that are multiples of 4.</summary>
    public override bool NeedsCopies => true;

    public override bool CanModerate => false;

    public override void Reset(RegisterWindow registers) => registers.Write8(Command, DeviceReset);

    public override INicDriver CreateDriver(NicGrant grant, INicEvents events) => new Rtl8139Controller(grant, events);
}
