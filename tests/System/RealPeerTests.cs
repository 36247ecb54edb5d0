// The wire, judged by others: Debian's iperf as the server, tshark as the reader of a capture, the gateway answering ping.
using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Host;
using RingOS.Host.Boot;
using RingOS.Host.Iperf;
using RingOS.Host.Machines;
using RingOS.Host.Serial;
using Xunit;

namespace RingOS.Tests.System;

/// <summary>Real peers, plain TCG.</summary>
public sealed class RealPeerTests(SystemFixture fixture) : IClassFixture<SystemFixture>
{
    [Theory]
    [InlineData("monolithic")]
    [InlineData("ring3")]
    [InlineData("microkernel")]
    public async Task DebiansIperfServerReportsNoLoss(string placement)
    {
        using DebianIperf server = new();

        GuestRun run = await RunAsync(placement, $"iperf -c 10.0.2.2 -u -b 20m -t 2 -p {server.Port}");

        run.EnsureSuccess(placement);
        Assert.Contains("Server Report:", run.Output);
        string report = run.Output.Split('\n').Last(static line => line.Contains("ms ") && line.Contains('%'));
        Assert.Matches(@" 0/\s*\d+ \(0%\)", report);
    }

    [Theory]
    [InlineData("monolithic")]
    [InlineData("ring3")]
    [InlineData("microkernel")]
    public async Task PingIsAnswered(string placement)
    {
        GuestRun run = await RunAsync(placement, "ping -c 2 -i 0.01 10.0.2.2");

        run.EnsureSuccess(placement);
        Assert.Contains("2 packets transmitted, 2 received, 0% packet loss", run.Output);
    }

    [Theory]
    [InlineData("monolithic", "")]
    [InlineData("ring3", "")]
    [InlineData("microkernel", "")]
    [InlineData("monolithic", "checksum=software")]
    [InlineData("microkernel", "checksum=software")]
    public async Task TsharkFindsEveryChecksumRight(string placement, string options)
    {
        using IperfServer server = new();
        string capture = Path.Combine(Path.GetTempPath(), $"ringos-{Guid.NewGuid():N}.pcap");
        try
        {
            GuestRun run = await RunAsync(placement, $"{options}", $"iperf -c 10.0.2.2 -u -b 0 -n 147000 -p {server.Port}", capture);
            run.EnsureSuccess(placement);
            Assert.Contains(run.Events, happened => happened.Word("Checksum") == (options.Length == 0 ? "offload" : "software"));

            ToolResult frames = await ExternalTool.RunAsync(
                "tshark",
                [
                    "-r", capture, "-o", "ip.check_checksum:TRUE", "-o", "udp.check_checksum:TRUE",
                    "-Y", "udp && ip.src==10.0.2.15", "-T", "fields",
                    "-e", "ip.checksum.status", "-e", "udp.checksum.status", "-e", "udp.checksum", "-e", "udp.length",
                ],
                CancellationToken.None);
            string[] rows = [.. frames.Output.Split('\n').Where(static row => row.Count(static c => c == '\t') == 3)];

            Assert.True(rows.Length > 100, $"only {rows.Length} datagrams in the capture:\n{frames.Output}");
            Assert.All(rows, static row => Assert.StartsWith("1\t1\t0x", row)); // 1 = good
            Assert.All(rows, static row => Assert.DoesNotContain("0x0000", row));
            Assert.True(rows.Count(static row => row.EndsWith("\t1478", StringComparison.Ordinal)) >= 100);
        }
        finally
        {
            File.Delete(capture);
        }
    }

    // From the host into the guest: the command that the README names, and Debian's client.
    [Fact]
    public async Task DebiansClientReachesTheGuestsServer()
    {
        Assert.NotNull(fixture.Archive);
        int port = DebianIperf.FreePort();
        ProcessStartInfo start = new("dotnet",
            [Repository.Built("RingOS.Cli", "RingOS.Cli.dll"), "run", "--no-build", "--app", "iperf -s -u", "--forward", $"{port}:5001"])
        {
            RedirectStandardOutput = true,
        };
        using Process tool = Process.Start(start)!;
        try
        {
            string? line;
            do
                line = await tool.StandardOutput.ReadLineAsync();
            while (line is not null && !line.StartsWith("Server listening", StringComparison.Ordinal));
            ToolResult client = await ExternalTool.RunAsync("iperf",
                ["-c", "127.0.0.1", "-u", "-p", $"{port}", "-n", "147000", "-b", "2m"], CancellationToken.None);
            string guest = await tool.StandardOutput.ReadToEndAsync();
            await tool.WaitForExitAsync();
            Assert.Contains("Server Report:", client.Output, StringComparison.Ordinal);
            Assert.Contains(" 0/", client.Output, StringComparison.Ordinal);
            Assert.Contains("connected with 10.0.2.2 port", guest, StringComparison.Ordinal);
            Assert.Equal(0, tool.ExitCode);
        }
        finally
        {
            if (!tool.HasExited)
                tool.Kill(entireProcessTree: true);
        }
    }

    [Fact]
    public async Task AServerThatNeverAnswersIsWarnedOfAndNotWaitedForForEver()
    {
        using global::System.Net.Sockets.UdpClient silent = new(new global::System.Net.IPEndPoint(global::System.Net.IPAddress.Loopback, 0));
        int port = ((global::System.Net.IPEndPoint)silent.Client.LocalEndPoint!).Port;

        GuestRun run = await RunAsync("ring3", $"iperf -c 10.0.2.2 -u -b 0 -n 14700 -p {port}");

        Assert.Equal(GuestEnding.Success, run.Ending);
        Assert.Contains("WARNING: did not receive ack of last datagram after", run.Output);
    }

    [Fact]
    public async Task AHostThatIsNotThereIsUnreachable()
    {
        GuestRun run = await RunAsync("ring3", "ping -c 1 10.0.2.77");

        Assert.Equal(GuestEnding.ProgramFailed, run.Ending);
        Assert.Contains("No route to host", run.Output);
    }

    private Task<GuestRun> RunAsync(string placement, string app) => RunAsync(placement, "", app, capture: null);

    private Task<GuestRun> RunAsync(string placement, string options, string app, string? capture)
        => Machine.RunAsync(new MachineOptions
        {
            Kernel = Images.Kernel,
            Archive = fixture.Archive,
            CommandLine = $"placement={placement} {options} -- {app}",
            PcapFile = capture,
            Deadline = TimeSpan.FromSeconds(120),
        });
}
