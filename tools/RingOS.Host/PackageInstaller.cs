// Installs Debian packages where that needs no question: by apt, as root or through a sudo without a password. Next: ExternalTool.cs
using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace RingOS.Host;

/// <summary>What is missing on a fresh machine is installed by the command that misses it.</summary>
public static class PackageInstaller
{
    private static readonly Dictionary<string, string?> s_environment = new() { ["DEBIAN_FRONTEND"] = "noninteractive" };

    private static string LogFile => Path.Combine(Repository.Artifacts, "apt.log");

    /// <summary>Installs packages; tells the user which, and keeps apt's words in artifacts/apt.log.</summary>
    /// <param name="packages">Names of Debian packages.</param>
    /// <returns>False if nothing was to be done, or this machine does not let us: then nothing was changed.</returns>
    /// <exception cref="RingOsException">apt-get failed.</exception>
    public static async Task<bool> InstallAsync(IReadOnlyCollection<string> packages, CancellationToken cancellation)
    {
        if (packages.Count == 0 || await AptGetAsync(cancellation) is not { } aptGet)
            return false;
        string names = string.Join(' ', packages);
        Console.Error.WriteLine($"ringos: installing {names} (log: {Repository.Display(LogFile)})");
        await RunAsync([.. aptGet, "update", "-q"], names, cancellation);
        await RunAsync([.. aptGet, "install", "-q", "-y", "--no-install-recommends", .. packages], names, cancellation);
        return true;
    }

    // The words before apt-get's own arguments; null where it is missing or would ask for a password.
    private static async Task<string[]?> AptGetAsync(CancellationToken cancellation)
    {
        if (ExternalTool.Find("apt-get") is null)
            return null;
        if (Environment.IsPrivilegedProcess)
            return ["apt-get"];
        if (ExternalTool.Find("sudo") is null)
            return null;
        ToolResult trial = await ExternalTool.RunAsync("sudo", ["-n", "true"], cancellation);
        return trial.ExitCode == 0 ? ["sudo", "-n", "--preserve-env=DEBIAN_FRONTEND", "apt-get"] : null;
    }

    private static async Task RunAsync(string[] command, string names, CancellationToken cancellation)
    {
        ToolResult result = await ExternalTool.RunAsync(command[0], command[1..], cancellation, environment: s_environment);
        Directory.CreateDirectory(Repository.Artifacts);
        await File.AppendAllTextAsync(LogFile, result.Output, cancellation);
        if (result.ExitCode != 0)
            throw new RingOsException($"apt-get failed, see {Repository.Display(LogFile)}; install by hand with: sudo apt install {names}");
    }
}
