// A NIC service that dies, falls silent or lies: its callers get an error, the kernel says what happened, the rest goes on. The service:
// Programs/FaultyNic; what the program sees: Programs/Syscalls/FailingNetwork.cs. Next: BootFailureTests.cs
using System.Threading.Tasks;
using RingOS.Host.Machines;
using RingOS.Host.Serial;
using Xunit;

namespace RingOS.Tests.Boot;

public sealed class ServiceFailureTests
{
    private const string Microkernel = "microkernel";

    /// <summary>Where the driver is a service, and write() hears what it answers.</summary>
    public static TheoryData<string> Placements => ["ring1", "ring1-keys", "ring3", Microkernel];

    // 16 ns an instruction: seconds of computing pass in a sixteenth of the instructions.
    private static readonly string[] s_fastTime = ["-icount", "shift=4,sleep=off"];

    [Theory]
    [MemberData(nameof(Placements))]
    public async Task DeadServiceGivesItsCallersAnErrorAtOnce(string placement)
    {
        GuestRun run = await WithFailingServiceAsync(placement, "end");
        run.Event("service {Name} ended with").Has("ExitCode", 9);
        run.Event("the NIC has lost its driver");
    }

    [Theory]
    [MemberData(nameof(Placements))]
    public async Task FaultOfAServiceIsItsOwn(string placement)
    {
        GuestRun run = await WithFailingServiceAsync(placement, "break");
        run.Fault("nic").Has("Vector", 14).Has("Ring", placement.StartsWith("ring1", System.StringComparison.Ordinal) ? 1 : 3);
        run.Event("the NIC has lost its driver");
    }

    [Theory]
    [MemberData(nameof(Placements))]
    public async Task SilentServiceGivesItsCallersAnError(string placement)
        => (await WithFailingServiceAsync(placement, "silent")).Event("the NIC has lost its driver").Says("missed its deadline");

    [Theory]
    [MemberData(nameof(Placements))]
    public async Task LoopingServiceDoesNotKeepTheProcessor(string placement)
        => (await WithFailingServiceAsync(placement, "loop", s_fastTime)).Event("the NIC has lost its driver").Says("missed its deadline");

    // Behind a queue nobody waits for an answer: the first writes are taken, and lost.
    [Theory]
    [InlineData("end", "ended")]
    [InlineData("break", "faulted")]
    [InlineData("silent", "missed its deadline")]
    [InlineData("loop", "missed its deadline")]
    public async Task FailureBehindAQueueIsNoticedLater(string act, string what)
    {
        using DatagramSink sink = new();
        GuestRun run = await WithServiceAsync("ring3-queue", act, $"syscalls dying-network {sink.Port}", s_fastTime);
        run.NeverPrints("FAILED").EndsWith(GuestEnding.Success).Prints("the program goes on").NeverPrints("KERNEL PANIC");
        run.Event("the NIC has lost its driver").Says(what);
    }

    // Where the link to the driver has work of its own a thousand times a second, too: a companion goes on beside the loop.
    [Theory]
    [InlineData("ring3-queue", "")]
    [InlineData("ring3-queue", "batch=32 interrupts=moderated")]
    [InlineData("ring3", "batch=32 interrupts=moderated")]
    [InlineData("ring1", "batch=32 interrupts=moderated")]
    [InlineData("ring1-keys", "batch=32 interrupts=moderated")]
    [InlineData(Microkernel, "batch=32 interrupts=moderated")]
    public async Task LoopingServiceDoesNotKeepTheProcessorFromOthers(string placement, string dials)
    {
        using DatagramSink sink = new();
        string words = $"placement={placement} {dials} also=neighbours service=service/faulty-nic fault=loop -- syscalls dying-network {sink.Port}";
        GuestRun run = await new Guest(words)
        {
            Act = "witness",
            Machine = static options => options with { ExtraArguments = s_fastTime },
        }.RunAsync();
        run.NeverPrints("FAILED").EndsWith(GuestEnding.Success).Prints("the system goes on").NeverPrints("KERNEL PANIC");
        Assert.Contains(run.Events, static logged => logged.Word("What") == "missed its deadline");
    }

    [Theory]
    [InlineData("ring1", "lie")]
    [InlineData("ring1-keys", "lie")]
    [InlineData("ring3", "lie")]
    [InlineData("ring3-queue", "lie")]
    [InlineData(Microkernel, "lie")]
    [InlineData("ring1", "vandal")]
    [InlineData("ring1-keys", "vandal")]
    [InlineData("ring3", "vandal")]
    [InlineData("ring3-queue", "vandal")]
    [InlineData(Microkernel, "vandal")]
    public async Task HostileServiceDoesNoHarmOutside(string placement, string act)
    {
        using DatagramSink sink = new();
        GuestRun run = await WithServiceAsync(placement, act, $"syscalls hostile-network {sink.Port}");
        run.NeverPrints("FAILED").EndsWith(GuestEnding.Success).Prints("the program goes on").NeverPrints("KERNEL PANIC");
        Assert.DoesNotContain(run.Events, static logged => logged.MessageTemplate.Text.Contains("ended", System.StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ring1", "end-at-start")]
    [InlineData("ring1-keys", "end-at-start")]
    [InlineData("ring3", "end-at-start")]
    [InlineData("ring3-queue", "end-at-start")]
    [InlineData(Microkernel, "end-at-start")]
    [InlineData("ring1", "silent-at-start")]
    [InlineData("ring1-keys", "silent-at-start")]
    [InlineData("ring3", "silent-at-start")]
    [InlineData("ring3-queue", "silent-at-start")]
    [InlineData(Microkernel, "silent-at-start")]
    public async Task ServiceThatDoesNotStartEndsTheBoot(string placement, string act)
        => (await WithServiceAsync(placement, act, "hello")).FailsToBoot("a service of it died or did not answer while starting");

    private static async Task<GuestRun> WithFailingServiceAsync(string placement, string act, params string[] machine)
    {
        using DatagramSink sink = new();
        GuestRun run = await WithServiceAsync(placement, act, $"syscalls failing-network {sink.Port}", machine);
        return run.NeverPrints("FAILED").EndsWith(GuestEnding.Success).Prints("the program goes on").Prints("all checked");
    }

    private static Task<GuestRun> WithServiceAsync(string placement, string act, string program, params string[] machine)
        => new Guest($"placement={placement} service=service/faulty-nic fault={act} -- {program}")
        {
            Machine = options => options with { ExtraArguments = machine },
        }.RunAsync();
}
