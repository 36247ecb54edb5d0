// What the driver counts, and what it asks the device for. Manual 13.7; 82574 datasheet 10.2.7. Next: HardwareCounter.cs
using RingOS.Abi;
using RingOS.Hardware;

namespace RingOS.Drivers.E1000;

/// <summary>
/// Counters since Start. Collided frames are counted from the descriptors, so that they agree with the outcomes reported; ECOL and
/// LATECOL would count the same frames again. TransmitErrors are all frames that came back with another outcome than Sent.
/// </summary>
/// <param name="collisions">COLC.</param>
/// <param name="deferrals">DC.</param>
/// <param name="missedPackets">MPC.</param>
internal sealed class Statistics(Register<uint> collisions, Register<uint> deferrals, Register<uint> missedPackets)
{
    private readonly HardwareCounter _collisions = new(collisions);
    private readonly HardwareCounter _deferrals = new(deferrals);
    private readonly HardwareCounter _missedPackets = new(missedPackets);
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

    public void Clear()
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
        _collisions.Clear();
        _deferrals.Clear();
        _missedPackets.Clear();
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

    public ulong Read(NicCounter counter) => counter switch
    {
        NicCounter.FramesSent => _framesSent,
        NicCounter.BytesSent => _bytesSent,
        NicCounter.TransmitErrors => _transmitErrors,
        NicCounter.ExcessiveCollisions => _excessiveCollisions,
        NicCounter.LateCollisions => _lateCollisions,
        NicCounter.Collisions => _collisions.Read(),
        NicCounter.Deferred => _deferrals.Read(),
        NicCounter.FramesReceived => _framesReceived,
        NicCounter.BytesReceived => _bytesReceived,
        NicCounter.ReceiveErrors => _receiveErrors,
        NicCounter.ReceiveMissed => _missedPackets.Read(),
        NicCounter.Interrupts => _interrupts,
        NicCounter.TransmitRingFull => _transmitRingFull,
        _ => 0,
    };
}
