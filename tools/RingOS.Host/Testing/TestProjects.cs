// Finds the xunit projects below tests/ and runs one with `dotnet test`. Back to: TestTotals.cs
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace RingOS.Host.Testing;

/// <summary>An xunit project below tests/.</summary>
/// <param name="Name">Of its folder.</param>
/// <param name="Uses">The tools that its tests run, beside those that build it.</param>
public sealed record TestProject(string Name, ToolUse Uses)
{
    /// <summary>The project file.</summary>
    /// <exception cref="RingOsException">It does not exist.</exception>
    public string File
    {
        get
        {
            string path = Path.Combine(Repository.Root, "tests", Name, $"RingOS.Tests.{Name}.csproj");
            return System.IO.File.Exists(path) ? path : throw new RingOsException($"{path} does not exist; check out the whole repository");
        }
    }
}

/// <summary>The test projects, in the order of their cost.</summary>
public static class TestProjects
{
    private static readonly IReadOnlyList<TestProject> s_all =
    [
        new("Unit", ToolUse.UnitTests),
        new("Boot", ToolUse.BootTests),
        new("System", ToolUse.SystemTests),
    ];

    /// <summary>The projects of the given names; all, if none is given.</summary>
    /// <exception cref="RingOsException">There is no such project.</exception>
    public static IReadOnlyList<TestProject> Named(IReadOnlyCollection<string> names)
    {
        if (names.FirstOrDefault(static name => s_all.All(project => project.Name != name)) is string unknown)
            throw new RingOsException($"unknown test project '{unknown}'; there is: {string.Join(", ", s_all.Select(static project => project.Name))}", exitCode: 2);
        return [.. s_all.Where(project => names.Count == 0 || names.Contains(project.Name))];
    }

    /// <summary>Runs a project that has been built.</summary>
    /// <param name="filter">As of <c>dotnet test --filter</c>, or null.</param>
    /// <param name="onLine">Told every line of the runner as it comes.</param>
    public static async Task<TestTotals> RunAsync(TestProject project, string? filter, Action<string> onLine, CancellationToken cancellation)
    {
        string name = Path.GetFileNameWithoutExtension(project.File);
        string results = Path.Combine(Repository.TestFolder, name + ".trx");
        Directory.CreateDirectory(Repository.TestFolder);
        File.Delete(results);
        List<string> arguments =
        [
            "test", project.File, "-c", "Release", "--no-build", "-nologo", "--results-directory", Repository.TestFolder,
            "--logger", $"trx;LogFileName={name}.trx", "--logger", "console;verbosity=minimal",
        ];
        if (filter is not null)
            arguments.AddRange(["--filter", filter]);
        ToolResult result = await ExternalTool.RunAsync("dotnet", arguments, cancellation, onLine);
        return TestTotals.Of(results, result.ExitCode);
    }
}
