// Real guests on one simulated wire: the same run every time, the same wire from every ring, and what becomes of the others when one
// guest dies.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Ethernet;
using RingOS.Host;
using RingOS.Host.Boot;
using RingOS.Host.Machines;
using RingOS.Hub;
using Xunit;

namespace RingOS.Tests.System;

/// <summary>Each run is a few tens of milliseconds of simulated time.</summary>
public sealed class HubTests(SystemFixture fixture) : IClassFixture<SystemFixture>
{
    private static readonly HubOptions s_short = new() { Hosts = 3, Milliseconds = 20, Placement = "monolithic" };

    [Fact]
    public async Task TwoRunsAreTheSameAndAnotherSeedIsAnother()
    {
        HubResult first = await RunAsync(s_short);
        HubResult second = await RunAsync(s_short);
        HubResult other = await RunAsync(s_short with { Seed = 2 });

        Assert.All(first.Hosts, static host => Assert.Null(host.Problem));
        Assert.All(first.Hosts, static host => Assert.True(host.Report?.Written > 0));
        Assert.True(first.CollisionsPerFrame > 0);
        Assert.Equal(first.TraceHash, second.TraceHash);
        Assert.NotEqual(first.TraceHash, other.TraceHash);
    }

    /// <summary>Time stands still while a guest computes, so what a wall costs cannot be seen from outside: the wire cannot tell the ring.</summary>
    [Fact]
    public async Task TheWireCannotTellInWhichRingTheDriverRuns()
    {
        List<string> hashes = [];
        foreach (Placement placement in Placement.All)
            hashes.Add((await RunAsync(s_short with { Placement = placement.Name })).TraceHash);
        Assert.Equal(7, hashes.Count);
        Assert.Single(hashes.Distinct());
    }

