// What the hot loop does around each write: nothing, or a look at the clock before and after. Next: WriteLatency.cs
using System.Runtime.CompilerServices;
using RingOS.User;

namespace RingOS.Iperf;

/// <summary>Chosen once, as a type argument: the compiler makes a loop for each, and the one without a watch carries no trace of it.</summary>
public interface IWriteWatch
{
    /// <summary>Right before write().</summary>
    ulong Start();

    /// <summary>Right after it.</summary>
    /// <param name="started">What <see cref="Start"/> returned.</param>
    void Stop(ulong started);
}

/// <summary>No watch.</summary>
public readonly struct NoWatch : IWriteWatch
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Start() => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Stop(ulong started)
    {
    }
}

/// <summary>--latency: every write's duration, failed or not.</summary>
public readonly struct LatencyWatch(WriteLatency latency) : IWriteWatch
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Start() => Clock.Ticks;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Stop(ulong started) => latency.Add(Clock.Ticks - started);
}
