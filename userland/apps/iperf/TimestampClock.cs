// Seconds and microseconds of a moment, without a division a datagram. Next: Pacer.cs
using System.Runtime.CompilerServices;
using RingOS.Abi;
using RingOS.User;

namespace RingOS.Iperf;

/// <summary>Keeps the tick at which the current second began: only what came after it is converted, by a multiplication.</summary>
public sealed class TimestampClock
{
    private readonly ulong _ticksPerSecond = Clock.TicksPerSecond;
    private readonly ulong _microsecondsPerTick; // in units of 2^-32
    private ulong _secondStart;

    public TimestampClock() => _microsecondsPerTick = WideMath.MultiplyDivide(1_000_000, 1UL << 32, _ticksPerSecond);

    /// <summary>The current second since the Unix epoch.</summary>
    public uint Seconds { get; private set; }

    /// <summary>The tick at which <see cref="Advance"/> is due.</summary>
    public ulong SecondEnd => _secondStart + _ticksPerSecond;

    /// <summary>Sets the clock. Divides: once a run.</summary>
    public void Start(ulong now)
    {
        ulong wall = Clock.WallAt(now);
        Seconds = (uint)(wall / Clock.NanosecondsPerSecond);
        _secondStart = now - Clock.ToTicks(wall % Clock.NanosecondsPerSecond);
        Advance(now);
    }

    /// <summary>Moves on to the second that holds <paramref name="now"/>.</summary>
    public void Advance(ulong now)
    {
        while ((long)(now - SecondEnd) >= 0)
        {
            _secondStart = SecondEnd;
            Seconds++;
        }
    }

    /// <summary>Microseconds since the current second began: 0 to 999,999, for a moment in that second.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint MicrosecondsAt(ulong now) => (uint)(((now - _secondStart) * _microsecondsPerTick) >> 32);
}
