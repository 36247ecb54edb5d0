// microkernel: the network service that fails is restarted as a driver is, and a slow driver does not condemn it. The services: Programs/FaultyNet
// and FaultyNic; the witness: Programs/Syscalls/ResetNetwork.cs. Subjects: kernel/placement/microkernel, kernel/threads/Watchdog.cs
using System.Linq;
using System.Threading.Tasks;
using RingOS.Host.Machines;
using RingOS.Host.Serial;
using Xunit;

namespace RingOS.Tests.Boot;

public sealed class StackRestartTests
{
    private const string Lost = "the network service is lost";

    [Theory]
    [InlineData("end", "ended", "")]
    [InlineData("break", "faulted", "")]
    [InlineData("silent", "missed its deadline", "")]
    [InlineData("loop", "missed its deadline", "")]
    [InlineData("break", "faulted", "batch=32 interrupts=moderated")]
    public async Task TheServiceComesBack(string act, string what, string dials)
    {
        using DatagramSink sink = new();
        string words = $"placement=microkernel {dials} stack=service/faulty-net stack-fault={act} restarts=2 watchdog=50";
        GuestRun run = await new Guest($"{words} -- syscalls reset-network {sink.Port}").RunAsync();
        run.NeverPrints("KERNEL PANIC").NeverPrints("FAILED").EndsWith(GuestEnding.Success).Prints("all checked");
        run.Event(Lost).Says(what);
        run.Event("there is a network service again");
        Assert.DoesNotContain(run.Events, static logged => logged.MessageTemplate.Text.StartsWith("the NIC has lost", System.StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("restarts=2", "the network is down", 3)]
    [InlineData("", "an error", 1)]
    public async Task WhenItIsNotRestartedAnyMoreThatIsAnErrorAndNoHang(string restarts, string end, int deaths)
    {
        using DatagramSink sink = new();
        string words = $"placement=microkernel stack=service/faulty-net stack-fault=end {restarts} watchdog=50";
        GuestRun run = await new Guest($"{words} -- syscalls abandoned-network {sink.Port}").RunAsync();
        run.NeverPrints("KERNEL PANIC").EndsWith(GuestEnding.Success).Prints(end);
        Assert.Equal(deaths, run.Events.Count(static logged => logged.MessageTemplate.Text.StartsWith(Lost, System.StringComparison.Ordinal)));
    }

    // Each answer comes in time, but what the service does for one write takes several of them.
    [Fact]
    public async Task ASlowDriverIsToBlameAndNotTheServiceAboveIt()
    {
        using DatagramSink sink = new();
        string words = "placement=microkernel service=service/faulty-nic fault=slow restarts=1 watchdog=50";
        GuestRun run = await new Guest($"{words} -- syscalls restarting-network {sink.Port} 50").RunAsync();
        run.NeverPrints("KERNEL PANIC").EndsWith(GuestEnding.Success);
        Assert.DoesNotContain(run.Events, static logged => logged.MessageTemplate.Text.StartsWith(Lost, System.StringComparison.Ordinal));
        Assert.Contains(run.Events, static logged => logged.MessageTemplate.Text.StartsWith("the NIC has a driver again", System.StringComparison.Ordinal));
        Assert.All(
            run.Events.Where(static logged => logged.MessageTemplate.Text.StartsWith("the NIC has lost", System.StringComparison.Ordinal)),
            static lost => lost.Says("missed its deadline"));
    }
}
