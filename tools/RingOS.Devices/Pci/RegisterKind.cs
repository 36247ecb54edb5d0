// What an access to a register does besides moving a word. Next: PciConfiguration.cs
namespace RingOS.Devices.Pci;

/// <summary>For whoever brings accesses to a device: which of them can wait.</summary>
public enum RegisterKind
{
    /// <summary>A store may change what is read next, here or elsewhere. A load changes nothing.</summary>
    Ordinary,

    /// <summary>A store changes nothing that a guest can read before it stands still again: a mailbox.</summary>
    Posted,

    /// <summary>A load leaves 0 behind.</summary>
    ClearedByLoad,

    /// <summary>With a store the guest says that it stands still.</summary>
    Halts,
}
