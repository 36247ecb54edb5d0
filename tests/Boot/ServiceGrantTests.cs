// A driver service has what its grant says and nothing else: no sockets, files or devices. The driver that asks for them: Programs/FaultyNic.
// Subject: kernel/threads/SyscallSet.cs. Next: ServiceFailureTests.cs
using System.Threading.Tasks;
using RingOS.Host.Machines;
using Xunit;

namespace RingOS.Tests.Boot;

public sealed class ServiceGrantTests
{
    public static TheoryData<string> Placements => ["ring1", "ring1-keys", "ring3", "ring3-queue", "microkernel"];

    // A write on a socket of its own came back to the driver, who could not answer itself: the supervisor ended it inside the network stack, and
    // nothing was received from then on.
    [Theory]
    [MemberData(nameof(Placements))]
    public async Task ADriverIsNotLetIntoTheNetworkStackAboveIt(string placement)
    {
        using DatagramSink sink = new();
        string words = $"placement={placement} service=service/faulty-nic fault=trespass restarts=2 watchdog=50";
        GuestRun run = await new Guest($"{words} -- syscalls working-network {sink.Port}").RunAsync();
        run.NeverPrints("FAILED").EndsWith(GuestEnding.Success).Prints("all checked").Prints("the driver was not let in");
        Assert.DoesNotContain(run.Events, static logged => logged.MessageTemplate.Text.StartsWith("the NIC has lost", System.StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Placements))]
    public async Task InGradedRunsAServiceHasNoConsole(string placement)
    {
        using DatagramSink sink = new();
        string words = $"placement={placement} console=programs service=service/faulty-nic fault=trespass";
        GuestRun run = await new Guest($"{words} -- syscalls working-network {sink.Port}").RunAsync();
        run.NeverPrints("FAILED").EndsWith(GuestEnding.Success).Prints("all checked").NeverPrints("the driver was");
    }
}
