// What the driver counts, and what it asks the device for. Manual 13.7. Next: HardwareCounter.cs
using RingOS.Abi;

namespace RingOS.Drivers.E1000;

/// <summary>
/// Counters since Start. Collided frames are counted from the descriptors, so that they agree with the outcomes reported; ECOL and
/// LATECOL would count the same frames again. TransmitErrors are all frames that came back with another outcome than Sent.
/// </summary>
internal sealed class Statistics
{
    private readonly HardwareCounter _collisions = new();
    private readonly HardwareCounter _deferrals = new();
    private readonly HardwareCounter _missedPackets = new();
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
        _collisions.Clear(registers.Collisions);
        _deferrals.Clear(registers.Deferrals);
        _missedPackets.Clear(registers.MissedPackets);
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
        NicCounter.Deferred => _deferrals.Read(registers.Deferrals),
        NicCounter.FramesReceived => _framesReceived,
        NicCounter.BytesReceived => _bytesReceived,
        NicCounter.ReceiveErrors => _receiveErrors,
        NicCounter.ReceiveMissed => _missedPackets.Read(registers.MissedPackets),
        NicCounter.Interrupts => _interrupts,
        NicCounter.TransmitRingFull => _transmitRingFull,
        _ => 0,
    };
}
