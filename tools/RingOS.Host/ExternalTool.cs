// Runs a tool to its end and keeps what it said. Machines, which are watched while they run, are Machine.cs. Next: RequiredTool.cs
using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CliWrap;

namespace RingOS.Host;

/// <summary>How a tool ended.</summary>
/// <param name="ExitCode">0 for success with every tool used here.</param>
/// <param name="Output">Standard output and standard error, interleaved by lines.</param>
public sealed record ToolResult(int ExitCode, string Output);

/// <summary>Programs found on PATH.</summary>
public static class ExternalTool
{
    /// <summary>The full path of a program on PATH, or null.</summary>
    public static string? Find(string name)
    {
        if (name.Contains('/'))
            return File.Exists(name) ? name : null;
        foreach (string folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries))
        {
            string candidate = Path.Combine(folder, name);
            if (File.Exists(candidate))
                return candidate;
        }
        return null;
    }

    /// <summary>Runs a tool; cancellation kills it and everything it started.</summary>
    /// <param name="name">Program on PATH, or a path.</param>
    /// <param name="arguments">Passed as they are, without a shell.</param>
    /// <param name="onLine">Told every line as it comes, if given.</param>
    /// <param name="environment">Variables changed for the tool; a null value removes one.</param>
    /// <exception cref="RingOsException">The program is not on PATH.</exception>
    public static async Task<ToolResult> RunAsync(string name, IEnumerable<string> arguments, CancellationToken cancellation,
        Action<string>? onLine = null, IReadOnlyDictionary<string, string?>? environment = null)
    {
        string path = Find(name) ?? throw new RingOsException($"{name} is not installed; see what is needed with: ./ringos doctor");
        StringBuilder output = new();
        void Keep(string line)
        {
            lock (output)
                output.Append(line).Append('\n');
            onLine?.Invoke(line);
        }
        CommandResult result = await Cli.Wrap(path)
            .WithArguments(arguments)
            .WithWorkingDirectory(Repository.Root)
            .WithEnvironmentVariables(environment ?? new Dictionary<string, string?>())
            .WithValidation(CommandResultValidation.None)
            .WithStandardOutputPipe(PipeTarget.ToDelegate(Keep))
            .WithStandardErrorPipe(PipeTarget.ToDelegate(Keep))
            .ExecuteAsync(cancellation);
        return new ToolResult(result.ExitCode, output.ToString());
    }
}
