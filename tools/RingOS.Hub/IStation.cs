// A guest as the conductor sees it. Next: Conductor.cs
using System;

namespace RingOS.Hub;

/// <summary>
/// One guest with its NIC and its clock. It either runs, and then simulated time stands still, or stands still itself. All members
/// but <see cref="Started"/> are used only while it stands still.
/// </summary>
public interface IStation
{
    /// <summary>Until when it has nothing to do, in nanoseconds of simulated time; all ones for "until its NIC interrupts".</summary>
    ulong WakeAt { get; }

    /// <summary>When its NIC does something by itself; all ones for never.</summary>
    ulong NicWakesAt { get; }

    /// <summary>Its NIC has an interrupt for it.</summary>
    bool HasInterrupt { get; }

    /// <summary>Tells the conductor that the guest stands still again, or for ever. Set by the conductor; may be called from any thread.</summary>
    Action<StationState>? Stopped { get; set; }

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

    /// <summary>It has run for longer than anybody waits.</summary>
    void GiveUp();
}

/// <summary>What a guest does.</summary>
public enum StationState
{
    Runs,
    Idle,
    Gone,
}
