// What the driver counts, and what it asks the device for. Back to: Controller.cs
using RingOS.Abi;

namespace RingOS.Drivers.Rtl8139;

/// <summary>
/// Counters since Start. Collisions are added up from the status of each frame, so that they agree with the outcomes reported. This device
/// counts no deferrals.
/// </summary>
internal sealed class Statistics
{
    private const uint MissedMask = 0xFF_FFFF;

    private ulong _framesSent;
    private ulong _bytesSent;
    private ulong _collisions;
    private ulong _excessiveCollisions;
    private ulong _lateCollisions;
    private ulong _transmitErrors;
    private ulong _transmitRingFull;
    private ulong _framesReceived;
    private ulong _bytesReceived;
    private ulong _receiveErrors;
    private ulong _receiveMissed;
    private ulong _interrupts;

    public void Clear(Registers registers)
    {
        _framesSent = 0;
        _bytesSent = 0;
        _collisions = 0;
        _excessiveCollisions = 0;
        _lateCollisions = 0;
        _transmitErrors = 0;
        _transmitRingFull = 0;
        _framesReceived = 0;
        _bytesReceived = 0;
        _receiveErrors = 0;
        _receiveMissed = 0;
        _interrupts = 0;
        registers.MissedPackets.Write(0);
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

    public void CountCollisions(uint collisions) => _collisions += collisions;

    public void CountReceived(uint length)
    {
        _framesReceived++;
        _bytesReceived += length;
    }

    public void CountReceiveError() => _receiveErrors++;

    /// <summary>A frame came and no packet was lent for it.</summary>
    public void CountMissed() => _receiveMissed++;

    public void CountInterrupt() => _interrupts++;

    public void CountTransmitRingFull() => _transmitRingFull++;

    public ulong Read(NicCounter counter, Registers registers) => counter switch
    {
        NicCounter.FramesSent => _framesSent,
        NicCounter.BytesSent => _bytesSent,
        NicCounter.TransmitErrors => _transmitErrors,
        NicCounter.ExcessiveCollisions => _excessiveCollisions,
        NicCounter.LateCollisions => _lateCollisions,
        NicCounter.Collisions => _collisions,
        NicCounter.FramesReceived => _framesReceived,
        NicCounter.BytesReceived => _bytesReceived,
        NicCounter.ReceiveErrors => _receiveErrors,
        NicCounter.ReceiveMissed => ReadMissed(registers),
        NicCounter.Interrupts => _interrupts,
        NicCounter.TransmitRingFull => _transmitRingFull,
        _ => 0,
    };

    private ulong ReadMissed(Registers registers)
    {
        uint missed = registers.MissedPackets.Read() & MissedMask;
        if (missed != 0)
            registers.MissedPackets.Write(0);
        return _receiveMissed += missed;
    }
}
