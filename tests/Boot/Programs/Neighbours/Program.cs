// neighbours ACT: the program that is watched, or the companion beside it. What should come of it: tests/Boot/NeighbourTests.cs.
// Next: Secret.cs
using System;
using System.Runtime;
using RingOS.User;

namespace RingOS.Test.Neighbours;

internal static class Program
{
    private const int NoSuchAct = 2;
    private const ulong NapNanoseconds = 20_000_000;
    private const int Naps = 4;
    private const int Steps = 5_000_000; // several quanta
    private const ulong ShortestNap = 3001;
    private const ulong LongestNap = 5003;

    [RuntimeExport("user_main")]
    private static int Main(nint startupBlock)
    {
        ReadOnlySpan<byte> act = Act.Chosen(Startup.Begin(startupBlock));
        if (act.SequenceEqual("witness"u8))
            return Witness();
        if (act.SequenceEqual("spin"u8))
            return Spin();
        if (act.SequenceEqual("yield"u8))
            return Yield();
        if (act.SequenceEqual("work"u8))
            return Work();
        if (act.SequenceEqual("storm"u8))
            return Storm();
        if (act.SequenceEqual("keep-secret"u8))
            return Secret.Keep();
        if (act.SequenceEqual("peek"u8))
            return Secret.Peek();
        if (act.SequenceEqual("hold-registers"u8))
            return HeldRegisters.Hold();
        if (act.SequenceEqual("hold-registers-too"u8))
            return HeldRegisters.HoldForEver();
        if (act.SequenceEqual("hide-registers"u8))
            return HeldRegisters.Hide();
        if (act.SequenceEqual("seek-registers"u8))
            return HeldRegisters.Seek();
        RingOS.User.Console.WriteLine("no such act"u8);
        return NoSuchAct;
    }

    // Leaves the processor to the companion several times, and says that it came back.
    private static int Witness()
    {
        for (int nap = 0; nap < Naps; nap++)
            Clock.Sleep(NapNanoseconds);
        RingOS.User.Console.WriteLine("the system goes on"u8);
        return 0;
    }

    // A timer interrupt every few thousand instructions, each time at another one.
    private static int Storm()
    {
        for (ulong nap = ShortestNap; ; nap = nap == LongestNap ? ShortestNap : nap + 1)
            Clock.Sleep(nap);
    }

    // Computes for nine tenths of a quantum and gives the processor away, over and over.
    private static int Yield()
    {
        RingOS.User.Console.WriteLine("yielding"u8);
        for (; ; )
        {
            Compute(Clock.TicksPerSecond / 1000 * 9);
            Clock.Sleep(0);
        }
    }

    private static int Work()
    {
        for (int step = 0; step < Steps; step++)
            _ = Clock.Ticks;
        RingOS.User.Console.WriteLine("the work is done"u8);
        return 0;
    }

    private static void Compute(ulong ticks)
    {
        ulong steps = 0;
        for (ulong start = Clock.Ticks; Clock.Ticks - start < ticks; steps++)
        {
        }
    }

    private static int Spin()
    {
        RingOS.User.Console.WriteLine("spinning"u8);
        for (; ; )
        {
        }
    }
}
