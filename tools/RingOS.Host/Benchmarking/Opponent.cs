// The other checkout: a folder that is there, or a commit that is cloned into a temporary folder and built. Next: Benchmark.cs
using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace RingOS.Host.Benchmarking;

/// <summary>What this checkout is timed against.</summary>
public sealed class Opponent : IDisposable
{
    private const string Launcher = "ringos";

    private readonly string? _temporary;

    private Opponent(string name, string folder, string? temporary)
    {
        Name = name;
        Folder = folder;
        _temporary = temporary;
    }

    /// <summary>As the user named it.</summary>
    public string Name { get; }

    public string Folder { get; }

    /// <summary>Finds it and builds it.</summary>
    /// <param name="name">A folder with a launcher in it, or a commit of this repository.</param>
    /// <exception cref="RingOsException">It is neither, or does not build.</exception>
    public static async Task<Opponent> PrepareAsync(string name, CancellationToken cancellation)
    {
        Opponent opponent = Directory.Exists(name) ? OfFolder(name) : await OfCommitAsync(name, cancellation);
        try
        {
            await SucceedAsync(Path.Combine(opponent.Folder, Launcher), ["build"], $"building {name}", cancellation);
            return opponent;
        }
        catch
        {
            opponent.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (_temporary is not null && Directory.Exists(_temporary))
            Directory.Delete(_temporary, recursive: true);
    }

    private static Opponent OfFolder(string name)
    {
        string folder = Path.GetFullPath(name);
        return File.Exists(Path.Combine(folder, Launcher))
            ? new Opponent(name, folder, temporary: null)
            : throw new RingOsException($"--against {name}: the folder has no launcher named {Launcher}", exitCode: 2);
    }

    private static async Task<Opponent> OfCommitAsync(string name, CancellationToken cancellation)
    {
        ToolResult known = await ExternalTool.RunAsync("git", ["-C", Repository.Root, "rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}"], cancellation);
        if (known.ExitCode != 0)
            throw new RingOsException($"--against {name}: neither a folder nor a commit of this repository", exitCode: 2);
        string folder = Directory.CreateTempSubdirectory("ringos-benchmark-").FullName;
        Opponent opponent = new(name, folder, folder);
        try
        {
            await SucceedAsync("git", ["clone", "--quiet", "--shared", "--no-checkout", Repository.Root, folder], $"cloning {name}", cancellation);
            await SucceedAsync("git", ["-C", folder, "checkout", "--quiet", known.Output.Trim()], $"checking out {name}", cancellation);
            return opponent;
        }
        catch
        {
            opponent.Dispose();
            throw;
        }
    }

    private static async Task SucceedAsync(string tool, string[] arguments, string what, CancellationToken cancellation)
    {
        ToolResult result = await ExternalTool.RunAsync(tool, arguments, cancellation, environment: Benchmark.Environment);
        if (result.ExitCode != 0)
            throw new RingOsException($"{what} failed: {LastLine.Of(result.Output) ?? "it said nothing"}");
    }
}
