// The plugin of one machine: what it shall do, and what it found. Guest side of the memory: tools/RingOS.Instrument. Next: InstrumentProblem.cs
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using RingOS.Host.Boot;
using RingOS.Host.Machines;
using RingOS.Host.Tracing;
using RingOS.Instrument;
using RingOS.Trace;

namespace RingOS.Host.Instrumentation;

/// <summary>Give it to one machine as <see cref="MachineOptions.Instrument"/>; read it when that has ended.</summary>
public sealed class MachineInstrument : IDisposable
{
    /// <summary>Interrupts whose way to the driver is timed; the median of the first is as good as that of all.</summary>
    private const int TimedInterrupts = 512;

    private readonly IReadOnlyList<ImagePlan> _images;
    private readonly SharedFile _memory;

    /// <param name="header">Mode and landmark.</param>
    /// <param name="images">The kernel, then every program that may be loaded.</param>
    /// <param name="measured">The program whose marks are the window's edges.</param>
    /// <param name="series">Rows for interrupts or for the recording.</param>
    /// <exception cref="RingOsException">The instrument has not been built.</exception>
    internal MachineInstrument(SharedHeader header, IReadOnlyList<ImagePlan> images, string measured, int series)
    {
        if (!File.Exists(Library))
            throw new RingOsException($"{Library} does not exist; build it with: ./ringos build");
        _images = images;
        _memory = SharedLayout.Create(header, images, measured, series);
    }

    /// <summary>The library that QEMU loads.</summary>
    public static string Library => Repository.Built("RingOS.Instrument", "RingOS.Instrument.so");

    /// <summary>Counts every instruction between a program's marks (Measure.Begin and Measure.End), or of the whole run if it has none.</summary>
    /// <param name="kernel">The kernel's ELF file.</param>
    /// <param name="program">The program: "iperf".</param>
    /// <exception cref="RingOsException">The instrument or an image has not been built.</exception>
    public static MachineInstrument Counting(string kernel, string program)
        => new(new SharedHeader { Mode = InstrumentMode.Count }, ImagesWith(kernel), program, TimedInterrupts);

    /// <summary>Writes down every instruction from the beginning of the window, or from a write() in it, to the end of the run.</summary>
    /// <param name="kernel">The kernel's ELF file.</param>
    /// <param name="program">The program: "iperf".</param>
    /// <param name="fromWrite">Number of the write(), from 1; 0 for the window's beginning.</param>
    /// <param name="capacity">Instructions there is room for, 4 bytes each.</param>
    /// <exception cref="RingOsException">The instrument or an image has not been built.</exception>
    public static MachineInstrument Recording(string kernel, string program, long fromWrite, int capacity)
        => new(new SharedHeader { Mode = InstrumentMode.Record, RecordFrom = (ulong)fromWrite }, ImagesWith(kernel), program, capacity);

    /// <summary>Does nothing but its part in the machine's <see cref="MachineOptions.Devices"/>.</summary>
    /// <param name="kernel">The kernel's ELF file.</param>
    /// <exception cref="RingOsException">The instrument or an image has not been built.</exception>
    public static MachineInstrument ForDevices(string kernel)
        => new(new SharedHeader { Mode = InstrumentMode.None }, ImagesWith(kernel), measured: "", series: 0);

    public void Dispose() => _memory.Dispose();

    /// <summary>What the plugin reads and writes.</summary>
    internal SharedFile Memory => _memory;

    /// <summary>What QEMU is told.</summary>
    /// <param name="devices">Of the machine; null for none.</param>
    internal IReadOnlyList<string> Arguments(MachineDevices? devices)
        => ["-plugin", $"{QemuCommandLine.Escape(Library)},memory={_memory.Path}{devices?.PluginArguments}"];

    /// <summary>What was counted.</summary>
    /// <param name="run">The machine's run.</param>
    /// <param name="images">What was loaded in it.</param>
    /// <param name="what">Names the run in errors.</param>
    /// <exception cref="RingOsException">The run failed, or the instrument could not do its work.</exception>
    public InstructionCounts Counts(GuestRun run, LoadedImages images, string what)
    {
        CheckImages(run.EnsureSuccess(what), images, what);
        return ReadCounts(what);
    }

