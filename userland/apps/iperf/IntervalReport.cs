// The lines of -i. Next: ReportLines.cs
using RingOS.User;

namespace RingOS.Iperf;

/// <summary>Prints a line for every whole interval, also for those in which nothing was sent.</summary>
public sealed class IntervalReport
{
    private readonly ReportLines _lines;
    private readonly ulong _length; // ticks; 0 if no lines are wanted
    private ulong _start;
    private ulong _intervalStart;
    private ulong _bytesBefore;

    /// <param name="lines">Where they are printed.</param>
    /// <param name="intervalMilliseconds">0 for none.</param>
    public IntervalReport(ReportLines lines, ulong intervalMilliseconds)
    {
        _lines = lines;
        _length = Clock.ToTicks(intervalMilliseconds * 1_000_000);
    }

    /// <summary>When the current interval is over.</summary>
    public ulong NextTicks => _length == 0 ? ulong.MaxValue : _intervalStart + _length;

    public void Start(ulong now)
    {
        _start = now;
        _intervalStart = now;
    }

    /// <summary>Prints what is due.</summary>
    /// <param name="now">Ticks.</param>
    /// <param name="bytes">Sent since <see cref="Start"/>.</param>
    public void OnTime(ulong now, ulong bytes)
    {
        while (now >= NextTicks)
        {
            _lines.PrintInterval(_intervalStart - _start, NextTicks - _start, bytes - _bytesBefore);
            _bytesBefore = bytes;
            _intervalStart = NextTicks;
        }
    }
}
