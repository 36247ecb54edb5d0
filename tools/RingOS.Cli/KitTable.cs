// The table of `ringos compare --kit`: a row a placement, a column a kit. Back to: CompareCommand.cs
using System.Globalization;
using System.Linq;
using RingOS.Host.Boot;
using RingOS.Host.Compare;
using RingOS.Host.Machines;
using Spectre.Console;

namespace RingOS.Cli;

/// <summary>Shows what a datagram costs with each kit.</summary>
internal static class KitTable
{
    public static void Write(IAnsiConsole screen, KitComparisonResult result)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumn("guest instructions per datagram");
        foreach (Kit kit in result.Kits)
            table.AddColumn(new TableColumn(kit.Name).RightAligned());
        foreach (Placement placement in result.Options.Placements)
            table.AddRow([placement.Name, .. result.Kits.Select(kit => Cell(result.Of(kit, placement)))]);
        screen.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{result.Options.Count:#,0} datagrams of {result.Options.Bytes} bytes; {result.Options.Dials}"));
        screen.Write(table);
    }

    private static string Cell(Measurement? counted)
        => counted is null ? "failed"
            : counted.Window.InstructionsPerDatagram.ToString("#,0", CultureInfo.InvariantCulture)
                + (counted.Lost == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" ({counted.Lost} lost)"));
}
