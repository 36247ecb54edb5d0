// The NIC as the kernel finds it, and all memory that it may share: what grants are minted from. Next: nics/NicKind.cs
using RingOS.Abi;
using RingOS.Hardware;
using RingOS.Kernel.Arch.X64;
using RingOS.Kernel.Interrupts;
using RingOS.Kernel.Loader;
using RingOS.Kernel.Memory;
using RingOS.Kernel.Placement.Nics;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Placement;

/// <summary>One NIC: its PCI function, register window, descriptor memory, packet pool and interrupt line.</summary>
public sealed class NicHardware
{
    public const int PacketCount = 256;

    private readonly Nucleus _nucleus;
    private readonly PciFunction _function;
    private readonly PhysicalAddress _registers; // if they are in memory
    private readonly PhysicalAddress _dma;
    private readonly ulong _dmaLength;
    private readonly PhysicalAddress _packets;
    private readonly RegisterWindow _visibleRegisters;
    private readonly DeviceClock _clock;

    private NicHardware(Nucleus nucleus, NicKind kind, PciFunction function, bool usesPorts)
    {
        _nucleus = nucleus;
        Kind = kind;
        _clock = new DeviceClock(nucleus.Processor);
        _function = function;
        _dmaLength = Page.RoundUp((ulong)kind.DescriptorMemory);
        _dma = nucleus.Memory.AllocateContiguous(_dmaLength);
        _packets = nucleus.Memory.AllocateContiguous(PacketCount * PacketLayout.BufferSize);
        Line = kind.InterruptsByMessage && function.UseMessage(MessageLine.Vector)
            ? nucleus.Interrupts.Message
            : nucleus.Interrupts.Line(function.InterruptLine);
        Packets = new PacketPool((nint)Visible(_packets), PacketCount);
        if (usesPorts)
        {
            FirstPort = function.PortWindow(kind.Ports.BaseAddress);
            PortCount = kind.Ports.Length;
            _visibleRegisters = new PortRegion(new KernelPorts(), (ushort)FirstPort, PortCount);
        }
        else
        {
            _registers = new PhysicalAddress(function.MemoryWindow(kind.Memory.BaseAddress));
            nint visible = (nint)nucleus.Memory.MapDevice(_registers.Value, kind.Memory.Length);
            _visibleRegisters = new MappedMmioRegion(visible, kind.Memory.Length);
        }
    }

    public NicKind Kind { get; }

    public InterruptLine Line { get; }

    /// <summary>The ports that take the place of registers in memory, and how many; 0 if none do.</summary>
    public uint FirstPort { get; }

    public uint PortCount { get; }

    /// <summary>The packet pool as the kernel sees it.</summary>
    public PacketPool Packets { get; }

    /// <summary>The first NIC of this kind in the machine, or null.</summary>
    public static NicHardware? Find(Nucleus nucleus, NicKind kind, bool usesPorts)
    {
        PciFunction? function = nucleus.Bus.Find(kind.Identity);
        return function is null ? null : new NicHardware(nucleus, kind, function, usesPorts);
    }

    /// <summary>The grant of a driver in the kernel's own domain.</summary>
    public NicGrant MintKernelGrant(Dials dials)
        => new(
            _visibleRegisters,
            new DmaRegion((nint)Visible(_dma), new DeviceAddress(_dma.Value), (int)_dmaLength),
            new PacketWindow(new DeviceAddress(_packets.Value), PacketCount),
            _clock)
        {
            Interrupts = dials.Interrupts,
            Copier = Kind.NeedsCopies ? Packets.CreateCopier() : null,
        };

    /// <summary>
    /// The grant of a driver service: it sees registers and descriptors, and of packets only their addresses on the bus, unless its NIC
    /// needs copies.
    /// </summary>
    public ServiceGrant MintDriverGrant(RingPages events, RingPages requests, Dials dials) => new()
    {
        Registers = _registers,
        RegistersLength = PortCount != 0 ? 0 : Page.RoundUp(Kind.Memory.Length), // firmware gives a window whole pages, even a small one
        FirstPort = FirstPort,
        PortCount = PortCount,
        Dma = _dma,
        DmaDevice = new DeviceAddress(_dma.Value),
        DmaLength = _dmaLength,
        Packets = _packets,
        ArePacketsVisible = Kind.NeedsCopies,
        PacketsDevice = new DeviceAddress(_packets.Value),
        PacketCount = PacketCount,
        EventRing = events.Producer,
        RequestRing = requests.Producer,
        Side = RingSide.Driver,
        Interrupts = dials.Interrupts,
        Syscalls = ServiceConsole.Extend(_nucleus, SyscallSet.Driver),
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
        Syscalls = ServiceConsole.Extend(_nucleus, SyscallSet.NetworkService),
    };

    /// <summary>The driver is dead or silent: no interrupt and no access to memory comes from its device any more.</summary>
    public void Quiesce()
    {
        Line.Mask();
        _function.Quiesce();
    }

    /// <summary>The device may reach memory: a driver is about to start.</summary>
    public void Enable() => _function.Enable();

    /// <summary>After <see cref="Quiesce"/>: the device forgets what it was told. Descriptor memory is nobody's any more and cleared.</summary>
    public void Reset()
    {
        Kind.Reset(_visibleRegisters);
        for (ulong offset = 0; offset < _dmaLength; offset += Page.Size)
            _nucleus.Memory.Physical.ClearFrame(_dma.Plus(offset));
    }

    private ulong Visible(PhysicalAddress address) => _nucleus.Memory.Physical.VirtualOf(address).Value;
}
