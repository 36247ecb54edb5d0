// The table that `ringos compare` ends with. Back to: CompareCommand.cs
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using RingOS.Host.Compare;
using RingOS.Host.Machines;
using Spectre.Console;

namespace RingOS.Cli;

/// <summary>Shows a comparison: a column a placement.</summary>
internal static class ComparisonTable
{
    private const int ShownMethods = 30;
    private const double MostOther = 0.03;

    public static void Write(IAnsiConsole screen, ComparisonResult result)
    {
        string dials = string.Join(' ', result.Dials.Select(static dial => $"{dial.Key}={dial.Value}"));
        screen.WriteLine($"{Whole(result.Options.Count)} datagrams of {result.Options.Bytes} bytes; {dials}");
        screen.WriteLine($"{result.Options.Nic} in QEMU {result.Versions[Qemu.Name]}");
        WholeTable.Write(screen, Build(result));
        WriteNotes(screen, result);
    }

    /// <summary>Shows which methods the instructions of each placement went to.</summary>
    public static void WriteMethods(IAnsiConsole screen, ComparisonResult result)
    {
        foreach (PlacementResult placement in result.Placements)
        {
            Table table = new Table().Border(TableBorder.Simple).Title(placement.Placement.Name).AddColumn("method");
            table.AddColumns(new TableColumn("instructions").RightAligned(), new TableColumn("entries").RightAligned());
            foreach (MethodShare method in placement.Profile.Methods.Take(ShownMethods))
                table.AddRow(Markup.Escape(method.Name), Small(method.Instructions), Small(method.Entries));
            screen.Write(table);
        }
    }

    private static Table Build(ComparisonResult result)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumn("per datagram unless a sum");
        foreach (PlacementResult placement in result.Placements)
            table.AddColumn(new TableColumn(placement.Placement.Name).RightAligned());
        Rows rows = new(table, result.Placements);
        AddSums(rows);
        AddInstructions(rows, result);
        foreach (EventRow row in EventRows.All)
            rows.Add(row.Title, placement => Small(row.PerDatagram(placement)));
        AddThroughput(rows, result);
        if (IsKvm(result))
            AddCycles(rows, result);
        return table;
    }

    private static void AddSums(Rows rows)
    {
        rows.Add("datagrams sent (sum)", static placement => Whole(placement.Counted.Window.Datagrams));
        rows.Add("received (sum)", static placement => Whole(placement.Counted.Received));
        rows.Add("lost (sum)", static placement => Whole(placement.Counted.Lost));
        rows.Add("  lost in the host (sum)", static placement => Whole(placement.Counted.HostLost));
        rows.Add("write errors (sum)", static placement => Whole(placement.Counted.Window.WriteErrors));
        rows.Gap();
    }

    private static void AddInstructions(Rows rows, ComparisonResult result)
    {
        rows.Add("guest instructions", static placement => Whole(placement.InstructionsPerDatagram));
        foreach (string layer in result.Placements[0].Layers.Keys)
            rows.Add("  " + layer, placement => Whole(placement.Layers[layer]));
        rows.Add("ratio", placement => Ratio(placement.InstructionsPerDatagram / result.Baseline!.InstructionsPerDatagram));
        rows.Gap();
    }

    private static void AddThroughput(Rows rows, ComparisonResult result)
    {
        rows.Gap();
        rows.Add(IsKvm(result) ? "datagrams/s, KVM" : "datagrams/s, plain TCG", static placement => Whole(placement.MedianTimed.DatagramsPerSecond));
        rows.Add("ratio", placement => Ratio(placement.MedianTimed.DatagramsPerSecond / result.Baseline!.MedianTimed.DatagramsPerSecond));
        rows.Add("  slowest round", static placement => Whole(placement.Timed[0].DatagramsPerSecond));
        rows.Add("  fastest round", static placement => Whole(placement.Timed[^1].DatagramsPerSecond));
        rows.Add("  lost in the host (sum)", static placement => Whole(placement.MedianTimed.HostLost));
    }

    private static void AddCycles(Rows rows, ComparisonResult result)
    {
        rows.Gap();
        rows.Add("cycles of the processor, KVM", static placement => Whole(placement.CyclesPerDatagram));
        rows.Add("ratio", placement => Ratio(placement.CyclesPerDatagram / result.Baseline!.CyclesPerDatagram));
        rows.Add("  cycles an instruction", static placement => Ratio(placement.CyclesPerDatagram / placement.InstructionsPerDatagram));
    }

    private static bool IsKvm(ComparisonResult result) => result.Options.Accelerator == Accelerator.Kvm;

    private static void WriteNotes(IAnsiConsole screen, ComparisonResult result)
    {
        if (result.Primitives is { } primitives)
            screen.WriteLine($"null system call: {primitives.NullSyscall} instructions; IPC call and reply: {primitives.IpcRoundTrip}");
        if (result.PrimitiveCycles is { } cycles)
            screen.WriteLine($"on the processor: null system call: {cycles.NullSyscall} cycles; IPC call and reply: {cycles.IpcRoundTrip}");
        screen.WriteLine(IsKvm(result)
            ? "Cycles are ticks of this processor's time-stamp counter, device emulation in QEMU included; instructions, layers and events are from a counted run in TCG: KVM counts none."
            : "Instructions are exact, but say nothing of caches, TLBs and gates; datagrams/s are QEMU's, not a processor's.");
        foreach (PlacementResult placement in result.Placements)
        {
            string name = placement.Placement.Name;
            if (placement.Profile.OtherShare > MostOther)
                screen.WriteLine($"warning: {name}: {Percent(placement.Profile.OtherShare)} of the instructions belong to no layer");
        }
    }

    private static string Whole(double value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Small(double value) => value.ToString("#,0.##", CultureInfo.InvariantCulture);

    private static string Ratio(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Percent(double share) => share.ToString("P1", CultureInfo.InvariantCulture);

    private sealed class Rows(Table table, IReadOnlyList<PlacementResult> placements)
    {
        public void Add(string title, Func<PlacementResult, string> cell)
            => table.AddRow([Markup.Escape(title), .. placements.Select(placement => Markup.Escape(cell(placement)))]);

        public void Gap() => table.AddEmptyRow();
    }
}
