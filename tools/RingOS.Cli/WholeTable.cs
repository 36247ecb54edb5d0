// A table whose figures stay whole on the narrowest screen. Back to: Screen.cs
using System.Collections.Generic;
using System.Linq;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace RingOS.Cli;

/// <summary>Where a table is too wide, each row becomes a few lines: its first cell, then a line for each other that is not empty.</summary>
internal static class WholeTable
{
    private const int AnyWidth = 10_000;

    /// <summary>Writes the table; every column but the first is kept from being broken.</summary>
    public static void Write(IAnsiConsole screen, Table table)
    {
        foreach (TableColumn column in table.Columns.Skip(1))
            column.NoWrap();
        RenderOptions options = RenderOptions.Create(screen, screen.Profile.Capabilities);
        int needed = ((IRenderable)table).Measure(options, AnyWidth).Min;
        screen.Write(needed <= screen.Profile.Width ? table : Folded(table, options));
    }

    private static Table Folded(Table table, RenderOptions options)
    {
        Table folded = new Table().NoBorder().HideHeaders().AddColumn("").AddColumn(new TableColumn("").RightAligned().NoWrap());
        foreach (TableRow row in table.Rows)
        {
            folded.AddRow(row[0], Text.Empty);
            IEnumerable<(TableColumn Column, IRenderable Cell)> others = table.Columns.Skip(1).Zip(row.Skip(1));
            foreach ((TableColumn column, IRenderable cell) in others.Where(other => other.Cell.Measure(options, AnyWidth).Max > 0))
                folded.AddRow(new Padder(column.Header, new Padding(2, 0, 0, 0)), cell);
        }
        return folded;
    }
}