    /// <summary>What was written down.</summary>
    /// <param name="run">The machine's run.</param>
    /// <param name="images">What was loaded in it.</param>
    /// <param name="what">Names the run in errors.</param>
    /// <exception cref="RingOsException">The run failed, or the instrument could not do its work.</exception>
    public RecordedRun Recorded(GuestRun run, LoadedImages images, string what)
    {
        CheckImages(run.EnsureSuccess(what), images, what);
        return ReadRecording(what);
    }

    /// <inheritdoc cref="Counts"/>
    internal InstructionCounts ReadCounts(string what)
    {
        SharedHeader header = Header(what);
        AddressRow[] addresses = _memory.Read<AddressRow>(header.Addresses.Offset, (int)header.Results.Count);
        ulong[] counts = _memory.Read<ulong>(header.Results.Offset, addresses.Length);
        return new InstructionCounts
        {
            Instructions = [.. addresses.Zip(counts, static (row, count) => new CountedInstruction(row.Address, (int)row.Length, row.Kind, (long)count))
                .Where(static instruction => instruction.Count != 0)],
            HelpersByLayer = [.. Enumerable.Range(0, LayerCounts.Count).Select(layer => (long)header.HelpersByLayer[layer])],
            InterruptsToDriver = [.. _memory.Read<uint>(header.Series.Offset, (int)header.Series.Count).Select(static time => (int)time)],
        };
    }

    /// <inheritdoc cref="Recorded"/>
    internal RecordedRun ReadRecording(string what)
    {
        SharedHeader header = Header(what);
        AddressRow[] addresses = _memory.Read<AddressRow>(header.Addresses.Offset, (int)header.Addresses.Count);
        uint[] series = _memory.Read<uint>(header.Series.Offset, (int)header.Series.Count);
        return Array.Exists(series, row => row >= addresses.Length)
            ? throw InstrumentProblem.Damaged(what)
            : new RecordedRun(ExecutionTrace.Of(series.Select(row => addresses[row].Address)), (int)header.RecordedInWindow, (long)header.RecordFrom + 1);
    }

    /// <summary>Says why QEMU did not take the instrument.</summary>
    /// <exception cref="RingOsException">It did not.</exception>
    internal void EnsureLoaded(GuestRun run)
    {
        if (_memory.Read<SharedHeader>(0, 1)[0].State == InstrumentState.Absent)
            throw InstrumentProblem.NotLoaded(run);
    }

    private static List<ImagePlan> ImagesWith(string kernel)
        =>
        [
            ImagePlan.Of(LoadedImages.KernelName, kernel),
            .. ProgramTable.All.Append(ProgramTable.FaultInjector).Where(static program => File.Exists(program.File))
                .Select(static program => ImagePlan.Of(program.ShortName, program.File)),
        ];

    private SharedHeader Header(string what)
    {
        SharedHeader header = _memory.Read<SharedHeader>(0, 1)[0];
        InstrumentProblem.Check(header, what);
        return header;
    }

    // The instrument recognised the processes by their code; the guest has said what they were.
    private void CheckImages(GuestRun run, LoadedImages images, string what)
    {
        EnsureLoaded(run);
        SharedHeader header = Header(what);
        foreach (SlotRow slot in _memory.Read<SlotRow>(header.Slots.Offset, (int)header.Slots.Count))
        {
            string? recognised = slot.Image < (ulong)_images.Count ? _images[(int)slot.Image].File : null;
            LoadedImage? loaded = images.All.FirstOrDefault(image => image.LoadBias == slot.LoadBias);
            if (recognised is null || loaded?.File != recognised)
                throw new RingOsException($"{what}: the instrument took the process at 0x{slot.LoadBias:x} for {recognised ?? "none of the images"}, "
                    + $"the guest for {loaded?.File ?? "none"}; rebuild the images with: ./ringos build");
        }
    }
}
