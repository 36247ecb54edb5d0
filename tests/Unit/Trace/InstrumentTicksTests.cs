// What all counting rests on: counted and recorded instructions are ticks of the time-stamp counter. Code: tools/RingOS.Instrument.
// Next: ../Host/InstrumentTests.cs
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using RingOS.Host.Instrumentation;
using RingOS.Host.Machines;
using RingOS.Instrument;
using RingOS.Trace;
using Xunit;

namespace RingOS.Tests.Unit.Trace;

/// <summary>Runs <see cref="TickGuest"/> in QEMU, once recorded and once counted, and compares with its own counts.</summary>
public sealed class InstrumentTicksTests : IClassFixture<InstrumentTicksTests.GuestRuns>
{
    // The instrument counts what is begun; QEMU gives the tick of an instruction back that one of these faults ends.
    private static readonly string[] s_faultsWithoutTick = ["page fault", "divide error"];

    private readonly GuestRuns _run;

    public InstrumentTicksTests(GuestRuns run) => _run = run;

    public static TheoryData<string> CaseNames => [.. TickGuest.Cases];

    [Theory]
    [MemberData(nameof(CaseNames))]
    public void RecordedInstructionsAreTicks(string name)
    {
        int index = Array.IndexOf(TickGuest.Cases, name);
        Assert.Equal(TickGuest.Cases.Length, _run.Ticks.Count);
        Assert.Equal(_run.Ticks[index] + (s_faultsWithoutTick.Contains(name) ? 1 : 0), WindowOf(index).Length);
    }

    [Fact]
    public void RecordingAndCountingChangeNoTick() => Assert.Equal(_run.TicksWithoutInstrument, _run.Ticks);

    [Fact]
    public void EveryAddressIsCountedAsOftenAsItIsRecorded()
    {
        Dictionary<ulong, long> recorded = Enumerable.Range(0, _run.Recorded.WindowEnd).Select(_run.Recorded.Trace.AddressAt)
            .GroupBy(static address => address).ToDictionary(static group => group.Key, static group => (long)group.Count());
        Assert.Equal(
            recorded.OrderBy(static row => row.Key),
            _run.Counted.Instructions.ToDictionary(static row => row.Address, static row => row.Count).OrderBy(static row => row.Key));
    }

    [Fact]
    public void ACopyShowsItsBytes()
    {
        int index = Array.IndexOf(TickGuest.Cases, "rep movsq");
        SymbolMap symbols = new([new ImageSymbols("guest", 0, [("copy_user", AddressOf(index), TickGuest.CaseLength)])]);
        TraceReport recorded = new TraceAnalyzer(symbols).Analyze(_run.Recorded.Trace, WindowOf(index));
        Assert.Equal(TickGuest.CopiedWords * 8, recorded.Events.CopiedBytes);
        Assert.Equal(TickGuest.CopiedWords * 8, new CountAnalyzer(symbols).Analyze(_run.Counted).Events.CopiedBytes);
    }

    [Fact]
    public void ACallThroughRing3ShowsItsCrossings()
    {
        int index = Array.IndexOf(TickGuest.Cases, "ring 3 and back");
        SymbolMap symbols = new([new ImageSymbols("guest", 0, [("interrupt_return", AddressOf(index), TickGuest.CaseLength)])]);
        InstructionCounts ofCase = _run.Counted with
        {
            Instructions = [.. _run.Counted.Instructions.Where(row => row.Address - AddressOf(index) < TickGuest.CaseLength)],
        };
        TraceReport report = new CountAnalyzer(symbols).Analyze(ofCase);
        Assert.Equal(new Dictionary<RingCrossing, long> { [new(0, 3)] = 1, [new(3, 0)] = 1 }, report.Events.CrossingsByKind); // iretq, syscall
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
        while (_run.Recorded.Trace.AddressAt(index) != address)
            index++;
        return index;
    }

    /// <summary>Three runs of the guest, shared by the tests above.</summary>
    public sealed class GuestRuns
    {
        private const string Guest = "guest";
        private const int DeadlineMilliseconds = 120_000;
        private const int GuestExitCode = 1; // isa-debug-exit: 2 * 0 + 1
        private const int MostRecorded = 4_000_000;
        private readonly string _folder = Directory.CreateTempSubdirectory("ringos-ticks-").FullName;

        public GuestRuns()
        {
            try
            {
                File.WriteAllText(Inside("guest.asm"), TickGuest.Source);
                Assert.Equal(0, Execute("nasm", "-f", "bin", "-o", Inside("guest.bin"), Inside("guest.asm")));
                TicksWithoutInstrument = Run([]);
                using MachineInstrument recording = new(new SharedHeader { Mode = InstrumentMode.Record }, Plan(), Guest, MostRecorded);
                Ticks = Run(recording.Arguments(devices: null));
                Recorded = recording.ReadRecording(Guest);
                using MachineInstrument counting = new(new SharedHeader { Mode = InstrumentMode.Count }, Plan(), Guest, 1);
                Assert.Equal(Ticks, Run(counting.Arguments(devices: null)));
                Counted = counting.ReadCounts(Guest);
            }
            finally
            {
                Directory.Delete(_folder, recursive: true);
            }
        }

        internal RecordedRun Recorded { get; }

        internal InstructionCounts Counted { get; }

        internal IReadOnlyList<int> Ticks { get; }

        internal IReadOnlyList<int> TicksWithoutInstrument { get; }

        // The window: from the first case to where the last one leads.
        private static ImagePlan[] Plan() =>
        [
            new ImagePlan(Guest, "",
                [
                    new RangeRow { Start = TickGuest.FirstCase, End = TickGuest.FirstCase + 1, Helper = RangeRow.NoHelper, Marks = RangeMarks.WindowBegin },
                    new RangeRow { Start = TickGuest.Finish, End = TickGuest.Finish + 1, Helper = RangeRow.NoHelper, Marks = RangeMarks.WindowEnd },
                ],
                HelperCount: 0, EntryPage: 0, Fingerprint: default),
        ];

        private int[] Run(IEnumerable<string> instrument)
        {
            Assert.Equal(GuestExitCode, Execute(Qemu.Choice,
            [
                "-nodefaults", "-display", "none", "-no-reboot", "-machine", "q35", "-cpu", "max", "-m", "64",
                "-icount", "shift=0,sleep=off", "-debugcon", $"file:{Inside("ticks.txt")}",
                "-device", "isa-debug-exit,iobase=0xf4,iosize=4", "-kernel", Inside("guest.bin"), .. instrument,
            ]));
            return [.. File.ReadAllLines(Inside("ticks.txt")).Select(ParseTicks)];
        }

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
