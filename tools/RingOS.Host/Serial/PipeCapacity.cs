// How much a guest may say before anybody listens. fcntl(2), F_SETPIPE_SZ. Back to: SerialReader.cs
using System.IO;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace RingOS.Host.Serial;

/// <summary>Room in the pipe behind a serial line.</summary>
internal static class PipeCapacity
{
    private const int SetPipeSize = 1031;
    private const int Bytes = 1 << 20; // what Linux allows anybody

    /// <summary>
    /// Behind a full pipe a guest waits for its port, and if its time is its instructions another time each run: 0.12 s instead of 0.06 in one of the
    /// tests. A pipe holds 64 KiB, which a guest may say before this process has compiled the method that reads. Where it cannot be larger it
    /// stays as it is.
    /// </summary>
    public static void Raise(Stream pipe)
    {
        if (pipe is PipeStream { SafePipeHandle: var handle })
            _ = Control(handle, SetPipeSize, Bytes);
    }

    [DllImport("libc", EntryPoint = "fcntl")]
    private static extern int Control(SafePipeHandle pipe, int command, int argument);
}
