// A guest as the conductor sees it. Next: Conductor.cs
using System;
using System.Threading;

namespace RingOS.Hub;

/// <summary>
/// One guest with its NIC and its clock. It either runs, and then simulated time stands still, or stands still itself. All members
/// but <see cref="Wait"/> and <see cref="GiveUp"/> are used only while it stands still.
/// </summary>
public interface IStation
{
    /// <summary>Until when it has nothing to do, in nanoseconds of simulated time; all ones for "until its NIC interrupts".</summary>
    ulong WakeAt { get; }

    /// <summary>When its NIC does something by itself; all ones for never.</summary>
    ulong NicWakesAt { get; }

    /// <summary>Its NIC has an interrupt for it.</summary>
    bool HasInterrupt { get; }

    /// <summary>Waits until it stands still, and meanwhile serves its devices. One that is gone stays so.</summary>
    /// <returns>What it does; <see cref="StationState.Runs"/> when the limit has passed.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    StationState Wait(TimeSpan limit, CancellationToken cancellation);

    /// <summary>Backoff seed its driver has set since the last call, if it has.</summary>
    uint? TakeBackoffSeed();

    /// <summary>The frame its NIC has handed to the medium since the last call, if any.</summary>
    ReadOnlyMemory<byte>? TakeFrame();

    /// <summary>What time it is when the guest runs next.</summary>
    void SetTime(ulong nanoseconds);

    /// <summary>Tells its NIC what time it is.</summary>
    void AdvanceTo(ulong nanoseconds);

    /// <summary>Ends the guest's halt by its NIC's interrupt, or by its clock's. The guest runs now.</summary>
    void Run(bool byNic);

    /// <summary>It has run for longer than anybody waits: it is gone.</summary>
    void GiveUp();
}

/// <summary>What a guest does.</summary>
public enum StationState
{
    Runs,
    Idle,
    Gone,
}
