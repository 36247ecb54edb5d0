// A fresh machine: each command installs what it misses, that and nothing else, or says in one line what to install. apt-get is a
// stand-in that keeps its arguments; everything else is real. Code: tools/RingOS.Host/PackageInstaller.cs
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Host;
using RingOS.Tests.Unit.Host;
using Xunit;

namespace RingOS.Tests.System;

/// <summary>Runs the built tool with a PATH of its own.</summary>
public sealed class SetupTests : IDisposable, IClassFixture<SystemFixture>
{
    private readonly TemporaryFolder _path = new();
    private readonly TemporaryFolder _output = new();

    private static string Tool => Repository.Built("RingOS.Cli", "RingOS.Cli.dll");

    private string AptLog => _output["apt"];

    public void Dispose()
    {
        _path.Dispose();
        _output.Dispose();
    }

    [Fact]
    public async Task AMissingToolIsInstalledByTheCommandThatMissesIt()
    {
        LinkAllBut("xorriso");
        Install("apt-get", $"echo \"$@\" >>{AptLog}; [ \"$1\" = update ] || ln -s {ExternalTool.Find("xorriso")} {_path["xorriso"]}");

        ToolResult result = await ToolAsync("iso", "--no-build", "--output", _output["a.iso"]);

        Assert.True(result.ExitCode == 0, result.Output);
        Assert.True(File.Exists(_output["a.iso"]));
        Assert.Equal(["update -q", "install -q -y --no-install-recommends xorriso"], await File.ReadAllLinesAsync(AptLog));
        Assert.Contains("ringos: installing xorriso", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NothingIsInstalledForAnotherCommandsNeeds()
    {
        LinkAllBut("xorriso", "qemu-system-x86_64", "iperf", "gdb", "tshark", "chromium", "nasm", "ld.lld", "grub-mkrescue", "mformat");
        Install("apt-get", $"echo \"$@\" >>{AptLog}; exit 1");

        ToolResult result = await ToolAsync("medium", "--stations", "1", "--time", "0.01");

        Assert.True(result.ExitCode == 0, result.Output);
        Assert.False(File.Exists(AptLog));
    }

    [Fact]
    public async Task AFailedInstallationIsOneLineWithTheRemedy()
    {
        LinkAllBut("xorriso", "mformat");
        Install("apt-get", "echo no network; exit 100");

        ToolResult result = await ToolAsync("iso", "--no-build", "--output", _output["a.iso"]);

        Assert.Equal(1, result.ExitCode);
        string line = Assert.Single(Lines(result), static line => !line.StartsWith("ringos: installing", StringComparison.Ordinal));
        Assert.Contains("sudo apt install xorriso mtools", line, StringComparison.Ordinal);
        Assert.Contains("apt.log", line, StringComparison.Ordinal);
        Assert.False(File.Exists(_output["a.iso"]));
    }

    [Fact]
    public async Task WithoutAptTheLineSaysWhatToInstall()
    {
        LinkAllBut("xorriso", "mformat", "apt-get");

        ToolResult result = await ToolAsync("iso", "--no-build", "--output", _output["a.iso"]);

        Assert.Equal(1, result.ExitCode);
        Assert.Equal("ringos: xorriso is missing, mformat is missing: sudo apt install xorriso mtools", Assert.Single(Lines(result)));
    }

    private static string[] Lines(ToolResult result) => result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    // A PATH with every program of this machine but those named.
    private void LinkAllBut(params string[] missing)
    {
        foreach (string folder in Environment.GetEnvironmentVariable("PATH")!.Split(':').Where(Directory.Exists))
        {
            foreach (string program in Directory.GetFiles(folder).Where(program => !missing.Contains(Path.GetFileName(program))))
            {
                if (!Path.Exists(_path[Path.GetFileName(program)]))
                    File.CreateSymbolicLink(_path[Path.GetFileName(program)], program);
            }
        }
    }

    private void Install(string name, string script)
    {
        File.Delete(_path[name]);
        File.WriteAllText(_path[name], $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_path[name], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private Task<ToolResult> ToolAsync(params string[] arguments)
        => ExternalTool.RunAsync("dotnet", [Tool, .. arguments], CancellationToken.None,
            environment: new Dictionary<string, string?> { ["PATH"] = _path.Root });
}
