// Words of the kernel command line that can be set in any placement, and those that make no sense. Subject: kernel/placement/Dials.cs
using System;
using System.Text;
using RingOS.Abi;
using RingOS.Kernel.Boot;
using RingOS.Kernel.Placement;
using Xunit;

namespace RingOS.Tests.Unit.Kernel;

[Collection(CpuCollection.Name)]
public sealed class DialsTests : IDisposable
{
    private readonly Machine _machine = new(threads: 2);
    private readonly Dials _dials = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void NothingSaidIsOneFrameAnInterruptAFrameAndNobodyToLookAfterTheDriver()
    {
        Assert.Null(Read("placement=ring3"));
        Assert.Equal((1, 0, InterruptMode.Frame, CompletionMode.Queued), (_dials.Batch, _dials.Restarts, _dials.Interrupts, _dials.Completion));
        Assert.False(_dials.NeedsTicks);
        Assert.Equal(_machine.Scheduler.TicksPerSecond, _machine.Scheduler.Watchdog.PeriodTicks);
    }

    [Theory]
    [InlineData("batch=1", 1, InterruptMode.Frame, CompletionMode.Queued, false)]
    [InlineData("batch=2 interrupts=moderated", 2, InterruptMode.Moderated, CompletionMode.Queued, true)]
    [InlineData("batch=32 completion=next", 32, InterruptMode.Frame, CompletionMode.Next, true)]
    [InlineData("batch=0032", 32, InterruptMode.Frame, CompletionMode.Queued, true)]
    [InlineData("interrupts=poll completion=wait", 1, InterruptMode.Poll, CompletionMode.Wait, true)]
    [InlineData("interrupts=frame completion=queued", 1, InterruptMode.Frame, CompletionMode.Queued, false)]
    public void EveryWordIsUnderstood(string line, int batch, InterruptMode interrupts, CompletionMode completion, bool needsTicks)
    {
        Assert.Null(Read(line));
        Assert.Equal((batch, interrupts, completion), (_dials.Batch, _dials.Interrupts, _dials.Completion));
        Assert.Equal(needsTicks, _dials.NeedsTicks);
    }

    [Theory]
    [InlineData("batch=0", "batch= must be 1 to 32")]
    [InlineData("batch=33", "batch= must be 1 to 32")]
    [InlineData("batch=-1", "batch= must be 1 to 32")]
    [InlineData("batch=two", "batch= must be 1 to 32")]
    [InlineData("batch=4x", "batch= must be 1 to 32")]
    [InlineData("batch=4294967297", "batch= must be 1 to 32")]
    [InlineData("restarts=21", "restarts= must be 0 to 20")]
    [InlineData("restarts=once", "restarts= must be 0 to 20")]
    [InlineData("watchdog=0", "watchdog= must be 1 to 60000 milliseconds")]
    [InlineData("watchdog=60001", "watchdog= must be 1 to 60000 milliseconds")]
    [InlineData("watchdog=1s", "watchdog= must be 1 to 60000 milliseconds")]
    [InlineData("interrupts=never", "interrupts= must be frame, moderated or poll")]
    [InlineData("interrupts=polls", "interrupts= must be frame, moderated or poll")]
    [InlineData("completion=later", "completion= must be queued, wait or next")]
    [InlineData("completion=wait batch=2", "completion=wait waits for each frame, so a batch would never fill; use batch=1")]
    public void ASenselessWordIsRefusedWithItsReason(string line, string reason) => Assert.Equal(reason, Read(line));

    [Theory]
    [InlineData("watchdog=1", 1_000_000)]
    [InlineData("watchdog=60000", 60_000_000_000)]
    public void TheWatchdogGetsItsPeriod(string line, ulong ticks)
    {
        Assert.Null(Read(line));
        Assert.Equal(ticks, _machine.Scheduler.Watchdog.PeriodTicks);
    }

    [Fact]
    public void RestartsAreCounted()
    {
        Assert.Null(Read("restarts=20"));
        Assert.Equal(20, _dials.Restarts);
    }

    [Theory]
    [InlineData("placement=ring3 batch=64", "batch= must be")]
    [InlineData("placement=monolithic interrupts=sometimes", "interrupts= must be")]
    [InlineData("placement=microkernel completion=wait batch=32", "would never fill")]
    public void ThePlacerPassesTheReasonOn(string line, string reason)
    {
        using HostedKernel kernel = new(line);
        Assert.False(new Placer().Place(kernel.Nucleus));
        Assert.Contains(reason, kernel.Log, StringComparison.Ordinal);
        Assert.Null(kernel.Nucleus.Sockets);
    }

    private string? Read(string line) => _dials.Read(new CommandLine(Encoding.ASCII.GetBytes(line)), _machine.Scheduler.Watchdog);
}
