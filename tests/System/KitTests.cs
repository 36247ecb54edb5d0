// --kit cosmos as a user has it. The image that stands where Cosmos's would is one of the native kernel, with a command line of its own
// that could not work: so what reaches the guest is what `run` and `compare` say. Subject: tools/RingOS.Host/Boot/Kit.cs
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Host;
using RingOS.Host.Boot;
using Xunit;

namespace RingOS.Tests.System;

/// <summary>Runs the built tool in a repository of its own: the real one's build, other images.</summary>
public sealed class KitTests : IClassFixture<SystemFixture>, IDisposable
{
    private const string Impossible = "placement=nowhere -- nothing";

    private readonly string _root = Directory.CreateTempSubdirectory("ringos-kit-").FullName;

    public KitTests(SystemFixture fixture)
    {
        Assert.NotNull(fixture.Archive);
        Directory.CreateDirectory(Path.Combine(_root, "artifacts", "boot"));
        Directory.CreateSymbolicLink(Path.Combine(_root, "artifacts", "bin"), Path.Combine(Repository.Artifacts, "bin"));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task RunBootsTheKitsImageWithProgramAndPlacementOfTheCall()
    {
        await PrepareIsoAsync();
        ToolResult result = await ToolAsync("run", "--kit", "cosmos", "--no-build", "--placement", "software", "--app", "ping -c 1 10.0.2.2");
        Assert.True(result.ExitCode == 0, result.Output);
        Assert.Contains("1 received", result.Output);
        Assert.Contains("software", result.Output);
        Assert.True(File.Exists(Path.Combine(_root, "artifacts", "logs", "cosmos.txt")), "what Cosmos says has a place of its own");
    }

    [Fact]
    public async Task TheOptionsOfTheNativeKitAreThere()
    {
        await PrepareIsoAsync();
        string pcap = Path.Combine(_root, "frames.pcap");
        ToolResult result = await ToolAsync("run", "--kit", "cosmos", "--no-build", "--nic", "rtl8139", "--machine", "pc", "--memory", "64",
            "--icount", "--pcap", pcap, "--app", "ping -c 1 10.0.2.2");
        Assert.True(result.ExitCode == 0, result.Output);
        Assert.True(new FileInfo(pcap).Length > 100, "a ping is two frames and more");
    }

    [Fact]
    public async Task AProgramsFailureIsTheCommands()
    {
        await PrepareIsoAsync();
        ToolResult result = await ToolAsync("run", "--kit", "cosmos", "--no-build", "--app", "iperf --no-such-option");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("ringos: the program returned", result.Output);
    }

    /// <summary>The image is the same kernel, so the columns are the same to the instruction or so.</summary>
    [Fact]
    public async Task CompareCountsAColumnAKit()
    {
        await PrepareIsoAsync();
        ToolResult result = await ToolAsync("compare", "--kit", "native,cosmos", "--no-build", "--placements", "monolithic,ring3", "--count", "500");
        Assert.True(result.ExitCode == 0, result.Output);
        foreach (string placement in new[] { "monolithic", "ring3" })
        {
            string row = result.Output.Split('\n').Single(line => line.TrimStart().StartsWith(placement + " ", StringComparison.Ordinal));
            int[] cells = [.. Regex.Matches(row[(row.IndexOf(placement, StringComparison.Ordinal) + placement.Length)..], @"[\d,]+")
                .Select(static cell => int.Parse(cell.Value.Replace(",", "", StringComparison.Ordinal)))];
            Assert.Equal(2, cells.Length);
            Assert.InRange(cells[0], 500, 5_000);
            Assert.InRange(cells[1], cells[0] - 5, cells[0] + 5);
        }
    }

    [Fact]
    public async Task AnImageThatIsNotThereIsSaidInOneLine()
    {
        foreach (string command in new[] { "run", "compare" })
        {
            ToolResult result = await ToolAsync(command, "--kit", "cosmos", "--no-build");
            Assert.Equal(1, result.ExitCode);
            Assert.Contains("cosmos.iso has not been built; build it with: ./ringos build --kit cosmos", Assert.Single(Lines(result)));
        }
    }

    [Theory]
    [InlineData("unknown kit 'linux'; there is: native, cosmos", "run", "--kit", "linux")]
    [InlineData("unknown kit 'linux'; there is: native, cosmos", "build", "--kit", "linux")]
    [InlineData("unknown kit 'linux'; there is: native, cosmos", "compare", "--kit", "native,linux")]
    [InlineData("name each kit once", "compare", "--kit", "cosmos,cosmos")]
    [InlineData("name each kit once", "compare", "--kit", "")]
    [InlineData("leave out --all", "compare", "--kit", "native,cosmos", "--all")]
    public async Task ABadKitGetsOneLine(string words, params string[] arguments)
    {
        ToolResult result = await ToolAsync(arguments);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(words, Assert.Single(Lines(result)));
    }

    /// <summary>On a machine that has everything but what only this kit needs.</summary>
    [Fact]
    public async Task WhatTheBuildLacksIsNamedWithTheWayToGetIt()
    {
        string path = Path.Combine(_root, "path");
        Directory.CreateDirectory(path);
        foreach (RequiredTool tool in RequiredTool.All.Where(static tool => tool.Uses != ToolUse.Cosmos && !tool.Name.StartsWith('/')))
        {
            if (ExternalTool.Find(tool.Name) is string found)
                File.CreateSymbolicLink(Path.Combine(path, tool.Name), found);
        }
        ToolResult result = await ToolAsync(["build", "--kit", "cosmos"], path);
        Assert.Equal(1, result.ExitCode);
        string line = Assert.Single(Lines(result));
        Assert.Contains("clang is missing, make is missing, gcc is missing, cosmos.patcher is missing", line);
        Assert.Contains("dotnet tool install -g Cosmos.Patcher --version 3.0.82, with ~/.dotnet/tools on PATH; sudo apt install clang make gcc", line);
    }

    /// <summary>What MSBuild says of a project whose SDK is on no feed.</summary>
    [Fact]
    public async Task AFeedWithoutThePackagesIsRecognised()
    {
        string project = Path.Combine(_root, "kit.csproj");
        await File.WriteAllTextAsync(project, "<Project Sdk=\"RingOS.OnNoFeed/1.0.0\" />");
        await File.WriteAllTextAsync(Path.Combine(_root, "nuget.config"),
            $"<configuration><packageSources><clear /><add key=\"empty\" value=\"{_root}\" /></packageSources></configuration>");
        ToolResult result = await ExternalTool.RunAsync("dotnet", ["build", project, "-v", "q", "-nologo"], CancellationToken.None);
        Assert.NotEqual(0, result.ExitCode);
        Assert.True(CosmosBuild.IsMissingPackage(result.Output), result.Output);
        Assert.False(CosmosBuild.IsMissingPackage("error CS2017: Cannot specify /main if building a module or library"));
    }

    private Task PrepareIsoAsync() => IsoImage.WriteAsync(
        Path.Combine(_root, "artifacts", "boot", "cosmos.iso"), Images.Kernel, Images.Archive, Impossible, CancellationToken.None);

    private static string[] Lines(ToolResult result) => result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private Task<ToolResult> ToolAsync(params string[] arguments) => ToolAsync(arguments, Environment.GetEnvironmentVariable("PATH")!);

    private Task<ToolResult> ToolAsync(string[] arguments, string path)
        => ExternalTool.RunAsync("dotnet", [Repository.Built("RingOS.Cli", "RingOS.Cli.dll"), .. arguments], CancellationToken.None,
            environment: new Dictionary<string, string?> { ["RINGOS_ROOT"] = _root, ["PATH"] = path });
}
