// A small made-up system and traces of it, for the tests of this folder. Next: LayerMapTests.cs
using System.Collections.Generic;
using System.Linq;
using RingOS.Instrument;
using RingOS.Trace;

namespace RingOS.Tests.Unit.Trace;

/// <summary>A kernel, a program and a service of a few methods each, and a way to write down what they execute.</summary>
internal sealed class SyntheticTrace
{
    public const ulong KernelBase = 0xFFFF_FFFF_8010_0000;
    public const ulong ProgramBase = 0x10_0000_0000;
    public const ulong ServiceBase = 0x20_0000_0000;

    public const string Begin = "RingOS_User_RingOS_User_Measure__Begin";
    public const string End = "RingOS_User_RingOS_User_Measure__End";
    public const string Main = "RingOS_Iperf_Program__Main";
    public const string Stub = "syscall_stub";
    public const string SyscallEntry = "syscall_entry";
    public const string Write = "RingOS_Kernel_RingOS_Kernel_Syscalls_Write__Handle";
    public const string SocketWrite = "RingOS_Kernel_RingOS_Kernel_Sockets_Socket__Write";
    public const string Link = "RingOS_Kernel_Placement_RingOS_Kernel_Placement_Service_MessageLink__Transmit";
    public const string SoftwareHost = "RingOS_Hosts_Software_RingOS_Hosts_Software_SoftwareHost__Run";
    public const string Transfer = "RingOS_Kernel_RingOS_Kernel_Ipc_Endpoint__Transfer";
    public const string Signal = "RingOS_Kernel_RingOS_Kernel_Ipc_Notification__Signal";
    public const string Send = "RingOS_Net_RingOS_Net_NetworkStack__Send";
    public const string PoolAt = "RingOS_Hardware_RingOS_Hardware_PacketPool__At";
    public const string Load = "RingOS_Hardware_RingOS_Hardware_MappedMmioRegion__MmioLoad";
    public const string Store = "RingOS_Hardware_RingOS_Hardware_MappedMmioRegion__MmioStore";
    public const string Driver = "RingOS_Drivers_RingOS_Drivers_E1000_Controller__ProvideTransmit";
    public const string DriverInterrupt = "RingOS_Drivers_RingOS_Drivers_E1000_Controller__OnInterrupt";
    public const string ServiceStub = "syscall_stub_message";
    public const string Switch = "context_switch";
    public const string LoadCr3 = "context_switch.load_cr3";
    public const string Copy = "copy_user";
    public const string CopyTail = "copy_user.bytes";
    public const string Memmove = "memmove";
    public const string Interrupt43 = "isr_43";
    public const string InterruptCommon = "isr_common";
    public const string InterruptReturn = "interrupt_return";
    public const string Mystery = "something_else";

    /// <summary>Every method is this many bytes long and its instructions one byte each.</summary>
    public const ulong MethodSize = 64;

    /// <summary>Offsets in <see cref="Driver"/> and <see cref="DriverInterrupt"/> where a source line begins.</summary>
    public const int AddOffset = 8;
    public const int TailOffset = 16;
    public const int ReportOffset = 8;

    private static readonly string[] s_program = [Begin, End, Main, Stub];
    private static readonly string[] s_service = [Driver, DriverInterrupt, ServiceStub, Load, Store];
    private static readonly string[] s_kernel =
    [
        SyscallEntry, Write, Transfer, Signal, Send, PoolAt, Switch, LoadCr3, Copy, CopyTail, Memmove, Interrupt43, InterruptCommon,
        InterruptReturn, Mystery, SocketWrite, Link, SoftwareHost,
    ];

    // Where in the driver's methods the compiler inlined a step.
    private static readonly (string Method, ulong Offset, string Text)[] s_lines =
    [
        (Driver, AddOffset, "uint tail = _transmitRing.Add(packet);"),
        (Driver, TailOffset, "RingDoorbell(tail);"),
        (Driver, TailOffset + 8, "return Status.Ok;"),
        (DriverInterrupt, ReportOffset, "ReportTransmitted();"),
        (DriverInterrupt, ReportOffset + 8, "}"),
    ];

    private readonly Dictionary<string, ulong> _addresses = [];

    public SyntheticTrace()
    {
        Symbols = new SymbolMap(
        [
            Image("kernel", KernelBase, s_kernel), Image("iperf", ProgramBase, s_program), Image("e1000", ServiceBase, s_service),
        ]);
        Analyzer = new TraceAnalyzer(Symbols);
        Lines = new SourceLines(s_lines.Select((line, index) =>
            (_addresses[line.Method] + line.Offset, (SourceLine?)new SourceLine("Controller.cs", index + 1, line.Text))));
    }

    public SymbolMap Symbols { get; }

    public SourceLines Lines { get; }

    public TraceAnalyzer Analyzer { get; }

    public ExecutionTrace Trace { get; } = new();

    public static IReadOnlyList<string> AllMethods { get; } = [.. s_program, .. s_service, .. s_kernel];

    public ulong AddressOf(string method) => _addresses[method];

    /// <summary>Runs some instructions of a method one after the other, from an offset in bytes.</summary>
    public SyntheticTrace Run(string method, int instructions, int cpl = 0, int offset = 0)
    {
        for (int i = 0; i < instructions; i++)
            Trace.Append(_addresses[method] + (ulong)(offset + i), cpl);
        return this;
    }

    /// <summary>Runs the instruction at an offset of a method several times over.</summary>
    public SyntheticTrace Repeat(string method, int times, int offset, int cpl = 0)
    {
        for (int i = 0; i < times; i++)
            Trace.Append(_addresses[method] + (ulong)offset, cpl);
        return this;
    }

    public SyntheticTrace At(ulong address, int cpl = 0)
    {
        Trace.Append(address, cpl);
        return this;
    }

    public TraceReport Report() => Analyzer.Analyze(Trace, TraceWindow.Whole(Trace));

    /// <summary>What was run so far as a recording; its window ends where <see cref="End"/> was run.</summary>
    public RecordedRun Recorded()
    {
        int end = 0;
        while (end < Trace.Count && Trace.AddressAt(end) != AddressOf(End))
            end++;
        return new RecordedRun(Trace, end, 1);
    }

    /// <summary>What was run so far as counts, every instruction a byte long; helpers are credited as the trace's own analysis does.</summary>
    public InstructionCounts Counts()
    {
        CountedInstruction[] instructions = [.. Enumerable.Range(0, Trace.Count).Select(Trace.AddressAt).GroupBy(static address => address)
            .Select(static group => new CountedInstruction(group.Key, 1, InstructionKind.Other, group.Count()))];
        Dictionary<Layer, long> helpers = Report().Layers.ToDictionary();
        foreach (CountedInstruction instruction in instructions)
        {
            Method method = Symbols.MethodAt(instruction.Address);
            if ((method == Symbols.Unknown ? Layer.Other : LayerMap.Default.LayerOf(method)) is Layer own)
                helpers[own] -= instruction.Count;
        }
        return new InstructionCounts { Instructions = instructions, HelpersByLayer = [.. helpers.OrderBy(static layer => layer.Key).Select(static layer => layer.Value)] };
    }

    private ImageSymbols Image(string name, ulong loadBias, string[] methods)
    {
        List<(string Name, ulong Address, ulong Size)> symbols = [];
        for (int i = 0; i < methods.Length; i++)
        {
            symbols.Add((methods[i], (ulong)i * MethodSize, MethodSize));
            _addresses.Add(methods[i], loadBias + (ulong)i * MethodSize);
        }
        return new ImageSymbols(name, loadBias, symbols);
    }
}
