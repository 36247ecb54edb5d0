// The `ringos` command as a user has it: exit codes, one-line errors, JSON, and no machine left behind.
using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Host;
using Xunit;

namespace RingOS.Tests.System;

/// <summary>Runs the built command-line tool.</summary>
public sealed class CommandTests(SystemFixture fixture) : IClassFixture<SystemFixture>
{
    private static string Tool => Repository.Built("RingOS.Cli", "RingOS.Cli.dll");

    [Theory]
    [InlineData("unknown placement", "run", "--no-build", "--placement", "ring7")]
    [InlineData("unknown NIC", "run", "--no-build", "--nic", "tg3")]
    [InlineData("unknown app", "run", "--no-build", "--app", "nethack")]
    [InlineData("memory", "run", "--no-build", "--memory", "16")]
    [InlineData("is no server", "compare", "--no-build", "--server", "nowhere")]
    [InlineData("do not fit", "compare", "--no-build", "--bytes", "5000")]
    [InlineData("unknown app '@nowhere'", "run", "--no-build", "--app", "@nowhere")]
    [InlineData("--json= has no value", "medium", "--json=", "x.json")]
    [InlineData("--icount is a switch", "run", "--icount=no")]
    [InlineData("--time takes a number", "hub", "--no-build", "--time", "0,5")]
    [InlineData("--time takes a number", "medium", "--time", "1e3")]
    [InlineData("--rate 0.5", "hub", "--no-build", "--rate", "0.5")]
    [InlineData("--count takes a whole number", "compare", "--no-build", "--count", "1,000")]
    [InlineData("--seed takes a whole number", "medium", "--seed", "-1")]
    [InlineData("--timeout 4294968", "run", "--no-build", "--timeout", "4294968")]
    [InlineData("smap=no is unknown", "run", "--no-build", "--smap", "no")]
    [InlineData("unknown accelerator 'xen'", "run", "--no-build", "--accel", "xen")]
    [InlineData("KVM counts no instructions", "run", "--no-build", "--accel", "kvm", "--icount")]
    [InlineData("--all measures in TCG", "compare", "--no-build", "--all", "--accel", "kvm")]
    [InlineData("there is compare, hub, explain, compare-all, counting", "benchmark", "--only", "everything")]
    [InlineData("--rounds 0", "benchmark", "--rounds", "0")]
    [InlineData("--forward 0", "run", "--no-build", "--forward", "0")]
    [InlineData("the guest has no TCP", "run", "--no-build", "--forward", "tcp:5001")]
    [InlineData("cannot write /proc/x", "medium", "--json", "/proc/x")]
    [InlineData("cannot write /dev/full", "medium", "--stations", "1", "--time", "0.01", "--json", "/dev/full")]
    public async Task BadOptionsGetOneClearLine(string words, params string[] arguments)
    {
        ToolResult result = await ToolAsync(arguments);

        Assert.NotEqual(0, result.ExitCode);
        string[] lines = [.. result.Output.Split('\n').Where(static line => line.StartsWith("ringos: ", StringComparison.Ordinal))];
        Assert.Contains(words, Assert.Single(lines), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("   at ", result.Output);
    }

    // KVM that cannot go on prints registers, and QEMU waits. Neither trial nor run waits with it.
    [Fact]
    public async Task KvmThatDoesNotWorkIsToldAtOnce()
    {
        using StandInQemu qemu = new("printf RS; echo 'KVM internal error. Suberror: 1' >&2; echo 'Code=90 <0f> 01 ca' >&2; exec sleep 600");
        ToolResult refused = await ToolAsync("run", "--no-build", "--accel", "kvm", "--qemu", qemu.Path);
        Assert.Equal("ringos: --accel kvm: KVM of this machine stops at the instruction clac, which the kernel needs for SMAP; add --smap off, or leave out --accel kvm\n",
            refused.Output);
        ToolResult stopped = await ToolAsync("run", "--no-build", "--accel", "kvm", "--smap", "off", "--qemu", qemu.Path);
        Assert.Contains("ringos: KVM cannot execute an instruction of the guest (its bytes: 0f 01 ca)", stopped.Output, StringComparison.Ordinal);
        Assert.Equal((1, 1), (refused.ExitCode, stopped.ExitCode));
    }

    // The same commands where KVM works, as far as they can be seen without: TCG under KVM's name.
    [Fact]
    public async Task CyclesOfAProcessorStandBesideInstructions()
    {
        using StandInQemu qemu = StandInQemu.WithKvm();
        string json = Path.Combine(Path.GetTempPath(), $"ringos-{Guid.NewGuid():N}.json");
        try
        {
            ToolResult result = await ToolAsync(
                "compare", "--no-build", "--accel", "kvm", "--placements", "monolithic", "--count", "200", "--json", json, "--qemu", qemu.Path);
            Assert.True(result.ExitCode == 0, result.Output);
            Assert.Contains("cycles of the processor, KVM", result.Output, StringComparison.Ordinal);
            Assert.Contains("on the processor: null system call: ", result.Output, StringComparison.Ordinal);
            using JsonDocument document = JsonDocument.Parse(await File.ReadAllTextAsync(json));
            JsonElement run = document.RootElement.GetProperty("runs").EnumerateArray().Single(static run => run.GetProperty("mode").GetString() == "kvm");
            Assert.True(run.GetProperty("cyclesPerDatagram").GetDouble() > 0);
            Assert.True(document.RootElement.GetProperty("primitiveCycles").GetProperty("nullSyscall").GetInt64() > 0);
        }
        finally
        {
            File.Delete(json);
        }
    }

    // As somebody found out who was root, and lost the machine's null device.
    [Fact]
    public async Task ADeviceIsNotReplacedByAResult()
    {
        string link = Path.Combine(Path.GetTempPath(), $"ringos-{Guid.NewGuid():N}");
        File.CreateSymbolicLink(link, "/dev/null");
        try
        {
            ToolResult result = await ToolAsync("medium", "--stations", "1", "--time", "0.01", "--json", link);
            Assert.True(result.ExitCode == 0, result.Output);
            Assert.Equal("/dev/null", new FileInfo(link).LinkTarget);
            Assert.Equal(FileKind.Stream, FileKinds.Of("/dev/null"));
        }
        finally
        {
            File.Delete(link);
        }
    }

    // Every figure that a wide screen shows is there in one piece.
    [Fact]
    public async Task OnANarrowScreenFiguresStayWhole()
    {
        string[] wide = await MediumOnAsync(columns: 200);
        string[] narrow = await MediumOnAsync(columns: 40);
        string[] figures = wide.Single(static line => line.TrimStart().StartsWith("12 ", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[..^1]; // the last one is this computer's speed
        string[] words = [.. narrow.SelectMany(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        Assert.All(figures, figure => Assert.Contains(figure, words));
        Assert.All(narrow, static line => Assert.InRange(line.Length, 0, 40));
    }

    // Stamps and lengths of the timeline and sums of the phases: whole numbers of the guest, the same in both runs.
    [Fact]
    public async Task OnANarrowScreenTheFiguresOfATraceStayWhole()
    {
        Assert.NotNull(fixture.Archive);
        const string Trace = "trace --no-build --placement ring3";
        string[] wide = await OnAsync(columns: 200, Trace);
        string[] narrow = await OnAsync(columns: 40, Trace);
        string[] figures = [.. wide.SelectMany(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(2)).Where(IsFigure).Distinct()];
        string[] words = [.. narrow.SelectMany(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        Assert.True(figures.Length > 20, string.Join(' ', figures));
        Assert.All(figures, figure => Assert.Contains(figure, words));
        Assert.All(narrow, static line => Assert.InRange(line.Length, 0, 40));

        static bool IsFigure(string word) => word.All(static letter => char.IsAsciiDigit(letter) || letter == ',');
    }

    private static Task<string[]> MediumOnAsync(int columns) => OnAsync(columns, "medium --stations 12 --time 0.05");

    private static async Task<string[]> OnAsync(int columns, string words)
    {
        string command = $"stty cols {columns}; NO_COLOR=1 TERM=dumb dotnet {Tool} {words}";
        ToolResult result = await ExternalTool.RunAsync("script", ["-qec", command, "/dev/null"], CancellationToken.None);
        Assert.True(result.ExitCode == 0, result.Output);
        return [.. result.Output.Split('\n').Select(static line => line.TrimEnd())];
    }

    [Fact]
    public async Task RunPassesTheProgramsExitCodeOn()
    {
        Assert.NotNull(fixture.Archive);
        ToolResult good = await ToolAsync("run", "--no-build", "--placement", "monolithic", "--app", "hello");
        ToolResult bad = await ToolAsync("run", "--no-build", "--placement", "monolithic", "--app", "iperf --no-such-option");

        Assert.Equal(0, good.ExitCode);
        Assert.Contains("Hello from ring 3!", good.Output);
        Assert.NotEqual(0, bad.ExitCode);
    }

    [Fact]
    public async Task CompareWritesTheJsonItPromises()
    {
        string file = Path.Combine(Path.GetTempPath(), $"ringos-{Guid.NewGuid():N}.json");
        try
        {
            ToolResult result = await ToolAsync("compare", "--no-build", "--count", "500", "--json", file);
            Assert.True(result.ExitCode == 0, result.Output);

            using JsonDocument json = JsonDocument.Parse(await File.ReadAllTextAsync(file));
            JsonElement[] counted = [.. json.RootElement.GetProperty("runs").EnumerateArray()
                .Where(static run => run.GetProperty("mode").GetString() == "icount")];
            Assert.Equal(["monolithic", "ring3", "microkernel"], counted.Select(static run => run.GetProperty("placement").GetString()));
            Assert.All(counted, static run =>
            {
                Assert.Equal(500, run.GetProperty("datagrams").GetInt32());
                Assert.Equal(500, run.GetProperty("received").GetInt32());
                Assert.Equal(0, run.GetProperty("lost").GetInt32());
                Assert.Equal(0, run.GetProperty("writeErrors").GetInt32());
                double layers = run.GetProperty("layers").EnumerateObject().Sum(static layer => layer.Value.GetDouble());
                double total = run.GetProperty("instructionsPerDatagram").GetDouble();
                Assert.InRange(layers / total, 0.99, 1.01);
                Assert.True(run.GetProperty("events").GetProperty("ringCrossings").GetDouble() >= 4);
                Assert.Equal("1", run.GetProperty("dials").GetProperty("batch").ToString());
            });
            Assert.True(json.RootElement.GetProperty("primitives").GetProperty("ipcRoundTrip").GetInt32() > 0);
            Assert.Contains(json.RootElement.GetProperty("runs").EnumerateArray(), static run =>
                run.GetProperty("mode").GetString() == "wall" && run.GetProperty("datagramsPerSecond").GetDouble() > 0);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task InterruptingARunLeavesNoMachineBehind()
    {
        ProcessStartInfo start = new("dotnet", [Tool, "run", "--no-build", "--timeout", "0", "--app", "ping -c 1000 10.0.2.2"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process tool = Process.Start(start)!;
        string? line;
        do
            line = await tool.StandardOutput.ReadLineAsync();
        while (line is not null && !line.Contains("icmp_seq=1"));
        Assert.NotNull(line);
        int[] machines = ChildrenOf(tool.Id);
        Assert.NotEmpty(machines);

        using Process kill = Process.Start("kill", ["-TERM", $"{tool.Id}"])!;
        await kill.WaitForExitAsync();
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(60));
        _ = tool.StandardOutput.ReadToEndAsync(patience.Token);
        await tool.WaitForExitAsync(patience.Token);

        Assert.NotEqual(0, tool.ExitCode);
        Assert.All(machines, static machine => Assert.False(Directory.Exists($"/proc/{machine}")));
    }

    private static int[] ChildrenOf(int parent)
        => [.. File.ReadAllText($"/proc/{parent}/task/{parent}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse),
            .. Directory.GetDirectories($"/proc/{parent}/task").SelectMany(static task
                => File.ReadAllText(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(int.Parse)];

    private static Task<ToolResult> ToolAsync(params string[] arguments)
        => ExternalTool.RunAsync("dotnet", [Tool, .. arguments], CancellationToken.None);
}
