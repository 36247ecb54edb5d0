// ringos doctor: what is needed, what was found, and the fix. Back to: Program.cs
using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using System.Numerics;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Host;
using Spectre.Console;

namespace RingOS.Cli;

/// <summary>The <c>doctor</c> command.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        Command command = new("doctor", "Shows each tool, the version found, the version needed, and the fix");
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        IReadOnlyList<FoundTool> found = await FoundTool.LookForAsync(ToolUse.All, cancellation);
        Table table = new Table().Border(TableBorder.Simple).AddColumns("tool", "needed for", "found", "needed", "fix");
        foreach (FoundTool tool in found)
            table.AddRow([.. Cells(tool).Select(Markup.Escape)]);
        Screen.Output.Write(table);
        int bad = found.Count(static tool => !tool.IsGood);
        Console.Out.WriteLine(bad == 0 ? "all is there" : $"{bad} to fix");
        return bad == 0 ? 0 : 1;
    }

    private static string[] Cells(FoundTool tool)
        => [Title(tool), UseOf(tool.Tool), Found(tool), Needed(tool.Tool), tool.IsGood ? "" : tool.Tool.Fix];

    // A QEMU that somebody chose is named by its path.
    private static string Title(FoundTool tool) => tool.Tool.Program == tool.Tool.Name ? tool.Tool.Title : tool.Tool.Program;

    private static string UseOf(RequiredTool tool)
        => string.Join(", ", Enum.GetValues<ToolUse>().Where(use => BitOperations.IsPow2((int)use) && tool.Uses.HasFlag(use)).Select(Words));

    private static string Words(ToolUse use) => use switch
    {
        ToolUse.UnitTests => "test Unit",
        ToolUse.BootTests => "test Boot",
        ToolUse.SystemTests => "test System",
        _ => use.ToString().ToLowerInvariant(),
    };

    private static string Found(FoundTool tool) => tool.IsMissing ? "missing" : tool.VersionText ?? "yes";

    private static string Needed(RequiredTool tool) => tool.Needed is null ? "any" : $"{tool.Needed} or later";
}
