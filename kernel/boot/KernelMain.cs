// The kernel's table of contents: what is brought up, in order. Next: ../Nucleus.cs
using System;
using RingOS.Abi;
using RingOS.Kernel.Arch.X64;
using RingOS.Kernel.Devices;
using RingOS.Kernel.Diagnostics;
using RingOS.Kernel.Interrupts;
using RingOS.Kernel.Loader;
using RingOS.Kernel.Memory;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Boot;

/// <summary>Puts drivers and the network stack where the command line wants them. Implemented outside the kernel proper.</summary>
public interface IPlacer
{
    /// <summary>Starts the services of the placement and sets <see cref="Nucleus.Sockets"/>; false after reporting why it cannot.</summary>
    bool Place(Nucleus nucleus);
}

/// <summary>From a booted processor to the first program.</summary>
public static class KernelMain
{
    private const int ThreadCount = 24;
    private const int BootThread = 0;
    private const ulong KernelStackLength = 16 << 10;
    private const ulong LocalApicLength = 4096;

    /// <summary>Never returns. <see cref="Cpu.Attach"/> has been called, and the caller's stack is that of the first thread.</summary>
    /// <param name="boot">How the machine was booted.</param>
    /// <param name="placer">Where driver and stack go; null for a kernel without a network.</param>
    public static void Run(BootInfo boot, IPlacer? placer)
    {
        SerialPort.Initialize(); //                             a voice
        CommandLine line = new(CommandLineOf(boot)); //         what is asked for
        ProcessorWalls walls = ProcessorWalls.Read(line);
        Cpu.EnableFeatures(walls.ExecutionPrevention, walls.AccessPrevention); // SMEP, SMAP, syscall
        KernelMemory memory = new(boot); //                     frames and page tables
        memory.MapKernel(); //                                  W^X
        DescriptorTables tables = LoadDescriptorTables(memory); // segments, gates, task state
        Cpu.SetHandlers(); //                                   the ways in
        InterruptController controller = new();
        controller.Start(); //                                  device interrupts, all masked
        LocalTimer timer = new(memory.MapDevice(LocalTimer.PhysicalBase, LocalApicLength));
        timer.Start();
        Calibration rates = Calibration.Measure(controller, timer);
        Nucleus nucleus = Assemble(boot, line, memory, tables, controller, timer, rates);
        KernelEntry.Open(nucleus); //                           from here on programs may run
        Report(nucleus, boot);
        RequireSense(nucleus, walls);
        if (placer is not null && !placer.Place(nucleus)) //    driver and network stack
            Shutdown.Now(GuestExit.BootFailed);
        FirstProgram.Start(nucleus); //                         the program of the command line
        nucleus.Scheduler.EndCurrent(); //                      booting is over
    }

    private static DescriptorTables LoadDescriptorTables(KernelMemory memory)
    {
        DescriptorTables tables = new(memory.AllocatePages(DescriptorTables.Pages * Page.Size, ProtectionKeys.ReadOnly));
        tables.Build(memory.AllocateEntryStack(KernelStackLength), memory.AllocateEntryStack(KernelStackLength));
        tables.Load();
        return tables;
    }

    private static Nucleus Assemble(
        BootInfo boot, CommandLine line, KernelMemory memory, DescriptorTables tables, InterruptController controller, LocalTimer timer,
        Calibration rates)
    {
        KernelCounters counters = new();
        PciBus bus = new();
        SimulatedClock? simulated = FindSimulatedClock(line, memory, bus, timer);
        X64Processor processor = new(timer, rates, simulated);
        counters.Processor = processor;
        WallClock clock = new(RealTimeClock.ReadNanoseconds(), processor);
        Log log = new(clock);
        BootArchive archive = new(new MemoryBytes(memory.Physical.VirtualOf(boot.Archive.Start), boot.Archive.Length));
        if (archive.Open(KernelSymbols, out ByteSource? symbols) == Status.Ok)
            KernelPanic.UseSymbols(new SymbolTable(symbols!));
        ThreadPool threads = CreateThreads(memory);
        Thread idle = CreateThread(memory, ThreadCount);
        Scheduler scheduler = new(processor, counters, threads, threads[BootThread], idle);
        X64Processor.PrepareKernelThread(idle);
        UserMemory userMemory = new(counters);
        return new Nucleus
        {
            CommandLine = line,
            Memory = memory,
            Heap = boot.Heap,
            Counters = counters,
            Threads = threads,
            Processor = processor,
            Scheduler = scheduler,
            DescriptorTables = tables,
            Interrupts = new InterruptDispatcher(controller, timer, scheduler, counters),
            Clock = clock,
            Log = log,
            Archive = archive,
            UserMemory = userMemory,
            Processes = new ProcessTable(memory, archive, threads, scheduler, clock, log),
            Devices = new DeviceTable(archive, userMemory, counters),
            Bus = bus,
        };
    }

