// The kernel's parts, made once at boot and handed to whoever needs them. Next: KernelEntry.cs
using RingOS.Kernel.Arch.X64;
using RingOS.Kernel.Boot;
using RingOS.Kernel.Devices;
using RingOS.Kernel.Diagnostics;
using RingOS.Kernel.Interrupts;
using RingOS.Kernel.Loader;
using RingOS.Kernel.Memory;
using RingOS.Kernel.Sockets;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel;

/// <summary>Everything that is there once.</summary>
public sealed class Nucleus
{
    public required CommandLine CommandLine { get; init; }

    public required KernelMemory Memory { get; init; }

    public required KernelCounters Counters { get; init; }

    public required ThreadPool Threads { get; init; }

    public required Processor Processor { get; init; }

    public required Scheduler Scheduler { get; init; }

    public required InterruptDispatcher Interrupts { get; init; }

    public required DescriptorTables DescriptorTables { get; init; }

    /// <summary>Null where the kit cannot tell.</summary>
    public IKernelHeap? Heap { get; init; }

    public required WallClock Clock { get; init; }

    public required Log Log { get; init; }

    public required BootArchive Archive { get; init; }

    public required UserMemory UserMemory { get; init; }

    public required ProcessTable Processes { get; init; }

    public required DeviceTable Devices { get; init; }

    public required PciBus Bus { get; init; }

    /// <summary>The network stack, once a placement has provided one.</summary>
    public SocketPool? Sockets { get; set; }
}
