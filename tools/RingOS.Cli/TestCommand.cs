// ringos test: every xunit project, and one line with the sum. Back to: Program.cs
using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Host;
using RingOS.Host.Boot;
using RingOS.Host.Testing;

namespace RingOS.Cli;

/// <summary>The <c>test</c> command.</summary>
internal static class TestCommand
{
    private static readonly Argument<string[]> s_projects = new("project")
    {
        Description = "Unit, Boot, System; all if none is named",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<string?> s_filter = new("--filter") { HelpName = "EXPRESSION", Description = "As of dotnet test" };
    private static readonly Option<bool> s_noBuild = SharedOptions.NoBuild();

    public static Command Create()
    {
        Command command = new("test", "Runs the tests; the last line says how many passed and failed") { s_projects, s_filter, s_noBuild };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        TestTotals totals = new(0, 0);
        try
        {
            IReadOnlyList<TestProject> projects = TestProjects.Named(parsed.GetValue(s_projects) ?? []);
            ToolUse uses = projects.Aggregate(ToolUse.None, static (sum, project) => sum | project.Uses);
            await Preparation.ImagesAsync(parsed.GetValue(s_noBuild), uses, cancellation);
            foreach (TestProject project in projects)
                totals += await TestProjects.RunAsync(project, parsed.GetValue(s_filter), Console.Out.WriteLine, cancellation);
        }
        catch (RingOsException failure)
        {
            Console.Error.WriteLine($"ringos: {failure.Message}");
            totals += new TestTotals(0, 1);
        }
        Console.Out.WriteLine(totals.ToString());
        return totals is { Failed: 0, Passed: > 0 } ? 0 : 1;
    }
}
