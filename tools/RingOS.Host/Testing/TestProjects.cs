// Finds the xunit projects below tests/ and runs one with `dotnet test`. Back to: TestTotals.cs
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace RingOS.Host.Testing;

/// <summary>The test projects, in the order of their cost.</summary>
public static class TestProjects
{
    private static readonly string[] s_names = ["Unit", "Boot", "System"];

    /// <summary>The project files of the given names; of all, if none is given.</summary>
    /// <exception cref="RingOsException">There is no such project.</exception>
    public static IReadOnlyList<string> Named(IReadOnlyCollection<string> names)
    {
        if (names.FirstOrDefault(static name => !s_names.Contains(name)) is string unknown)
            throw new RingOsException($"unknown test project '{unknown}'; there is: {string.Join(", ", s_names)}", exitCode: 2);
        return [.. s_names.Where(name => names.Count == 0 || names.Contains(name)).Select(PathOf)];
    }

    /// <summary>Runs a project that has been built.</summary>
    /// <param name="project">The project file.</param>
    /// <param name="filter">As of <c>dotnet test --filter</c>, or null.</param>
    /// <param name="onLine">Told every line of the runner as it comes.</param>
    public static async Task<TestTotals> RunAsync(string project, string? filter, Action<string> onLine, CancellationToken cancellation)
    {
        string name = Path.GetFileNameWithoutExtension(project);
        string results = Path.Combine(Repository.TestFolder, name + ".trx");
        Directory.CreateDirectory(Repository.TestFolder);
        File.Delete(results);
        List<string> arguments =
        [
            "test", project, "-c", "Release", "--no-build", "-nologo", "--results-directory", Repository.TestFolder,
            "--logger", $"trx;LogFileName={name}.trx", "--logger", "console;verbosity=minimal",
        ];
        if (filter is not null)
            arguments.AddRange(["--filter", filter]);
        ToolResult result = await ExternalTool.RunAsync("dotnet", arguments, cancellation, onLine);
        return TestTotals.Of(results, result.ExitCode);
    }

    private static string PathOf(string name)
    {
        string path = Path.Combine(Repository.Root, "tests", name, $"RingOS.Tests.{name}.csproj");
        return File.Exists(path) ? path : throw new RingOsException($"{path} does not exist; check out the whole repository");
    }
}
