// What the instrument must know of an image before it runs: its symbols, with their layers and marks, and how to recognise it.
// Next: SharedLayout.cs
using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using RingOS.Host.Boot;
using RingOS.Host.Tracing;
using RingOS.Instrument;
using RingOS.Trace;

namespace RingOS.Host.Instrumentation;

/// <summary>An image's part of the plan.</summary>
/// <param name="Name">The program as rules name it: "iperf", "kernel".</param>
/// <param name="File">Its ELF file.</param>
/// <param name="Ranges">Its symbols, ascending.</param>
/// <param name="HelperCount">How many of its methods count for their callers.</param>
/// <param name="EntryPage">Linked address of the page with its entry point.</param>
/// <param name="Fingerprint">What the file has in that page.</param>
internal sealed record ImagePlan(
    string Name, string File, IReadOnlyList<RangeRow> Ranges, int HelperCount, ulong EntryPage, ReadOnlyMemory<byte> Fingerprint)
{
    private const ulong Page = 4096;
    private const string Landmark = WriteFinder.Landmark;

    private static readonly ConcurrentDictionary<(string File, DateTime Written), ImagePlan> s_made = [];

    /// <summary>The plan for an ELF file.</summary>
    /// <exception cref="RingOsException">The file is missing or damaged.</exception>
    public static ImagePlan Of(string name, string file)
        => s_made.GetOrAdd((file, System.IO.File.GetLastWriteTimeUtc(file)), _ => Make(name, file, ElfFile.Read(file)));

    private static ImagePlan Make(string name, string file, ElfFile elf)
    {
        SymbolMap symbols = new([new ImageSymbols(name, 0, LoadedImages.FunctionsOf(elf))]);
        Dictionary<Method, uint> helpers = symbols.Methods.Where(method => method != symbols.Unknown && LayerMap.Default.LayerOf(method) is null)
            .Select(static (method, index) => (method, index)).ToDictionary(static pair => pair.method, static pair => (uint)pair.index);
        ulong page = elf.Entry & ~(Page - 1);
        return new ImagePlan(name, file, [.. symbols.Ranges.Select(range => RowOf(range, helpers))], helpers.Count, page, elf.Loaded(page, (int)Page));
    }

    private static RangeRow RowOf(SymbolRange range, Dictionary<Method, uint> helpers) => new()
    {
        Start = range.Start,
        End = range.End,
        Helper = helpers.GetValueOrDefault(range.Method, RangeRow.NoHelper),
        Layer = (byte)(LayerMap.Default.LayerOf(range.Method) ?? Layer.Other),
        Marks = MarksOf(range),
    };

    private static RangeMarks MarksOf(SymbolRange range)
    {
        DeviceRule device = EventRules.Default.Device;
        RangeMarks marks = range.Label == range.Method.Name ? RangeMarks.MethodStart : RangeMarks.None;
        if (range.Label.EndsWith(TraceWindow.BeginSuffix, StringComparison.Ordinal))
            marks |= RangeMarks.WindowBegin;
        if (range.Label.EndsWith(TraceWindow.EndSuffix, StringComparison.Ordinal))
            marks |= RangeMarks.WindowEnd;
        if (device.IsEntry(range.Label))
            marks |= RangeMarks.InterruptEntry;
        if (device.IsHandler(range.Label))
            marks |= RangeMarks.InterruptHandler;
        if (range.Label.EndsWith(Landmark, StringComparison.Ordinal))
            marks |= RangeMarks.Landmark;
        if (EventRules.Default.IsRegisterAccess(range.Label))
            marks |= RangeMarks.RegisterAccess;
        return marks;
    }
}
