// What became of a frame: not told by the device, so inferred. Next: Statistics.cs
using RingOS.Abi;

namespace RingOS.Drivers.Bcm5721;

/// <summary>
/// The chip counts: 0x808 all collisions, 0x82C frames given up after too many, 0x830 late collisions, each cleared by reading. It
/// names no frame: there is no collision bit in MAC_STATUS (0x404) or MAC_TX_STATUS (0x460), and a send descriptor is never written
/// back. All a driver sees of a frame is that the consumer index passes it, lost or not. So when the index has passed k frames, the
/// driver reads 0x82C and 0x830, and knows that d of the k were lost. With k = 1 that is certain. With more it is not, and this driver
/// charges the last d of the k: then the frame accused never comes before the one lost, so that an error, like any that is reported
/// late, is told of something that had happened by then. Where both kinds occur, the excessive ones are charged first.
/// </summary>
/// <remarks>
/// This object is the only reader of the two registers: whoever else reads them takes away an outcome. What was counted but finds no
/// frame (a device that collects reports may count ahead of its index) waits for the next ones.
/// </remarks>
internal sealed class Losses
{
    private uint _excessive;
    private uint _late;

    /// <summary>Frames lost that have not been charged yet.</summary>
    public uint Count => _excessive + _late;

    /// <summary>Whether it is a guess which of <paramref name="frames"/> frames were lost, and how.</summary>
    public bool AreUncertainAmong(uint frames)
        => Count != 0 && (Count < frames || (frames > 1 && _excessive != 0 && _late != 0));

    public void Clear(Registers registers)
    {
        _ = registers.ExcessiveCollisions.Read();
        _ = registers.LateCollisions.Read();
        _excessive = 0;
        _late = 0;
    }

    /// <summary>Asks the device. It cannot have lost more than <paramref name="inFlight"/> frames.</summary>
    public void Look(Registers registers, uint inFlight)
    {
        _excessive = Add(_excessive, registers.ExcessiveCollisions.Read(), inFlight);
        _late = Add(_late, registers.LateCollisions.Read(), inFlight - _excessive);
    }

    /// <summary>The outcome of the next frame, if <paramref name="frames"/> are to be told of, with this one.</summary>
    public TransmitOutcome Charge(uint frames)
    {
        if (Count < frames)
            return TransmitOutcome.Sent;
        if (_excessive != 0)
        {
            _excessive--;
            return TransmitOutcome.ExcessiveCollisions;
        }
        _late--;
        return TransmitOutcome.LateCollision;
    }

    private static uint Add(uint known, uint more, uint most)
    {
        uint room = known < most ? most - known : 0;
        return known < most ? known + (more < room ? more : room) : most;
    }
}
