// Long sleeps: as long as they should be, and with no more timer interrupts than the timer's 32 bits force. Next: Check.cs
using RingOS.Abi;
using RingOS.User;

namespace RingOS.Test.Syscalls;

/// <summary>Time that passes while nobody computes costs nothing under icount.</summary>
internal static class TimeChecks
{
    private const ulong Second = 1_000_000_000;
    private const ulong MostInterrupts = 4; // beside one every 60 seconds: the timer of QEMU counts 68

    public static void Run()
    {
        foreach (ulong seconds in (ulong[])[1, 70, 3_600])
            SleepFor(seconds);
        foreach (ulong nanoseconds in (ulong[])[(1ul << 60) + 1, 1ul << 63, ulong.MaxValue]) // negative ones among them
            Check.Fails("sleep"u8, nanoseconds, Status.InvalidArgument, Kernel.Sleep(nanoseconds));
        Check.Equal("sleep not at all"u8, 0, Kernel.Sleep(0));
    }

    private static void SleepFor(ulong seconds)
    {
        CounterWindow window = new();
        window.Open();
        ulong wall = Clock.WallNanoseconds;
        ulong ticks = Clock.Ticks;
        Check.Equal("sleep"u8, 0, Kernel.Sleep(seconds * Second));
        ticks = Clock.Ticks - ticks;
        wall = Clock.WallNanoseconds - wall;
        window.Close();
        Check.True("as many ticks as that takes"u8, ticks >= TickTime.AtLeast(seconds * Second, Clock.TicksPerSecond));
        Check.True("and not many more"u8, ticks < TickTime.AtLeast((seconds * Second) + (Second / 100), Clock.TicksPerSecond));
        Check.True("by the wall clock too"u8, wall >= (seconds * Second) - 1_000 && wall < (seconds * Second) + (Second / 50));
        Check.True("hardly any interrupts"u8, window.Growth(KernelCounter.Interrupts) <= (seconds / 60) + MostInterrupts);
    }
}
