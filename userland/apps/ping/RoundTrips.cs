// Statistics over round trip times, as Linux's ping prints them. Next: PingCommand.cs
using RingOS.User;

namespace RingOS.Ping;

/// <summary>Counts requests and replies; times in nanoseconds.</summary>
public sealed class RoundTrips
{
    private ulong _sumMicroseconds;
    private ulong _sumOfSquares;

    public ulong Sent { get; private set; }

    public ulong Received { get; private set; }

    public ulong Minimum { get; private set; } = ulong.MaxValue;

    public ulong Maximum { get; private set; }

    /// <summary>Mean, in microseconds.</summary>
    public ulong MeanMicroseconds => Received == 0 ? 0 : _sumMicroseconds / Received;

    /// <summary>Standard deviation, in microseconds.</summary>
    public ulong DeviationMicroseconds
    {
        get
        {
            if (Received == 0)
                return 0;
            ulong meanSquare = _sumOfSquares / Received;
            ulong squaredMean = MeanMicroseconds * MeanMicroseconds;
            return meanSquare <= squaredMean ? 0 : SquareRoot(meanSquare - squaredMean);
        }
    }

    public void OnSent() => Sent++;

    public void OnReply(ulong nanoseconds)
    {
        Received++;
        Minimum = System.Math.Min(Minimum, nanoseconds);
        Maximum = System.Math.Max(Maximum, nanoseconds);
        ulong microseconds = nanoseconds / 1000;
        _sumMicroseconds += microseconds;
        _sumOfSquares += microseconds * microseconds;
    }

    /// <summary>"4 packets transmitted, 4 received, 0% packet loss, time 3003ms"</summary>
    public void AppendCounts(TextBuffer text, ulong elapsedNanoseconds)
    {
        ulong loss = Sent == 0 ? 0 : (Sent - Received) * 100 / Sent;
        text.Append(Sent).Append(" packets transmitted, "u8).Append(Received).Append(" received, "u8);
        text.Append(loss).Append("% packet loss, time "u8).Append(elapsedNanoseconds / 1_000_000).Append("ms"u8);
    }

    /// <summary>"rtt min/avg/max/mdev = 0.049/0.061/0.085/0.014 ms"</summary>
    public void AppendTimes(TextBuffer text)
    {
        text.Append("rtt min/avg/max/mdev = "u8).AppendFixed(Minimum / 1000, 3).Append((byte)'/').AppendFixed(MeanMicroseconds, 3);
        text.Append((byte)'/').AppendFixed(Maximum / 1000, 3).Append((byte)'/').AppendFixed(DeviationMicroseconds, 3).Append(" ms"u8);
    }

    /// <summary>The whole part of a square root.</summary>
    public static ulong SquareRoot(ulong value)
    {
        ulong root = 0;
        for (ulong bit = 1UL << 31; bit != 0; bit >>= 1)
        {
            ulong attempt = root | bit;
            if (attempt * attempt <= value)
                root = attempt;
        }
        return root;
    }
}
