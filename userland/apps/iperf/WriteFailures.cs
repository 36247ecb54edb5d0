// Writes that failed: why, and for how long nothing got through. Next: DatagramSender.cs
using RingOS.Abi;

namespace RingOS.Iperf;

/// <summary>Counts failures by reason and remembers the longest run of them. Touched by failed writes only, and by the first good one after them.</summary>
public sealed class WriteFailures
{
    private ulong _runStart; // ticks
    private ulong _runLength;
    private ulong _runId;

    /// <summary>All writes that failed.</summary>
    public ulong Total => NoBuffer + Io + Other;

    /// <summary>With ENOBUFS: a queue on the way was full.</summary>
    public ulong NoBuffer { get; private set; }

    /// <summary>With EIO: the frame was lost, or the service behind the socket died.</summary>
    public ulong Io { get; private set; }

    public ulong Other { get; private set; }

    /// <summary>The last write failed, as far as <see cref="OnTurn"/> has been told.</summary>
    public bool IsRunOpen => _runLength != 0;

    /// <summary>When the current run began: ticks.</summary>
    public ulong RunStart => _runStart;

    /// <summary>Failed writes of the longest run.</summary>
    public ulong OutageDatagrams { get; private set; }

    /// <summary>From the end of the good write before that run to the end of the good one after it, or of all writing; less what was slept before it.</summary>
    public ulong OutageTicks { get; private set; }

    /// <summary>A write failed.</summary>
    /// <param name="why">The reason.</param>
    /// <param name="began">Ticks before that write: after the one before it.</param>
    /// <param name="id">The datagram that was not taken; it is tried again.</param>
    public void OnFailed(Status why, ulong began, ulong id)
    {
        if (why == Status.NoBufferSpace)
            NoBuffer++;
        else if (why == Status.IoError)
            Io++;
        else
            Other++;
        if (!IsRunOpen)
            _runStart = began;
        _runId = id;
        _runLength++;
    }

    /// <summary>Between two writes of an open run: ends it if the last one was good.</summary>
    /// <param name="now">Ticks.</param>
    /// <param name="nextId">The datagram to be sent next.</param>
    public void OnTurn(ulong now, ulong nextId)
    {
        if (IsRunOpen && nextId != _runId)
            CloseRun(now);
    }

    /// <summary>Nothing is written any more.</summary>
    public void OnEnd(ulong now)
    {
        if (IsRunOpen)
            CloseRun(now);
    }

    private void CloseRun(ulong now)
    {
        if (_runLength > OutageDatagrams)
        {
            OutageDatagrams = _runLength;
            OutageTicks = now - _runStart;
        }
        _runLength = 0;
    }
}
