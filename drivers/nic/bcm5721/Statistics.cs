// What the driver counts, and what it asks the device for. Next: ClearingCounter.cs
using RingOS.Abi;

namespace RingOS.Drivers.Bcm5721;

/// <summary>
/// Counters since Start. Lost frames are counted as they are reported, so that counters and outcomes agree; their registers belong to
/// <see cref="Losses"/>. TransmitErrors are all frames that came back with another outcome than Sent.
/// </summary>
internal sealed class Statistics
{
    private readonly ClearingCounter _collisions = new();
    private readonly ClearingCounter _deferrals = new();
    private readonly ClearingCounter _discards = new();
    private ulong _framesSent;
    private ulong _bytesSent;
    private ulong _excessiveCollisions;
    private ulong _lateCollisions;
    private ulong _transmitErrors;
    private ulong _transmitRingFull;
    private ulong _framesReceived;
    private ulong _bytesReceived;
    private ulong _receiveErrors;
    private ulong _interrupts;

    /// <summary>Frames that were reported in a group in which it was a guess which of them were lost.</summary>
    public ulong UncertainOutcomes { get; private set; }

    public void Clear(Registers registers)
    {
        _framesSent = 0;
        _bytesSent = 0;
        _excessiveCollisions = 0;
        _lateCollisions = 0;
        _transmitErrors = 0;
        _transmitRingFull = 0;
        _framesReceived = 0;
        _bytesReceived = 0;
        _receiveErrors = 0;
        _interrupts = 0;
        UncertainOutcomes = 0;
        _collisions.Clear(registers.Collisions);
        _deferrals.Clear(registers.Deferred);
        _discards.Clear(registers.InputDiscards);
    }

    public void CountSent(uint length)
    {
        _framesSent++;
        _bytesSent += length;
    }

    public void CountNotSent(TransmitOutcome outcome)
    {
        _transmitErrors++;
        if (outcome == TransmitOutcome.ExcessiveCollisions)
            _excessiveCollisions++;
        if (outcome == TransmitOutcome.LateCollision)
            _lateCollisions++;
    }

    public void CountUncertain(uint frames) => UncertainOutcomes += frames;

    public void CountReceived(uint length)
    {
        _framesReceived++;
        _bytesReceived += length;
    }

    public void CountReceiveError() => _receiveErrors++;

    public void CountInterrupt() => _interrupts++;

    public void CountTransmitRingFull() => _transmitRingFull++;

    public ulong Read(NicCounter counter, Registers registers) => counter switch
    {
        NicCounter.FramesSent => _framesSent,
        NicCounter.BytesSent => _bytesSent,
        NicCounter.TransmitErrors => _transmitErrors,
        NicCounter.ExcessiveCollisions => _excessiveCollisions,
        NicCounter.LateCollisions => _lateCollisions,
        NicCounter.Collisions => _collisions.Read(registers.Collisions),
        NicCounter.Deferred => _deferrals.Read(registers.Deferred),
        NicCounter.FramesReceived => _framesReceived,
        NicCounter.BytesReceived => _bytesReceived,
        NicCounter.ReceiveErrors => _receiveErrors,
        NicCounter.ReceiveMissed => _discards.Read(registers.InputDiscards),
        NicCounter.Interrupts => _interrupts,
        NicCounter.TransmitRingFull => _transmitRingFull,
        _ => 0,
    };
}
