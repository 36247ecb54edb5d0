// A full transmit queue in a booted system. QEMU's NIC is never slow, so the queue is that of frames whose neighbour does not answer.
// The checks run in the guest: Programs/Syscalls/FullQueue.cs. Back to: Guest.cs
using System;
using System.Threading.Tasks;
using RingOS.Host.Iperf;
using RingOS.Host.Machines;
using Xunit;

namespace RingOS.Tests.Boot;

public sealed class FullQueueTests
{
    [Theory]
    [InlineData("monolithic")]
    [InlineData("software")]
    [InlineData("ring1")]
    [InlineData("ring3")]
    [InlineData("ring3-queue")]
    [InlineData("microkernel")]
    public async Task WritesFailWaitOrTryAgainAsTheSocketAsks(string placement)
    {
        GuestRun run = await new Guest($"placement={placement} -- syscalls full-queue").RunAsync();
        run.NeverPrints("FAILED").EndsWith(GuestEnding.Success).Prints("all checked");
    }

    [Theory]
    [InlineData("monolithic", "")]
    [InlineData("ring3", "batch=32 interrupts=moderated")]
    [InlineData("ring3-queue", "batch=32 interrupts=moderated")]
    [InlineData("microkernel", "interrupts=moderated")]
    public async Task NothingFailsAndNothingIsLostWhenWritersWait(string placement, string setting)
    {
        const int Datagrams = 1_000;
        using IperfServer server = new();
        string app = $"iperf -c 10.0.2.2 -u -b 0 -n {Datagrams * 100} -l 100 -p {server.Port} --full-queue block --json";
        GuestRun run = await new Guest($"placement={placement} {setting} -- {app}").RunAsync();
        run.EndsWith(GuestEnding.Success).Event("iperf window").Has("WriteErrors", 0);
        run.Event("iperf NIC").Has("ExcessiveCollisions", 0).Has("TransmitErrors", 0);
        IperfReport? report = await server.NextReportAsync(TimeSpan.FromSeconds(5));
        Assert.Equal((Datagrams, Datagrams), (report?.Sent, report?.Received));
    }
}
