// A guest without a machine: it does what the test says, and checks that nobody touches it while it runs. Next: ConductorBench.cs
using System;
using System.Threading;
using RingOS.Hub;
using Xunit;

namespace RingOS.Tests.Unit.Hub;

/// <param name="bench">Decides when it stops.</param>
internal sealed class FakeStation(ConductorBench bench, int number) : IStation
{
    private readonly Lock _gate = new();
    private readonly ManualResetEventSlim _stopped = new();

    public int Number => number;

    public bool IsRunning { get; private set; } = true;

    public bool IsGone { get; private set; }

    /// <summary>What the guest read when it ran last.</summary>
    public ulong Time { get; private set; }

    public ulong WakeAt { get; set; } = ulong.MaxValue;

    public ulong NicWakesAt { get; set; } = ulong.MaxValue;

    public bool HasInterrupt { get; set; }

    /// <summary>Handed to the NIC, and not yet taken by the medium.</summary>
    public ReadOnlyMemory<byte>? Frame { get; set; }

    public uint? Seed { get; set; }

    /// <summary>The NIC has a frame that the medium is not done with.</summary>
    public bool IsNicBusy { get; set; }

    public bool WasGivenUp { get; private set; }

    /// <summary>What it does when it is woken, and how it stops; Runs for never.</summary>
    public Func<bool, StationState> WhenRun { get; set; } = static _ => StationState.Idle;

    /// <summary>What its NIC does when it learns the time.</summary>
    public Action<ulong> WhenAdvanced { get; set; } = static _ => { };

    public StationState Wait(TimeSpan limit, CancellationToken cancellation)
    {
        if (!_stopped.Wait(limit, cancellation))
            return StationState.Runs;
        return IsGone ? StationState.Gone : StationState.Idle;
    }

    public uint? TakeBackoffSeed()
    {
        Assert.False(IsRunning);
        (uint? seed, Seed) = (Seed, null);
        return seed;
    }

    public ReadOnlyMemory<byte>? TakeFrame()
    {
        Assert.False(IsRunning, $"{number} runs and its frame is taken");
        (ReadOnlyMemory<byte>? frame, Frame) = (Frame, null);
        IsNicBusy |= frame is not null;
        return frame;
    }

    public void SetTime(ulong nanoseconds)
    {
        Assert.False(IsRunning, $"{number} runs and its clock is set");
        Assert.True(nanoseconds >= Time, "time goes back");
        Time = nanoseconds;
    }

    public void AdvanceTo(ulong nanoseconds)
    {
        bench.CheckThatNobodyRuns();
        WhenAdvanced(nanoseconds);
    }

    public void Run(bool byNic)
    {
        Assert.False(IsRunning, $"{number} runs and is interrupted");
        Assert.False(IsGone);
        Assert.True(byNic ? HasInterrupt : WakeAt <= Time && !HasInterrupt, $"{number} is interrupted without need, or by its timer before its NIC");
        IsRunning = true;
        _stopped.Reset();
        bench.OnRun(this, byNic);
    }

    public void GiveUp()
    {
        WasGivenUp = true;
        Stop(StationState.Gone);
    }

    /// <summary>What it does from an interrupt to its halt.</summary>
    public void Compute(bool byNic)
    {
        if (byNic)
            HasInterrupt = false;
        else
            WakeAt = ulong.MaxValue;
        Stop(WhenRun(byNic));
    }

    public void Stop(StationState state)
    {
        if (state == StationState.Runs)
            return;
        lock (_gate)
        {
            IsRunning = false;
            IsGone |= state == StationState.Gone;
        }
        _stopped.Set();
    }
}
