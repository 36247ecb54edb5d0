// A whole kernel on the host: the real nucleus, syscall table, processes and placements over fake instructions and memory.
// Programs are C# methods that enter it through the syscall table. Next: UserProgram.cs
using System;
using System.Collections.Generic;
using System.Formats.Tar;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using RingOS.Abi;
using RingOS.Kernel;
using RingOS.Kernel.Arch.X64;
using RingOS.Kernel.Boot;
using RingOS.Kernel.Devices;
using RingOS.Kernel.Diagnostics;
using RingOS.Kernel.Interrupts;
using RingOS.Kernel.Loader;
using RingOS.Kernel.Memory;
using RingOS.Kernel.Threads;
using RingOS.Tests.Unit.Loader;
using Xunit;

namespace RingOS.Tests.Unit.Kernel;

internal sealed unsafe class HostedKernel : IDisposable
{
    private const ulong MemoryLength = 16ul << 20;
    private const uint NicIdentity = 0x10D3_8086;
    private const int NicDevice = 3;
    public const int NicLine = 11;

    private readonly byte* _memory = (byte*)NativeMemory.AlignedAlloc((nuint)MemoryLength, 4096);
    private readonly byte* _apic = (byte*)NativeMemory.AlignedAlloc((nuint)(DescriptorTables.Pages * 4096), 4096);

    /// <param name="commandLine">Of the kernel.</param>
    /// <param name="files">Files of the boot archive; by default those that placements need.</param>
    public HostedKernel(string commandLine = "", params string[] files)
    {
        NativeMemory.Clear(_apic, (nuint)(DescriptorTables.Pages * 4096)); // no interrupt is in service
        AddNic();
        Cpu.Clock = () => Machine.Now;
        Nucleus = Assemble(commandLine, files.Length == 0 ? ["service/nic-e1000e", "service/net", "service/supervisor"] : files);
        KernelEntry.Open(Nucleus);
        Machine.WhenProgramStarts = RunProgram;
    }

    public FakeCpu Cpu { get; } = new();

    /// <summary>The kernel's heap, as the boot loader describes it.</summary>
    public HostedHeap Heap { get; } = new();

    public Machine Machine { get; } = new(threads: 16);

    public Nucleus Nucleus { get; }

    /// <summary>What processes do, by the first word of their command line.</summary>
    public Dictionary<string, Action<UserProgram>> Programs { get; } = [];

    public string Log => Cpu.Serial.ToString();

    /// <summary>The command register of the NIC in configuration space.</summary>
    public uint NicCommand => Cpu.Pci[(NicDevice, 4)];

    /// <summary>The NIC may reach memory by itself; its interrupt is not disabled.</summary>
    public bool IsNicEnabled => (NicCommand & (1 << 2)) != 0 && (NicCommand & (1 << 10)) == 0;

    /// <summary>What the NIC's next interrupt is: of its line, or a message.</summary>
    public int NicVector { get; private set; } = InterruptController.FirstVector + NicLine;

    /// <summary>A message goes through always, the line if the second interrupt controller lets it.</summary>
    public bool IsNicLineOpen => NicVector == MessageLine.Vector || (Cpu.Writes.FindLast(static write => write.Port == 0xA1).Value & (1 << (NicLine - 8))) == 0;

    /// <summary>Where the test sees physical memory.</summary>
    public ulong VisibleAt(ulong physical) => (ulong)_memory + physical;

    /// <summary>A process that does what it is told and exits with 0.</summary>
    public Process Start(string name, Action<UserProgram> body, bool isService = false)
    {
        Programs[name] = body;
        byte[] line = Encoding.ASCII.GetBytes(name);
        Status status = Nucleus.Processes.Load("service/net"u8, line, isService, grant: null, Domain.Ring3, out Process? process);
        Assert.Equal(Status.Ok, status);
        Nucleus.Processes.Run(process!);
        return process!;
    }

    /// <summary>A device interrupt, while nobody runs outside ring 0.</summary>
    public void Interrupt(int line) => Nucleus.Interrupts.Dispatch(InterruptController.FirstVector + line);

    /// <summary>From the idle thread's halt, or while a driver thread of the kernel runs.</summary>
    public void InterruptByNic() => Nucleus.Interrupts.Dispatch(NicVector);

    /// <summary>Before the placement: the NIC can interrupt by message.</summary>
    public void LetNicSendMessages()
    {
        Cpu.Pci[(NicDevice, 4)] |= 0x0010_0000; // there is a list of capabilities
        Cpu.Pci[(NicDevice, 0x34)] = 0x50;
        Cpu.Pci[(NicDevice, 0x50)] = 0x0000_0005; // messages
        NicVector = MessageLine.Vector;
    }

    public void Dispose()
    {
        Machine.Dispose();
        Cpu.Dispose();
        NativeMemory.AlignedFree(_memory);
        NativeMemory.AlignedFree(_apic);
    }

    private Nucleus Assemble(string commandLine, string[] files)
    {
        KernelMemory memory = new(new BootInfo
        {
            Usable = [new MemoryRange(default, MemoryLength)],
            Reserved = [],
            Archive = new MemoryRange(default, 0),
            CommandLine = [],
            DirectMapBase = (ulong)_memory,
            Heap = Heap,
        });
        Assert.Equal(Status.Ok, DriverSlot.Reserve(memory.Pages)); // as KernelMemory.MapKernel does
        Scheduler scheduler = Machine.Scheduler;
        KernelCounters counters = Machine.Counters;
        WallClock clock = new(0, Machine.Processor);
        Log log = new(clock);
        BootArchive archive = new(new ArrayBytes(WriteArchive(files)));
        UserMemory userMemory = new(counters);
        return new Nucleus
        {
            CommandLine = new CommandLine(Encoding.ASCII.GetBytes(commandLine)),
            Memory = memory,
            Counters = counters,
            Threads = Machine.Threads,
            Processor = Machine.Processor,
            DescriptorTables = new DescriptorTables((ulong)_apic),
            Scheduler = scheduler,
            Interrupts = new InterruptDispatcher(new InterruptController(), new LocalTimer((ulong)_apic), scheduler, counters),
            Clock = clock,
            Log = log,
            Archive = archive,
            UserMemory = userMemory,
            Processes = new ProcessTable(memory, archive, Machine.Threads, scheduler, clock, log),
            Devices = new DeviceTable(archive, userMemory, counters),
            Bus = new PciBus(),
        };
    }

    private static byte[] WriteArchive(string[] files)
    {
        using MemoryStream stream = new();
        using (TarWriter writer = new(stream, TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach (string file in files)
            {
                MemoryStream content = new(new ElfBuilder().Build());
                writer.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, file) { DataStream = content });
            }
        }
        return stream.ToArray();
    }

    private void AddNic()
    {
        Cpu.Pci[(NicDevice, 0)] = NicIdentity;
        Cpu.Pci[(NicDevice, 4)] = 0x0000_0400; // interrupts disabled, nothing enabled
        Cpu.Pci[(NicDevice, 0x10)] = 0xFEBC_0000;
        Cpu.Pci[(NicDevice, 0x3C)] = 0x0100 | NicLine;
    }

    private void RunProgram(Thread thread)
    {
        string name = Encoding.ASCII.GetString(thread.Process!.Name);
        UserProgram program = new(this, thread);
        Programs[name](program);
        program.Syscall(SyscallNumber.Exit);
    }
}

/// <summary>A heap of which a test says what is left.</summary>
internal sealed class HostedHeap : IKernelHeap
{
    public ulong Available { get; set; } = 8ul << 20;
}
