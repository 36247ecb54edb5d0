// What counters are called, in log events and on the screen. Counters: lib/Abi, NicCounter and KernelCounter. Next: NicCounters.cs
using System;
using RingOS.Abi;

namespace RingOS.User;

/// <summary>The names of the enumerations: images have no reflection.</summary>
public static class CounterNames
{
    /// <summary>"FramesSent"; empty for a counter that does not exist.</summary>
    public static ReadOnlySpan<byte> Of(NicCounter counter) => counter switch
    {
        NicCounter.FramesSent => "FramesSent"u8,
        NicCounter.BytesSent => "BytesSent"u8,
        NicCounter.TransmitErrors => "TransmitErrors"u8,
        NicCounter.ExcessiveCollisions => "ExcessiveCollisions"u8,
        NicCounter.LateCollisions => "LateCollisions"u8,
        NicCounter.Collisions => "Collisions"u8,
        NicCounter.Deferred => "Deferred"u8,
        NicCounter.FramesReceived => "FramesReceived"u8,
        NicCounter.BytesReceived => "BytesReceived"u8,
        NicCounter.ReceiveErrors => "ReceiveErrors"u8,
        NicCounter.ReceiveMissed => "ReceiveMissed"u8,
        NicCounter.Interrupts => "Interrupts"u8,
        NicCounter.TransmitRingFull => "TransmitRingFull"u8,
        NicCounter.Aborted => "Aborted"u8,
        NicCounter.Restarts => "Restarts"u8,
        NicCounter.FragmentsLost => "FragmentsLost"u8,
        NicCounter.SourcesRefused => "SourcesRefused"u8,
        NicCounter.StackRestarts => "StackRestarts"u8,
        _ => default,
    };

    /// <summary>"RingCrossings"; empty for a counter that does not exist.</summary>
    public static ReadOnlySpan<byte> Of(KernelCounter counter) => counter switch
    {
        KernelCounter.RingCrossings => "RingCrossings"u8,
        KernelCounter.AddressSpaceSwitches => "AddressSpaceSwitches"u8,
        KernelCounter.ThreadSwitches => "ThreadSwitches"u8,
        KernelCounter.Messages => "Messages"u8,
        KernelCounter.Notifications => "Notifications"u8,
        KernelCounter.Interrupts => "Interrupts"u8,
        KernelCounter.CopiedBytes => "CopiedBytes"u8,
        KernelCounter.Syscalls => "Syscalls"u8,
        KernelCounter.Demotions => "Demotions"u8,
        _ => default,
    };
}
