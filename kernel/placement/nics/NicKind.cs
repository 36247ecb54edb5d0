// A kind of NIC as the kernel must know it: how to find it, what its driver needs, how to reset it without its driver. One file for each:
// E1000Nic.cs, E1000eNic.cs, Rtl8139Nic.cs. Next: NicTable.cs
using System;
using RingOS.Hardware;

namespace RingOS.Kernel.Placement.Nics;

/// <summary>All that differs between NICs outside their drivers.</summary>
public abstract class NicKind
{
    /// <summary>The word of <c>nic=</c>. The driver's service in the boot archive is "service/nic-" and this.</summary>
    public abstract ReadOnlySpan<byte> Name { get; }

    /// <summary>PCI device in bits 31:16, vendor in bits 15:0.</summary>
    public abstract uint Identity { get; }

    /// <summary>Where its registers lie in memory.</summary>
    public abstract NicWindow Memory { get; }

    /// <summary>Where the same registers lie behind ports, for <c>io=port</c>; none with most.</summary>
    public virtual NicWindow Ports => default;

    /// <summary>Bytes of memory that its driver and the device share.</summary>
    public abstract int DescriptorMemory { get; }

    /// <summary>It cannot put frames where they belong: its driver is granted a <see cref="PacketCopier"/>, and so sees the packet pool.</summary>
    public virtual bool NeedsCopies => false;

    /// <summary>It knows how to hold interrupts back, for <c>interrupts=moderated</c>.</summary>
    public virtual bool CanModerate => true;

    /// <summary>The fault injector knows how to break its driver: drivers/hosts/Faulty.</summary>
    public virtual bool TakesFaults => false;

    /// <summary>It interrupts by message and not by a line.</summary>
    public virtual bool InterruptsByMessage => false;

    /// <summary>Its driver is gone: the device is to forget what it was told.</summary>
    public abstract void Reset(RegisterWindow registers);

    /// <summary>A driver in the kernel's own image, not started.</summary>
    public abstract INicDriver CreateDriver(NicGrant grant, INicEvents events);

    public bool IsNamed(ReadOnlySpan<byte> word) => word.SequenceEqual(Name);
}

/// <summary>A window of a PCI device; a length of 0 is none.</summary>
/// <param name="baseAddress">Its number among the base address registers, 0 to 5.</param>
/// <param name="length">Bytes.</param>
public readonly struct NicWindow(int baseAddress, uint length)
{
    public int BaseAddress { get; } = baseAddress;

    public uint Length { get; } = length;
}