    [Fact]
    public async Task AGuestThatIsKilledIsNamedAndTheOthersFinish()
    {
        string folder = Directory.CreateTempSubdirectory("ringos-hub-").FullName;
        try
        {
            HubResult result;
            using (StationCaptures captures = new(3, new BitClock(100_000_000), station => File.Create(Path.Combine(folder, $"{station}.pcap"))))
                result = await RunAsync(s_short, prepare: null, captures, new AfterFrames(30, () => Kill("address=10.0.2.12")));

            Assert.Equal([false, true, false], result.Hosts.Select(static host => host.Problem is not null));
            Assert.StartsWith("QEMU failed with exit code 137", result.Hosts[1].Problem, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', result.Hosts[1].Problem!.Split("; the serial line ended with")[0]);
            Assert.All(new[] { 0, 2 }, number => Assert.True(result.Hosts[number].Report?.Written > 0));
            Assert.Empty(Machines("address=10.0.2."));
            for (int station = 0; station < 3; station++)
                await CheckCaptureAsync(Path.Combine(folder, $"{station}.pcap"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task AGuestThatHangsIsGivenUpAndTheOthersFinish()
    {
        HubResult result = await RunAsync(
            s_short with { Patience = TimeSpan.FromSeconds(15) }, prepare: null, new AfterFrames(30, () => Stop("address=10.0.2.12")));

        Assert.StartsWith("the guest computed for too long without a pause", result.Hosts[1].Problem, StringComparison.Ordinal);
        Assert.All(new[] { 0, 2 }, number => Assert.True(result.Hosts[number].Report?.Written > 0));
        Assert.Empty(Machines("address=10.0.2."));
    }

    /// <summary>The second sends to the third, which is never there: that is its own iperf's failure, told by its own run.</summary>
    [Theory]
    [InlineData("-- iperf", "-- nethack", "the kernel could not use its command line or boot archive")]
    [InlineData("placement=monolithic", "placement=ring4", "the kernel could not use its command line or boot archive")]
    public async Task AGuestThatEndsAtOnceIsNamedAndTheOthersFinish(string words, string others, string problem)
    {
        HubResult result = await RunAsync(s_short, (number, machine) => number != 2 ? machine : machine with
        {
            Kernel = Images.FaultyKernel,
            CommandLine = machine.CommandLine.Replace(words, others, StringComparison.Ordinal),
        });

        Assert.Null(result.Trouble);
        Assert.StartsWith(problem, result.Hosts[2].Problem, StringComparison.Ordinal);
        Assert.NotNull(result.Hosts[1].Run);
        Assert.Null(result.Hosts[0].Problem);
        Assert.True(result.Hosts[0].Report?.Written > 0);
    }

    [Fact]
    public async Task GuestsThatAllWaitForEverAreStopped()
    {
        HubResult result = await RunAsync(s_short with { Hosts = 2 }, static (_, machine) => machine with
        {
            CommandLine = machine.CommandLine[..machine.CommandLine.IndexOf("-- iperf", StringComparison.Ordinal)] + "-- udpecho",
        });

        Assert.Equal("all guests wait for something that will never happen", result.Trouble);
        Assert.All(result.Hosts, static host => Assert.StartsWith("it was stopped", host.Problem, StringComparison.Ordinal));
        Assert.Empty(Machines("address=10.0.2."));
    }

    [Theory]
    [InlineData("echo \"qemu: -device ivshmem-plain,memdev=window0: 'ivshmem-plain' is not a valid device model name\" >&2; exit 1", "--disable-ivshmem")]
    [InlineData("echo \"qemu: -plugin: invalid option\" >&2; exit 1", "built without plugins")]
    [InlineData(null, "qemu-system-x86_64 is not installed")]
    public async Task AQemuThatCannotDoItIsToldOnce(string? script, string words)
    {
        string folder = Directory.CreateTempSubdirectory("ringos-path-").FullName;
        string? path = Environment.GetEnvironmentVariable("PATH");
        string? chosen = Environment.GetEnvironmentVariable(Qemu.Variable);
        try
        {
            Environment.SetEnvironmentVariable(Qemu.Variable, null);
            if (script is not null)
            {
                string program = Path.Combine(folder, Qemu.Name);
                await File.WriteAllTextAsync(program, $"#!/bin/sh\ncase $1 in --version) echo QEMU emulator version 7.2.22; exit;; esac\n{script}\n");
                await Process.Start("chmod", ["755", program]).WaitForExitAsync();
            }
            Environment.SetEnvironmentVariable("PATH", script is null ? folder : $"{folder}:{path}");
            RingOsException failure = await Assert.ThrowsAsync<RingOsException>(() => RunAsync(s_short));

            Assert.Contains(words, failure.Message);
            Assert.DoesNotContain('\n', failure.Message);
        }
        finally
        {
            Environment.SetEnvironmentVariable("PATH", path);
            Environment.SetEnvironmentVariable(Qemu.Variable, chosen);
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task TwoHubsAtOnceDoNotMeet()
    {
        Task<HubResult>[] both = [RunAsync(s_short), RunAsync(s_short)];
        HubResult[] results = await Task.WhenAll(both);
        Assert.All(results.SelectMany(static result => result.Hosts), static host => Assert.Null(host.Problem));
        Assert.Equal(results[0].TraceHash, results[1].TraceHash);
    }

    /// <summary>The system ends the machines, and what they shared has no name.</summary>
    [Fact]
    public async Task AToolThatIsKilledLeavesNoMachineAndNoSharedMemory()
    {
        const string Mark = "-b 50001234";
        string[] files = [.. Directory.EnumerateFileSystemEntries("/dev/shm").Where(static file => file.Contains("ringos", StringComparison.Ordinal))];
        Assert.NotNull(fixture.Archive);
        ProcessStartInfo start = new("dotnet", [Repository.Built("RingOS.Cli", "RingOS.Cli.dll"), "hub", "--no-build", "--time", "20", "--rate", "50001234"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process tool = Process.Start(start)!;
        await UntilAsync(() => AllProcesses(Mark).Length == 4);
        tool.Kill();
        await UntilAsync(() => AllProcesses(Mark).Length == 0);
        Assert.Equal(files, Directory.EnumerateFileSystemEntries("/dev/shm").Where(static file => file.Contains("ringos", StringComparison.Ordinal)));
    }

    private async Task<HubResult> RunAsync(
        HubOptions options, Func<int, MachineOptions, MachineOptions>? prepare = null, params IMediumObserver[] observers)
    {
        Assert.NotNull(fixture.Archive);
        using HubExperiment experiment = new(options, observers);
        if (prepare is not null)
            experiment.Prepare = prepare;
        return await experiment.RunAsync(CancellationToken.None);
    }

    // Whole frames only, so that tshark has nothing to complain of.
    private static async Task CheckCaptureAsync(string file)
    {
        ToolResult result = await ExternalTool.RunAsync("tshark", ["-r", file, "-T", "fields", "-e", "frame.number"], CancellationToken.None);
        Assert.True(result.ExitCode == 0, result.Output);
        Assert.DoesNotContain("cut short", result.Output);
        Assert.True(result.Output.Split('\n').Length > 20);
    }

    private static void Kill(string words)
    {
        foreach (int machine in Machines(words))
            Process.GetProcessById(machine).Kill();
    }

    private static void Stop(string words)
    {
        foreach (int machine in Machines(words))
            Process.Start("kill", ["-STOP", $"{machine}"]).WaitForExit();
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (int tries = 0; !condition(); tries++)
        {
            Assert.True(tries < 1_200, "it does not become so within a minute");
            await Task.Delay(50);
        }
    }

    private static int[] AllProcesses(string words)
        => [.. Process.GetProcesses().Where(process => CommandLineOf(process.Id).Contains(words, StringComparison.Ordinal)).Select(static process => process.Id)];

    private static string CommandLineOf(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline");
        }
        catch (IOException)
        {
            return ""; // it has just ended
        }
    }

    // This process's children only: somebody else's guests are none of our business.
    private static int[] Machines(string words)
        => [.. Process.GetProcesses().Where(process => IsMachine(process.Id, words)).Select(static process => process.Id)];

    private static bool IsMachine(int process, string words)
    {
        try
        {
            string state = File.ReadAllText($"/proc/{process}/stat");
            bool isChild = state[(state.LastIndexOf(')') + 2)..].Split(' ')[1] == $"{Environment.ProcessId}";
            return isChild && File.ReadAllText($"/proc/{process}/cmdline").Contains(words, StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false; // it has just ended
        }
    }

    // Does something once, while all guests stand still.
    private sealed class AfterFrames(int count, Action action) : IMediumObserver
    {
        private int _frames;

        public void OnSent(int station, Frame frame, TransmitReport report)
        {
            if (++_frames == count)
                action();
        }

        public void OnReceived(int station, Frame frame, long at)
        {
        }
    }
}
