// The host's system calls that the instrument needs: there is no C library of its own. syscall(2), x86-64. Next: ../Plugin.cs
using System;
using System.Runtime;
using System.Runtime.CompilerServices;

namespace RingOS.Instrument;

/// <summary>Linux on x86-64.</summary>
internal static unsafe class HostCall
{
    private const ulong WriteCall = 1;
    private const ulong OpenCall = 2;
    private const ulong SeekCall = 8;
    private const ulong MapCall = 9;
    private const ulong KillCall = 62;
    private const ulong FutexCall = 202;
    private const ulong ExitCall = 231; // exit_group
    private const ulong Errors = 2; // standard error
    private const ulong FutexWait = 0; // FUTEX_WAIT, between processes
    private const ulong FutexWake = 1;
    private const ulong NoSuchProcess = unchecked((ulong)-3); // ESRCH
    private const ulong TimedOut = unchecked((ulong)-110); // ETIMEDOUT
    private const ulong ReadWrite = 2; // O_RDWR
    private const ulong FromEnd = 2; // SEEK_END
    private const ulong Access = 1 | 2; // PROT_READ | PROT_WRITE
    private const ulong Shared = 1; // MAP_SHARED
    private const ulong LowestError = unchecked((ulong)-4095);

    /// <summary>Maps a whole file.</summary>
    /// <param name="path">Its name, ended by a zero; null is no file.</param>
    /// <param name="length">Its bytes.</param>
    /// <returns>Null if it cannot be opened or mapped, or is empty.</returns>
    public static byte* Map(byte* path, out ulong length)
    {
        length = 0;
        if (path == null)
            return null;
        ulong file = Call(OpenCall, (ulong)path, ReadWrite, 0, 0, 0, 0);
        if (file >= LowestError)
            return null;
        length = Call(SeekCall, file, 0, FromEnd, 0, 0, 0);
        ulong memory = Call(MapCall, 0, length, Access, Shared, file, 0);
        return memory >= LowestError ? null : (byte*)memory;
    }

    /// <summary>Waits until somebody wakes the waiters of a word, if it has this value now.</summary>
    /// <returns>False if nobody did for so long.</returns>
    public static bool WaitWhile(int* word, int value, ulong seconds)
    {
        ulong* time = stackalloc ulong[2];
        time[0] = seconds;
        time[1] = 0;
        return Call(FutexCall, (ulong)word, FutexWait, (ulong)value, (ulong)time, 0, 0) != TimedOut;
    }

    /// <summary>Wakes who waits for a word to change.</summary>
    public static void WakeWaiter(int* word) => Call(FutexCall, (ulong)word, FutexWake, 1, 0, 0, 0);

    public static bool IsProcess(ulong id) => Call(KillCall, id, 0, 0, 0, 0, 0) != NoSuchProcess;

    /// <summary>One line on QEMU's standard error.</summary>
    public static void Complain(ReadOnlySpan<byte> line)
    {
        fixed (byte* text = line)
            Call(WriteCall, Errors, (ulong)text, (ulong)line.Length, 0, 0, 0);
    }

    /// <summary>Ends QEMU. Does not return.</summary>
    public static void Exit(int code) => Call(ExitCall, (ulong)code, 0, 0, 0, 0, 0);

    [RuntimeImport("*", "host_call"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern ulong Call(ulong number, ulong a0, ulong a1, ulong a2, ulong a3, ulong a4, ulong a5);
}
