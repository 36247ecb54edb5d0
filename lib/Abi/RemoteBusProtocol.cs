// A PCI bus whose devices live outside the machine, behind a window of memory. Back to: BootProtocol.cs
namespace RingOS.Abi;

/// <summary>
/// The window is a base address of one function on the first bus, the carrier. It begins with the configuration spaces of the functions on
/// the remote bus, laid out as PCI Express lays out its own (ECAM); behind them lie their register windows, a slot for each. Whoever finds the
/// carrier gives each function the address of its slot, as firmware does on a bus that it knows.
/// </summary>
public static class RemoteBusProtocol
{
    /// <summary>The carrier: QEMU's ivshmem, memory that the machine shares with other processes. QEMU, docs/specs/ivshmem-spec.</summary>
    public const uint CarrierIdentity = 0x1110_1AF4;

    /// <summary>Which of the carrier's base address registers is the window's.</summary>
    public const int CarrierBaseAddress = 2;

    /// <summary>Bytes of the window: a power of two.</summary>
    public const int WindowLength = 256 << 10;

    /// <summary>Bytes from one configuration space to the next. PCI Express 3.0, 7.2.2.</summary>
    public const uint ConfigurationLength = 4096;

    /// <summary>Bytes of a slot. That of function n begins at (n + 1) times this; configuration spaces come first.</summary>
    public const uint FunctionLength = 64 << 10;

    public const int MostFunctions = 3;
}
