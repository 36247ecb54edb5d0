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
    private const ulong RegistersLength = 128 << 10;
    private const ulong DmaLength = 16 << 10;

    private readonly Nucleus _nucleus;
    private readonly PciFunction _function;
    private readonly PhysicalAddress _registers;
    private readonly PhysicalAddress _dma;
    private readonly PhysicalAddress _packets;

    private NicHardware(Nucleus nucleus, PciFunction function)
    {
        _nucleus = nucleus;
        _function = function;
        _registers = new PhysicalAddress(function.MemoryWindow(0));
        _dma = nucleus.Memory.AllocateContiguous(DmaLength);
        _packets = nucleus.Memory.AllocateContiguous(PacketCount * PacketLayout.BufferSize);
        Line = nucleus.Interrupts.Line(function.InterruptLine);
        Packets = new PacketPool((nint)Visible(_packets), PacketCount);
        function.Enable();
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
    public NicGrant MintKernelGrant(Hardware.Clock clock)
        => new(
            new MappedMmioRegion((nint)_nucleus.Memory.MapDevice(_registers.Value, RegistersLength), (uint)RegistersLength),
            new DmaRegion((nint)Visible(_dma), new DeviceAddress(_dma.Value), (int)DmaLength),
            new PacketWindow(new DeviceAddress(_packets.Value), PacketCount),
            clock);

    /// <summary>The grant of a driver service: it sees registers and descriptors, and of packets only their addresses on the bus.</summary>
    public ServiceGrant MintDriverGrant(EventRingPages events) => new()
    {
        Registers = _registers,
        RegistersLength = RegistersLength,
        Dma = _dma,
        DmaDevice = new DeviceAddress(_dma.Value),
        DmaLength = DmaLength,
        PacketsDevice = new DeviceAddress(_packets.Value),
        PacketCount = PacketCount,
        EventRingProducerPage = events.Producer,
        EventRingConsumerPage = events.Consumer,
        EventRingSide = EventRingSide.Producer,
    };

    /// <summary>The grant of a network service: packets with their content, and the other end of the event ring.</summary>
    public ServiceGrant MintStackGrant(EventRingPages events) => new()
    {
        Packets = _packets,
        PacketCount = PacketCount,
        ArePacketsVisible = true,
        EventRingProducerPage = events.Producer,
        EventRingConsumerPage = events.Consumer,
        EventRingSide = EventRingSide.Consumer,
    };

    public EventRingPages CreateEventRing() => new(_nucleus.Memory);

    /// <summary>The driver is dead or silent: no interrupt and no access to memory comes from its device any more.</summary>
    public void Quiesce()
    {
        Line.Mask();
        _function.Quiesce();
    }

    private ulong Visible(PhysicalAddress address) => _nucleus.Memory.Physical.VirtualOf(address).Value;
}
