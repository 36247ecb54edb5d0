// restarts=: a driver that dies is started anew, as often as it may be; then the network is down, which is an error and not a hang.
// Who does it: userland/services/supervisor. The witness: Programs/Syscalls/RestartingNetwork.cs. Back to: Guest.cs
using System;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using RingOS.Abi;
using RingOS.Host.Iperf;
using RingOS.Host.Machines;
using Xunit;

namespace RingOS.Tests.Boot;

public sealed class RestartTests
{
    private const int Wanted = 250; // datagrams: every driver dies at its hundredth frame, so the third one sends the last of them
    private const long DeathAt = 100;

    private static readonly string[] s_faults = ["exit", "privileged", "loop"];

    public static TheoryData<string, string> Deaths
    {
        get
        {
            TheoryData<string, string> all = [];
            foreach (string placement in Placements)
            {
                foreach (string fault in s_faults)
                    all.Add(placement, fault);
            }
            return all;
        }
    }

    /// <summary>Those with a wall around the driver.</summary>
    private static string[] Placements => ["software", "ring1", "ring1-keys", "ring3", "ring3-queue", "microkernel"];

    // Nobody waits for an answer behind a queue, so writes go on being taken for six watchdog periods after the driver has fallen silent.
    private static bool IsNoticedLate(string placement, string fault) => placement == "ring3-queue" && fault == "loop";

    [Theory]
    [MemberData(nameof(Deaths))]
    public async Task DriverComesBack(string placement, string fault)
    {
        bool isLate = IsNoticedLate(placement, fault);
        (GuestRun run, long delivered) = await WithDyingDriverAsync(placement, fault, restarts: 2, Wanted);
        run.Prints($"taken {Wanted}");
        long restarts = CounterOf(run, NicCounter.Restarts);
        Assert.InRange(restarts, isLate ? 0 : 2, 2); // late: all may have been taken before
        Assert.Equal(restarts, run.Events.Count(static logged => logged.MessageTemplate.Text.StartsWith("the NIC has a driver again", StringComparison.Ordinal)));
        if (restarts == 0)
            return; // what was taken has not been missed yet
        long aborted = CounterOf(run, NicCounter.Aborted);
        Assert.True(Wanted - delivered <= aborted, $"{Wanted - delivered} datagrams are lost, but only {aborted} packets are counted as aborted");
        Assert.InRange(delivered, DeathAt, Wanted);
    }

    [Theory]
    [MemberData(nameof(Deaths))]
    public async Task AfterTheLastRestartTheNetworkIsDown(string placement, string fault)
    {
        (GuestRun run, long delivered) = await WithDyingDriverAsync(placement, fault, restarts: 1, 10 * Wanted);
        run.Prints(string.Create(CultureInfo.InvariantCulture, $"last answer {(int)Status.NetworkDown}"));
        run.Event("driver {Reason}: given up");
        Assert.InRange(delivered, 1, 2 * DeathAt);
    }

    [Theory]
    [InlineData("software")]
    [InlineData("ring1")]
    [InlineData("ring1-keys")]
    [InlineData("ring3")]
    [InlineData("ring3-queue")]
    [InlineData("microkernel")]
    public async Task IperfEndsWell(string placement)
    {
        const int Bytes = 1000;
        using IperfServer server = new();
        string app = $"iperf -c 10.0.2.2 -u -b 0 -n {Wanted * Bytes} -l {Bytes} -p {server.Port} --on-write-error continue";
        (await RunAsync(placement, "exit", restarts: 2, app)).EndsWith(GuestEnding.Success).NeverPrints("KERNEL PANIC");
        IperfReport? report = await server.NextReportAsync(TimeSpan.FromSeconds(5));
        Assert.NotNull(report);
        Assert.InRange(report.Received, DeathAt, Wanted);
    }

    private static async Task<(GuestRun Run, long Delivered)> WithDyingDriverAsync(string placement, string fault, int restarts, int wanted)
    {
        using DatagramSink sink = new();
        GuestRun run = await RunAsync(placement, fault, restarts, $"syscalls restarting-network {sink.Port} {wanted}");
        run.NeverPrints("KERNEL PANIC").NeverPrints("FAILED").EndsWith(GuestEnding.Success).Prints("all checked");
        return (run, sink.Received);
    }

    private static Task<GuestRun> RunAsync(string placement, string fault, int restarts, string app)
    {
        bool isInKernelImage = placement == "software";
        string service = isInKernelImage ? "" : "service=service/nic-e1000e-faulty";
        return new Guest($"placement={placement} {service} fault={fault},after={DeathAt} restarts={restarts} watchdog=50 -- {app}")
        {
            Kernel = isInKernelImage ? TestArchive.FaultyKernel : TestArchive.FullKernel,
        }.RunAsync();
    }

    private static long CounterOf(GuestRun run, NicCounter counter)
    {
        string start = string.Create(CultureInfo.InvariantCulture, $"result {(int)counter} ");
        string line = Assert.Single(run.Lines, line => line.Text.StartsWith(start, StringComparison.Ordinal)).Text;
        return long.Parse(line[start.Length..], CultureInfo.InvariantCulture);
    }
}
