// The dials: what makes no sense is refused with its reason, and every setting delivers everything in every placement.
// Kernel side: kernel/placement/Dials.cs. Next: RestartTests.cs
using System;
using System.Threading.Tasks;
using RingOS.Host.Iperf;
using RingOS.Host.Machines;
using Xunit;

namespace RingOS.Tests.Boot;

public sealed class DialTests
{
    private const int Datagrams = 500;
    private const int Bytes = 1000;
    private const string BadBatch = "batch= must be 1 to 32";
    private const string BadRestarts = "restarts= must be 0 to 20";
    private const string BadPeriod = "watchdog= must be 1 to 60000 milliseconds";
    private const string BadInterrupts = "interrupts= must be frame, moderated or poll";
    private const string BadCompletion = "completion= must be queued, wait or next";

    private static readonly string[] s_settings =
    [
        "",
        "batch=32",
        "batch=7",
        "interrupts=moderated",
        "interrupts=poll",
        "batch=32 interrupts=moderated",
        "batch=32 interrupts=poll",
        "completion=wait",
        "completion=next",
        "completion=wait interrupts=poll",
    ];

    public static TheoryData<string, string> Settings
    {
        get
        {
            TheoryData<string, string> all = [];
            foreach (Placement placement in Placement.All)
            {
                foreach (string setting in s_settings)
                    all.Add(placement.Name, setting);
            }
            return all;
        }
    }

    [Theory]
    [InlineData("batch=0", BadBatch)]
    [InlineData("batch=33", BadBatch)]
    [InlineData("batch=-1", BadBatch)]
    [InlineData("batch=many", BadBatch)]
    [InlineData("batch=4294967297", BadBatch)]
    [InlineData("restarts=21", BadRestarts)]
    [InlineData("restarts=x", BadRestarts)]
    [InlineData("watchdog=0", BadPeriod)]
    [InlineData("watchdog=60001", BadPeriod)]
    [InlineData("watchdog=1s", BadPeriod)]
    [InlineData("interrupts=always", BadInterrupts)]
    [InlineData("interrupts=Frame", BadInterrupts)]
    [InlineData("completion=never", BadCompletion)]
    [InlineData("completion=wait batch=2", "completion=wait waits for each frame, so a batch would never fill; use batch=1")]
    public async Task SenselessSettingsAreRefused(string setting, string reason)
        => (await new Guest($"placement=ring3 {setting} -- hello").RunAsync()).FailsToBoot(reason);

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task EverySettingDeliversEverything(string placement, string setting)
    {
        using IperfServer server = new();
        string app = $"iperf -c 10.0.2.2 -u -b 0 -n {Datagrams * Bytes} -l {Bytes} -p {server.Port}";
        GuestRun run = await new Guest($"placement={placement} {setting} -- {app}").RunAsync();
        run.EndsWith(GuestEnding.Success).NeverPrints("KERNEL PANIC");
        IperfReport? report = await server.NextReportAsync(TimeSpan.FromSeconds(5));
        Assert.Equal((Datagrams, Datagrams), (report?.Sent, report?.Received));
    }
}
