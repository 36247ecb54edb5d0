// How fast the time-stamp counter and the APIC timer run, measured once against the 8254 interval timer. Next: RealTimeClock.cs
using RingOS.Abi;
using RingOS.Kernel.Diagnostics;

namespace RingOS.Kernel.Arch.X64;

/// <summary>Measured rates.</summary>
public sealed class Calibration
{
    private const ushort Counter0 = 0x40;
    private const ushort ModeCommand = 0x43;
    private const byte Counter0OneShot = 0x30; // both bytes, mode 0: interrupt on terminal count
    private const ulong IntervalTimerRate = 1_193_182; // Hz
    private const ushort Count = 59_659; // 50 ms
    private const int IntervalTimerLine = 0;
    private const int MostTries = 8;
    private const ulong TolerableShare = 64; // of the interval

    private readonly ulong _timerPerTick; // units of the APIC timer per tick of the time-stamp counter, 32 fraction bits

    /// <param name="ticks">Of the time-stamp counter in the interval of the measurement, not 0: 50,000 at a megahertz, 5e8 at ten gigahertz.</param>
    /// <param name="units">Of the APIC timer in the same.</param>
    public Calibration(ulong ticks, uint units)
    {
        TicksPerSecond = WideMath.MultiplyDivide(ticks, IntervalTimerRate, Count);
        _timerPerTick = ((ulong)units << 32) / ticks;
    }

    /// <summary>Rate of the time-stamp counter.</summary>
    public ulong TicksPerSecond { get; }

    /// <summary>Halts for 50 ms. Interrupts must be ready to be taken and line 0 without a handler.</summary>
    public static Calibration Measure(InterruptController controller, LocalTimer timer)
    {
        Calibration? rates = null;
        for (int tries = 0; tries < MostTries && rates is null; tries++)
            rates = MeasureOnce(controller, timer, isLast: tries == MostTries - 1);
        return rates!;
    }

    // Null if the machine under us stood still between the start of the interval and our note of it: the interval would look too short.
    private static Calibration? MeasureOnce(InterruptController controller, LocalTimer timer, bool isLast)
    {
        Cpu.Out8(ModeCommand, Counter0OneShot);
        controller.Unmask(IntervalTimerLine);
        timer.StartSilently(uint.MaxValue);
        Cpu.Out8(Counter0, Count & 0xFF);
        ulong before = Cpu.TimeStamp;
        Cpu.Out8(Counter0, Count >> 8);
        ulong start = Cpu.TimeStamp;
        Cpu.HaltUntilInterrupt();
        ulong ticks = Cpu.TimeStamp - start;
        uint units = uint.MaxValue - timer.Remaining;
        controller.Mask(IntervalTimerLine);
        controller.End(IntervalTimerLine); // nobody dispatches interrupts yet
        timer.Arm(0);
        timer.Start();
        if (ticks == 0)
            KernelPanic.Fail("the time-stamp counter stands still");
        if ((start - before) * TolerableShare > ticks && !isLast)
            return null;
        return new Calibration(ticks, units);
    }

    /// <summary>
    /// Units of the APIC timer for so many ticks, at least 1. Its count has 32 bits: for longer times (68 seconds at a gigahertz) it fires
    /// early, once, and is armed again for the rest.
    /// </summary>
    public uint TimerCountOf(ulong ticks)
    {
        ulong count = WideMath.MultiplyShift32(ticks, _timerPerTick);
        return count == 0 ? 1 : count > uint.MaxValue ? uint.MaxValue : (uint)count;
    }
}
