// What the kernel's two basic services cost, in ticks: under icount, instructions. Back to: ../../lib/Measure.cs
using RingOS.Abi;
using RingOS.User;

namespace RingOS.Primitives;

/// <summary>Measures a null system call and a message round trip to the echo service, and prints one event.</summary>
public static class PrimitivesCommand
{
    private const int Batches = 8;
    private const uint Turns = 256;

    /// <summary>Returns the exit code: 1 if there is no echo service to call.</summary>
    public static int Run(Arguments arguments)
    {
        Endpoint echo = new(WellKnownHandle.NicEndpoint);
        MessageRegisters message = default;
        Status status = echo.Call(ref message);
        if (status != Status.Ok)
        {
            Console.WriteLine(new TextBuffer(80).Append("primitives: no echo service: "u8).AppendError(status));
            return 1;
        }
        ulong loop = MeasureNothing();
        new EventLine()
            .Begin(Clock.WallNanoseconds, "primitives: null syscall {NullSyscall}, IPC call and reply {IpcRoundTrip}"u8)
            .Add("NullSyscall"u8, PerTurn(MeasureNull(), loop))
            .Add("IpcRoundTrip"u8, PerTurn(MeasureCall(echo), loop))
            .End();
        return 0;
    }

    /// <summary>What one turn took without the loop around it, rounded to the nearest tick.</summary>
    public static ulong PerTurn(ulong ticks, ulong loopTicks) => ticks <= loopTicks ? 0 : (ticks - loopTicks + Turns / 2) / Turns;

    // The least of several batches: a timer interrupt falls into some, not into all.
    private static ulong MeasureNothing()
    {
        ulong least = ulong.MaxValue;
        for (int batch = 0; batch < Batches; batch++)
        {
            ulong start = Clock.Ticks;
            for (uint turn = 0; turn < Turns; turn++)
                Syscall.Nothing();
            least = System.Math.Min(least, Clock.Ticks - start);
        }
        return least;
    }

    private static ulong MeasureNull()
    {
        ulong least = ulong.MaxValue;
        for (int batch = 0; batch < Batches; batch++)
        {
            ulong start = Clock.Ticks;
            for (uint turn = 0; turn < Turns; turn++)
                Syscall.Null();
            least = System.Math.Min(least, Clock.Ticks - start);
        }
        return least;
    }

    private static ulong MeasureCall(Endpoint echo)
    {
        MessageRegisters message = default;
        ulong least = ulong.MaxValue;
        for (int batch = 0; batch < Batches; batch++)
        {
            ulong start = Clock.Ticks;
            for (uint turn = 0; turn < Turns; turn++)
                echo.Call(ref message);
            least = System.Math.Min(least, Clock.Ticks - start);
        }
        return least;
    }
}
