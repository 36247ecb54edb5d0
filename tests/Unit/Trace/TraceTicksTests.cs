// What all counting rests on: the distance of two instructions in a trace is the ticks between them. Back to: TraceReaderTests.cs
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using RingOS.Trace;
using Xunit;

namespace RingOS.Tests.Unit.Trace;

/// <summary>Runs <see cref="TickGuest"/> in QEMU once and compares its own counts with the trace's.</summary>
public sealed class TraceTicksTests : IClassFixture<TraceTicksTests.GuestRun>
{
    private readonly GuestRun _run;

    public TraceTicksTests(GuestRun run) => _run = run;

    public static TheoryData<string> CaseNames => [.. TickGuest.Cases];

    [Theory]
    [MemberData(nameof(CaseNames))]
    public void TraceLinesAreTicks(string name)
    {
        int index = Array.IndexOf(TickGuest.Cases, name);
        Assert.Equal(TickGuest.Cases.Length, _run.Ticks.Count);
        Assert.Equal(_run.Ticks[index], WindowOf(index).Length);
    }

    [Fact]
    public void ACopyShowsItsBytes()
    {
        int index = Array.IndexOf(TickGuest.Cases, "rep movsq");
        SymbolMap symbols = new([new ImageSymbols("guest", 0, [("copy_user", AddressOf(index), TickGuest.CaseLength)])]);
        TraceReport report = new TraceAnalyzer(symbols).Analyze(_run.Trace, WindowOf(index));
        Assert.Equal(TickGuest.CopiedWords * 8, report.Events.CopiedBytes);
        Assert.Equal(0, report.Events.RingCrossings);
    }

    [Fact]
    public void ACallThroughRing3ShowsItsCrossings()
    {
        int index = Array.IndexOf(TickGuest.Cases, "ring 3 and back");
        TraceReport report = new TraceAnalyzer(new SymbolMap([])).Analyze(_run.Trace, WindowOf(index));
        Assert.Equal(new Dictionary<RingCrossing, long> { [new(0, 3)] = 1, [new(3, 0)] = 1 }, report.Events.CrossingsByKind);
        Assert.Equal(2, report.InstructionsPerCpl[3]); // nop, syscall
    }

    private static ulong AddressOf(int index) => TickGuest.FirstCase + (ulong)index * TickGuest.CaseSize;

    private TraceWindow WindowOf(int index)
    {
        int start = IndexOf(AddressOf(index), 0);
        return new TraceWindow(start, IndexOf(AddressOf(index) + TickGuest.CaseLength, start));
    }

    private int IndexOf(ulong address, int from)
    {
        int index = from;
        while (_run.Trace.AddressAt(index) != address)
            index++;
        return index;
    }

    /// <summary>One run of the guest, shared by the tests above.</summary>
    public sealed class GuestRun
    {
        private const int DeadlineMilliseconds = 120_000;
        private const int GuestExitCode = 1; // isa-debug-exit: 2 * 0 + 1
        private readonly string _folder = Directory.CreateTempSubdirectory("ringos-trace-").FullName;

        public GuestRun()
        {
            try
            {
                File.WriteAllText(Inside("guest.asm"), TickGuest.Source);
                Assert.Equal(0, Execute("nasm", "-f", "bin", "-o", Inside("guest.bin"), Inside("guest.asm")));
                Assert.Equal(GuestExitCode, Execute("qemu-system-x86_64", QemuArguments()));
                Trace = TraceReader.ReadFile(Inside("trace.log"));
                Ticks = File.ReadAllLines(Inside("ticks.txt")).Select(ParseTicks).ToArray();
            }
            finally
            {
                Directory.Delete(_folder, recursive: true);
            }
        }

        internal ExecutionTrace Trace { get; }

        internal IReadOnlyList<int> Ticks { get; }

        private string[] QemuArguments() =>
        [
            "-nodefaults", "-display", "none", "-no-reboot", "-machine", "q35", "-cpu", "max", "-m", "64",
            "-icount", "shift=0,sleep=off", "-singlestep", "-d", "exec,nochain,int",
            "-dfilter", $"0x{TickGuest.ImageStart:x}+0x10000", "-D", Inside("trace.log"),
            "-debugcon", $"file:{Inside("ticks.txt")}", "-device", "isa-debug-exit,iobase=0xf4,iosize=4", "-kernel", Inside("guest.bin"),
        ];

        private string Inside(string file) => Path.Combine(_folder, file);

        private static int ParseTicks(string line) => int.Parse(line, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

        private static int Execute(string program, params string[] arguments)
        {
            using Process process = Process.Start(program, arguments);
            if (!process.WaitForExit(DeadlineMilliseconds))
            {
                process.Kill(entireProcessTree: true);
                throw new TimeoutException($"{program} did not end.");
            }
            return process.ExitCode;
        }
    }
}
