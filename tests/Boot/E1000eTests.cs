// nic=e1000e: QEMU's own device against the driver of the 82574L, in every domain. Subject: drivers/nic/e1000e
using System.Threading.Tasks;
using RingOS.Host.Machines;
using RingOS.Host.Serial;
using Xunit;

namespace RingOS.Tests.Boot;

public sealed class E1000eTests
{
    [Theory]
    [InlineData("monolithic")]
    [InlineData("software")]
    [InlineData("ring1")]
    [InlineData("ring1-keys")]
    [InlineData("ring3")]
    [InlineData("ring3-queue")]
    [InlineData("microkernel")]
    public async Task FramesGoOutAndComeInInEveryDomain(string placement)
        => (await BootAsync($"placement={placement} nic=e1000e -- ping -c 3 -i 0.01 10.0.2.2")).EndsWith(GuestEnding.Success);

    [Theory]
    [InlineData("monolithic", "poll")]
    [InlineData("monolithic", "moderated")]
    [InlineData("ring3", "poll")]
    [InlineData("ring3", "moderated")]
    public async Task ItKeepsToItsDial(string placement, string interrupts)
        => (await BootAsync($"placement={placement} nic=e1000e interrupts={interrupts} -- ping -c 3 -i 0.01 10.0.2.2")).EndsWith(GuestEnding.Success);

    /// <summary>A sink of its own takes the datagrams; write() returns when the NIC has reported each.</summary>
    [Theory]
    [InlineData("monolithic")]
    [InlineData("ring3")]
    [InlineData("microkernel")]
    public async Task EveryFrameInterruptsThoughTheDeviceWouldRatherHoldThemBack(string placement)
    {
        using DatagramSink sink = new();
        string words = $"placement={placement} nic=e1000e -- iperf -c 10.0.2.2 -u -b 0 -n 294000 -l 1470 -p {sink.Port} --json";
        GuestRun run = (await BootAsync(words)).EndsWith(GuestEnding.Success);
        Assert.InRange(run.Event("iperf window").Number("Interrupts")!.Value, 200, 201);
    }

    private static Task<GuestRun> BootAsync(string words)
        => new Guest(words) { Machine = static options => options with { Nic = "e1000e" } }.RunAsync();
}