    // Who starts QEMU may say what the boot loader of an image cannot know.
    private static byte[] CommandLineOf(BootInfo boot)
        => new FirmwareConfiguration(new KernelPorts()).Read(BootProtocol.CommandLineItem) ?? boot.CommandLine;

    // clock=simulated: without it time is the time-stamp counter's. A machine with such a clock has its devices on a remote bus.
    private static SimulatedClock? FindSimulatedClock(CommandLine line, KernelMemory memory, PciBus bus, LocalTimer localApic)
    {
        if (!line.Value("clock"u8).SequenceEqual("simulated"u8))
            return null;
        if (bus.FindCarrier() is { } carrier)
            AddRemoteBus(bus, carrier, memory);
        PciFunction? function = bus.Find(SimulatedClockProtocol.Identity);
        if (function is null || !function.UseMessage(SimulatedClock.Vector))
            KernelPanic.Fail("clock=simulated, but the machine has no simulated clock: such machines are started by ringos hub");
        function!.Enable();
        return new SimulatedClock(memory.MapDevice(function.MemoryWindow(0), SimulatedClockProtocol.WindowLength), localApic);
    }

    private static void AddRemoteBus(PciBus bus, PciFunction carrier, KernelMemory memory)
    {
        carrier.Enable();
        ulong window = carrier.MemoryWindow(RemoteBusProtocol.CarrierBaseAddress);
        bus.AddRemote(memory.MapDevice(window, PciBus.RemoteLength), window);
    }

    private static ReadOnlySpan<byte> KernelSymbols => "kernel.symbols"u8; // BootProtocol.KernelSymbolsFile

    private static ThreadPool CreateThreads(KernelMemory memory)
    {
        Thread[] threads = new Thread[ThreadCount];
        for (int slot = 0; slot < ThreadCount; slot++)
            threads[slot] = CreateThread(memory, slot);
        return new ThreadPool(threads);
    }

    private static Thread CreateThread(KernelMemory memory, int slot)
        => new(slot, new RegisterArea(memory.AllocateBytes(RegisterArea.Size), memory.AllocateStack(KernelStackLength)));

    private static void Report(Nucleus nucleus, BootInfo boot)
    {
        nucleus.Log.Information("kernel up: {MemoryMiB} MiB free, {TicksPerSecond} ticks a second, SMEP {Smep}, SMAP {Smap}")
            .With("MemoryMiB", nucleus.Memory.Frames.FreeFrames / 256)
            .With("TicksPerSecond", nucleus.Scheduler.TicksPerSecond)
            .With("Smep", StateOf(Cpu.HasExecutionPrevention, Cpu.IsExecutionPreventionOn))
            .With("Smap", StateOf(Cpu.HasAccessPrevention, Cpu.IsAccessPreventionOn))
            .End();
        if (boot.IgnoredRanges != 0)
            nucleus.Log.Warning("{Count} ranges of memory are not used: the firmware's map is too long").With("Count", (ulong)boot.IgnoredRanges).End();
    }

    private static string StateOf(bool exists, bool isOn) => isOn ? "on" : exists ? "off" : "absent";

    private static void RequireSense(Nucleus nucleus, ProcessorWalls walls)
    {
        if (walls.Complaint is null)
            return;
        nucleus.Log.Error("cannot boot: {Reason}").With("Reason", walls.Complaint).End();
        Shutdown.Now(GuestExit.BootFailed);
    }
}
