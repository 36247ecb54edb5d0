// open(): a device or a file of the boot archive. Next: Close.cs
using System;
using RingOS.Abi;
using RingOS.Kernel.Arch.X64;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Syscalls;

/// <summary>open(path, path length, flags)</summary>
internal static class Open
{
    private const int MaximumPath = 100; // as in a tar header

    private static readonly byte[] s_path = new byte[MaximumPath];

    public static long Handle(ref Registers arguments)
    {
        Nucleus nucleus = KernelEntry.Nucleus;
        Thread caller = nucleus.Scheduler.Current;
        if (!Refusal.IsPermitted(SyscallNumber.Open))
            return -(long)Status.NotPermitted;
        if (arguments.Rsi is 0 or > MaximumPath)
            return -(long)Status.NoSuchFile;
        Span<byte> path = new(s_path, 0, (int)arguments.Rsi);
        Status status = nucleus.UserMemory.CopyIn(path, arguments.Rdi);
        if (status != Status.Ok)
            return -(long)status;
        status = nucleus.Devices.Open(path, out KernelObject? target);
        if (status != Status.Ok)
            return -(long)status;
        status = caller.Handles.Insert(target!, HandleRights.Read | HandleRights.Write, out int handle);
        if (status == Status.Ok)
            return handle;
        target!.Close();
        return -(long)status;
    }
}
