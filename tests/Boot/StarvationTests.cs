// A driver that hogs the processor, awake at every tick: others go on, and it is restarted. The driver: Programs/FaultyNic.
// Subject: kernel/threads/ProcessorTime.cs. Next: RestartTests.cs
using System.Linq;
using System.Threading.Tasks;
using RingOS.Host.Machines;
using RingOS.Host.Serial;
using Xunit;

namespace RingOS.Tests.Boot;

public sealed class StarvationTests
{
    private const string Lost = "the NIC has lost its driver";

    private static readonly string[] s_fastTime = ["-icount", "shift=4,sleep=off"];

    public static TheoryData<string> Placements => ["ring1", "ring1-keys", "ring3", "ring3-queue", "microkernel"];

    [Theory]
    [MemberData(nameof(Placements))]
    public async Task ADriverThatHogsIsRestartedAndOthersGoOn(string placement)
    {
        GuestRun run = await RunAsync(placement, "hog", "restarts=1", 30);
        Assert.Contains(run.Events, static logged => logged.MessageTemplate.Text.StartsWith("the NIC has a driver again", System.StringComparison.Ordinal));
        run.Prints("the system goes on");
    }

    // A thread of the kernel that hosts a driver has a budget like any other service. The driver: Programs/DriverFaultKernel.
    [Fact]
    public async Task ADriverThreadOfTheKernelThatHogsIsRestartedAndOthersGoOn()
    {
        GuestRun run = await RunAsync("placement=software fault=hog restarts=1", TestArchive.DriverFaultKernel, 30);
        Assert.Contains(run.Events, static logged => logged.MessageTemplate.Text.StartsWith("the NIC has a driver again", System.StringComparison.Ordinal));
        run.Prints("taken 30").Prints("the system goes on");
    }

    // Behind a queue it works on its own time: nobody waits for an answer, and still it is told of.
    [Fact]
    public async Task ADriverThatAnswersAndHogsIsToldOf()
    {
        GuestRun run = await RunAsync("ring3-queue", "busy-between", "restarts=1", 200);
        Assert.Contains(run.Events, static logged => logged.Word("What") == "used more than its share of the processor");
    }

    private static Task<GuestRun> RunAsync(string placement, string act, string restarts, int wanted)
        => RunAsync($"placement={placement} service=service/faulty-nic fault={act} {restarts}", TestArchive.FullKernel, wanted);

    private static async Task<GuestRun> RunAsync(string words, string kernel, int wanted)
    {
        using DatagramSink sink = new();
        GuestRun run = await new Guest($"{words} watchdog=50 also=neighbours -- syscalls restarting-network {sink.Port} {wanted}")
        {
            Kernel = kernel,
            Act = "witness",
            Machine = static options => options with { ExtraArguments = s_fastTime },
        }.RunAsync();
        run.NeverPrints("KERNEL PANIC").NeverPrints("FAILED").EndsWith(GuestEnding.Success);
        Assert.Contains(run.Events, static logged => logged.MessageTemplate.Text.StartsWith(Lost, System.StringComparison.Ordinal));
        return run;
    }
}
