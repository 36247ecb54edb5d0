// Waiting for a word in shared memory to change. futex(2); .NET has no such wait between processes. Back to: MachineTurn.cs
using System;
using System.Runtime.InteropServices;

namespace RingOS.RemoteDevices;

/// <summary>The two operations, on x86-64.</summary>
internal static unsafe partial class Futex
{
    private const int Call = 202; // SYS_futex
    private const int WaitOperation = 0; // FUTEX_WAIT
    private const int WakeOperation = 1; // FUTEX_WAKE

    /// <summary>Returns when somebody has woken the waiters, when the time is over, or at once if the word has another value; or just so.</summary>
    public static void Wait(int* word, int value, TimeSpan limit)
    {
        long* time = stackalloc long[2];
        time[0] = limit.Ticks / TimeSpan.TicksPerSecond;
        time[1] = limit.Ticks % TimeSpan.TicksPerSecond * 100;
        _ = SystemCall(Call, word, WaitOperation, value, time, 0, 0);
    }

    public static void Wake(int* word) => _ = SystemCall(Call, word, WakeOperation, int.MaxValue, null, 0, 0);

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint SystemCall(nint number, int* word, nint operation, nint value, long* time, nint second, nint third);
}
