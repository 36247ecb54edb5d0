// Writes that failed: why, and for how long nothing got through. Next: FailureLog.cs
using System;
using RingOS.Abi;
using RingOS.User;

namespace RingOS.Iperf;

/// <summary>Counts failures by reason and remembers the longest run of them. Touched by failed writes only, and by the first good one after them.</summary>
public sealed class WriteFailures
{
    private const int MostStatuses = 256;

    private readonly ulong[] _counts = new ulong[MostStatuses]; // by errno
    private ulong _runStart; // ticks
    private ulong _runLength;
    private ulong _runId;

    /// <summary>All writes that failed.</summary>
    public ulong Total { get; private set; }

    /// <summary>With ENOBUFS: a queue on the way was full.</summary>
    public ulong NoBuffer => With(Status.NoBufferSpace);

    /// <summary>With EIO: the frame was lost, or the service behind the socket died.</summary>
    public ulong Io => With(Status.IoError);

    /// <summary>With EAGAIN: the same full queue, for a socket that wants it so.</summary>
    public ulong Again => With(Status.WouldBlock);

    public ulong Other => Total - NoBuffer - Io - Again;

    /// <summary>How many failed with one errno.</summary>
    public ulong With(Status why) => _counts[(byte)why];

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
        _counts[(byte)why]++;
        Total++;
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

    /// <summary>"11:2,105:3": each errno and how many failed with it.</summary>
    public TextBuffer AppendByErrno(TextBuffer text)
    {
        bool isFirst = true;
        for (int errno = 0; errno < MostStatuses; errno++)
        {
            if (_counts[errno] == 0)
                continue;
            if (!isFirst)
                text.Append((byte)',');
            text.Append((ulong)errno).Append((byte)':').Append(_counts[errno]);
            isFirst = false;
        }
        return text;
    }

    /// <summary>"3 x ENOBUFS, 2 x EAGAIN, 1 x errno 113".</summary>
    public TextBuffer AppendByName(TextBuffer text)
    {
        bool isFirst = true;
        for (int errno = 0; errno < MostStatuses; errno++)
        {
            if (_counts[errno] == 0)
                continue;
            if (!isFirst)
                text.Append(", "u8);
            AppendName(text.Append(_counts[errno]).Append(" x "u8), (Status)errno);
            isFirst = false;
        }
        return text;
    }

    private static void AppendName(TextBuffer text, Status why)
    {
        ReadOnlySpan<byte> name = Errno.NameOf(why);
        if (name.Length != 0)
            text.Append(name);
        else
            text.Append("errno "u8).Append((ulong)why);
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
