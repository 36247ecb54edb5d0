// The NIC as the kernel finds it, and all memory that it may share: what grants are minted from. Next: monolithic/MonolithicPlacement.cs
using RingOS.Abi;
using RingOS.Hardware;
using RingOS.Kernel.Arch.X64;
using RingOS.Kernel.Interrupts;
using RingOS.Kernel.Loader;
using RingOS.Kernel.Memory;

namespace RingOS.Kernel.Placement;

/// <summary>One NIC: its PCI function, register window, descriptor memory, packet pool and interrupt line.</summary>
public sealed class NicHardware
{
    public const int PacketCount = 256;

    private const uint Identity82540Em = 0x100E_8086;
    private const uint DeviceControl = 0; // CTRL, 82540EM manual 13.4.1
    private const uint DeviceReset = 1 << 26; // CTRL.RST
    private const ulong RegistersLength = 128 << 10;
    private const ulong DmaLength = 16 << 10;

    private readonly Nucleus _nucleus;
    private readonly PciFunction _function;
    private readonly PhysicalAddress _registers;
    private readonly PhysicalAddress _dma;
    private readonly PhysicalAddress _packets;
    private readonly MappedMmioRegion _visibleRegisters;

    private NicHardware(Nucleus nucleus, PciFunction function)
    {
        _nucleus = nucleus;
        _function = function;
        _registers = new PhysicalAddress(function.MemoryWindow(0));
        _dma = nucleus.Memory.AllocateContiguous(DmaLength);
        _packets = nucleus.Memory.AllocateContiguous(PacketCount * PacketLayout.BufferSize);
        Line = nucleus.Interrupts.Line(function.InterruptLine);
        Packets = new PacketPool((nint)Visible(_packets), PacketCount);
        _visibleRegisters = new MappedMmioRegion((nint)nucleus.Memory.MapDevice(_registers.Value, RegistersLength), (uint)RegistersLength);
    }

    public InterruptLine Line { get; }

    /// <summary>The packet pool as the kernel sees it.</summary>
    public PacketPool Packets { get; }

    /// <summary>The first e1000 of the machine, or null.</summary>
    public static NicHardware? Find(Nucleus nucleus)
    {
        PciFunction? function = PciFunction.Find(Identity82540Em);
        return function is null ? null : new NicHardware(nucleus, function);
    }

    /// <summary>The grant of a driver in the kernel's own domain.</summary>
    public NicGrant MintKernelGrant(Hardware.Clock clock, Dials dials)
        => new(
            _visibleRegisters,
            new DmaRegion((nint)Visible(_dma), new DeviceAddress(_dma.Value), (int)DmaLength),
            new PacketWindow(new DeviceAddress(_packets.Value), PacketCount),
            clock)
        {
            Interrupts = dials.Interrupts,
        };

    /// <summary>The grant of a driver service: it sees registers and descriptors, and of packets only their addresses on the bus.</summary>
    public ServiceGrant MintDriverGrant(RingPages events, RingPages requests, Dials dials) => new()
    {
        Registers = _registers,
        RegistersLength = RegistersLength,
        Dma = _dma,
        DmaDevice = new DeviceAddress(_dma.Value),
        DmaLength = DmaLength,
        PacketsDevice = new DeviceAddress(_packets.Value),
        PacketCount = PacketCount,
        EventRing = events.Producer,
        RequestRing = requests.Producer,
        Side = RingSide.Driver,
        Interrupts = dials.Interrupts,
    };

    /// <summary>The grant of a network service: packets with their content, and the other ends of the rings.</summary>
    public ServiceGrant MintStackGrant(RingPages events, RingPages requests) => new()
    {
        Packets = _packets,
        PacketCount = PacketCount,
        ArePacketsVisible = true,
        EventRing = events.Producer,
        RequestRing = requests.Producer,
        Side = RingSide.Stack,
    };

    /// <summary>The driver is dead or silent: no interrupt and no access to memory comes from its device any more.</summary>
    public void Quiesce()
    {
        Line.Mask();
        _function.Quiesce();
    }

    /// <summary>The device may reach memory: a driver is about to start.</summary>
    public void Enable() => _function.Enable();

    /// <summary>
    /// After <see cref="Quiesce"/>: the device forgets what it was told. Not every model resets on command (QEMU's ignores it), so the
    /// next driver does it again. Descriptor memory is nobody's any more and cleared.
    /// </summary>
    public void Reset()
    {
        _visibleRegisters.Write(DeviceControl, DeviceReset);
        for (ulong offset = 0; offset < DmaLength; offset += Page.Size)
            _nucleus.Memory.Physical.ClearFrame(_dma.Plus(offset));
    }

    private ulong Visible(PhysicalAddress address) => _nucleus.Memory.Physical.VirtualOf(address).Value;
}
