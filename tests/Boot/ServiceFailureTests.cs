// A NIC service that dies, falls silent or lies: its callers get an error, the kernel says what happened, the rest goes on. The service:
// Programs/FaultyNic; what the program sees: Programs/Syscalls/FailingNetwork.cs. Next: BootFailureTests.cs
using System.Threading.Tasks;
using RingOS.Host.Machines;
using Xunit;

namespace RingOS.Tests.Boot;

public sealed class ServiceFailureTests
{
    private const string Ring3 = "ring3";
    private const string Microkernel = "microkernel";

    // 16 ns an instruction: seconds of computing pass in a sixteenth of the instructions.
    private static readonly string[] s_fastTime = ["-icount", "shift=4,sleep=off"];

    [Theory]
    [InlineData(Ring3)]
    [InlineData(Microkernel)]
    public async Task DeadServiceGivesItsCallersAnErrorAtOnce(string placement)
    {
        GuestRun run = await WithFailingServiceAsync(placement, "end");
        run.Event("service {Name} ended with").Has("ExitCode", 9);
        run.Event("the NIC has lost its driver");
    }

    [Theory]
    [InlineData(Ring3)]
    [InlineData(Microkernel)]
    public async Task FaultOfAServiceIsItsOwn(string placement)
    {
        GuestRun run = await WithFailingServiceAsync(placement, "break");
        run.Fault("nic").Has("Vector", 14).Has("Ring", 3);
        run.Event("the NIC has lost its driver");
    }

    [Theory]
    [InlineData(Ring3)]
    [InlineData(Microkernel)]
    public async Task SilentServiceGivesItsCallersAnError(string placement)
        => (await WithFailingServiceAsync(placement, "silent")).Event("NIC service missed its deadline");

    [Theory]
    [InlineData(Ring3)]
    [InlineData(Microkernel)]
    public async Task LoopingServiceDoesNotKeepTheProcessor(string placement)
        => (await WithFailingServiceAsync(placement, "loop", s_fastTime)).Event("NIC service missed its deadline");

    [Theory]
    [InlineData(Ring3, "lie")]
    [InlineData(Microkernel, "lie")]
    [InlineData(Ring3, "vandal")]
    [InlineData(Microkernel, "vandal")]
    public async Task HostileServiceDoesNoHarmOutside(string placement, string act)
    {
        using DatagramSink sink = new();
        GuestRun run = await WithServiceAsync(placement, act, $"syscalls hostile-network {sink.Port}");
        run.NeverPrints("FAILED").EndsWith(GuestEnding.Success).Prints("the program goes on").NeverPrints("KERNEL PANIC");
        Assert.DoesNotContain(run.Events, static logged => logged.MessageTemplate.Text.Contains("ended", System.StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Ring3, "end-at-start")]
    [InlineData(Microkernel, "end-at-start")]
    [InlineData(Ring3, "silent-at-start")]
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
        => new Guest($"placement={placement} service=service/faulty-nic -- {program}")
        {
            Act = act,
            Machine = options => options with { ExtraArguments = machine },
        }.RunAsync();
}
