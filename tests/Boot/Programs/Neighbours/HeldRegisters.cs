// Registers over preemption: nothing is lost, nothing leaks. Next: Registers.asm
using System;
using System.Runtime;
using System.Runtime.CompilerServices;
using RingOS.Abi;
using RingOS.User;

namespace RingOS.Test.Neighbours;

/// <summary>Two programs compute with all registers at once, each with values of its own.</summary>
internal static class HeldRegisters
{
    private const ulong FirstSeed = 0x0101_0101_0101_0101;
    private const ulong SecondSeed = 0x7070_7070_7070_7070;
    private const ulong Turns = 4_000_000; // two instructions each: most of a time slice
    private const int Rounds = 16;
    private const ulong LeastSwitches = 10;
    private const int Searches = 20;
    private const ulong NapNanoseconds = 2_000_000;

    /// <summary>The program: some rounds, and the processor must have changed hands meanwhile.</summary>
    public static int Hold()
    {
        ulong before = ThreadSwitches();
        for (int round = 0; round < Rounds; round++)
        {
            ulong lost = HoldRegisters(FirstSeed, Turns);
            if (lost != 0)
                return Report("lost register "u8, lost);
        }
        ulong switches = ThreadSwitches() - before;
        if (switches < LeastSwitches)
            return Report("not preempted often enough: "u8, switches);
        RingOS.User.Console.WriteLine("registers held"u8);
        return 0;
    }

    /// <summary>The companion.</summary>
    public static int HoldForEver()
    {
        for (; ; )
        {
            ulong lost = HoldRegisters(SecondSeed, Turns);
            if (lost != 0)
                return Report("the companion lost register "u8, lost);
        }
    }

    /// <summary>The companion: leaves a secret in its SSE registers and sleeps.</summary>
    public static int Hide()
    {
        RingOS.User.Console.WriteLine("hiding"u8);
        for (; ; )
            HideAndSleep(SecondSeed, NapNanoseconds);
    }

    /// <summary>The program: looks into its registers whenever it wakes.</summary>
    public static int Seek()
    {
        for (int search = 0; search < Searches; search++)
        {
            ulong found = SleepAndSeek(SecondSeed, NapNanoseconds);
            if (found != 0)
                return Report("found the secret in register "u8, found - 1);
        }
        RingOS.User.Console.WriteLine("nothing found"u8);
        return 0;
    }

    private static ulong ThreadSwitches()
    {
        Span<ulong> counters = new ulong[(int)KernelCounter.Count];
        int device = Files.Open("/dev/kernel"u8);
        _ = Files.ReadCounters(device, IoctlRequest.GetKernelCounters, counters); // zeros would fail the test
        _ = Files.Close(device);
        return counters[(int)KernelCounter.ThreadSwitches];
    }

    private static int Report(ReadOnlySpan<byte> what, ulong value)
    {
        RingOS.User.Console.Write(what);
        RingOS.User.Console.Write(value);
        RingOS.User.Console.WriteLine(""u8);
        return 1;
    }

    [RuntimeImport("*", "hold_registers"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern ulong HoldRegisters(ulong seed, ulong turns);

    [RuntimeImport("*", "hide_and_sleep"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void HideAndSleep(ulong seed, ulong nanoseconds);

    [RuntimeImport("*", "sleep_and_seek"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern ulong SleepAndSeek(ulong seed, ulong nanoseconds);
}
