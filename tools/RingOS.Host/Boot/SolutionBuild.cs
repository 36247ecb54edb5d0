// Builds everything with one `dotnet build`; what MSBuild has up to date costs nothing. Next: CosmosBuild.cs
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace RingOS.Host.Boot;

/// <summary>The build of RingOS.sln.</summary>
public static class SolutionBuild
{
    private const int QuotedLines = 30;

    /// <summary>Builds the solution and packs the boot archive.</summary>
    /// <exception cref="RingOsException">The build failed; the message holds its errors.</exception>
    public static async Task RunAsync(CancellationToken cancellation)
    {
        await BuildAsync(Repository.Solution, cancellation);
        Images.Pack();
    }

    /// <summary>Builds one project or solution.</summary>
    /// <exception cref="RingOsException">The build failed; the message holds its errors.</exception>
    public static async Task BuildAsync(string project, CancellationToken cancellation)
    {
        if (!File.Exists(project))
            throw new RingOsException($"{project} does not exist; check out the whole repository");
        ToolResult result = await ExternalTool.RunAsync("dotnet", Arguments(project), cancellation);
        if (result.ExitCode != 0)
            throw new RingOsException($"building {Path.GetFileName(project)} failed:\n{Errors(result.Output)}");
    }

    private static IReadOnlyList<string> Arguments(string project)
        => ["build", project, "-c", "Release", "-v", "q", "-nologo", "-consoleLoggerParameters:NoSummary"];

    // MSBuild repeats an error for every project that met it; each is worth showing once.
    private static string Errors(string output)
    {
        List<string> lines = [.. output.Split('\n').Select(static line => line.Trim()).Where(static line => line.Length > 0).Distinct()];
        List<string> errors = [.. lines.Where(static line => line.Contains("error ", System.StringComparison.Ordinal)).Take(QuotedLines)];
        return string.Join('\n', errors.Count > 0 ? errors : lines.TakeLast(QuotedLines));
    }
}
