// Whatever a handle can refer to, and what one may do through it. Next: HandleTable.cs
using System;
using RingOS.Abi;

namespace RingOS.Kernel.Threads;

/// <summary>What a handle allows.</summary>
[Flags]
public enum HandleRights : byte
{
    None = 0,
    Read = 1 << 0,
    Write = 1 << 1,

    /// <summary>Endpoint: to call it.</summary>
    Call = 1 << 2,

    /// <summary>Endpoint: to receive from it. Notification: to wait for it.</summary>
    Receive = 1 << 3,

    /// <summary>Notification: to signal it.</summary>
    Signal = 1 << 4,

    All = Read | Write | Call | Receive | Signal,
}

/// <summary>
/// An object in the kernel that programs use through handles. Results are those of syscalls: zero or more, or a negated
/// <see cref="Status"/>. Buffers are addresses in the caller's memory, not checked yet.
/// </summary>
public abstract class KernelObject
{
    public virtual long Read(Thread caller, ulong buffer, ulong length) => -(long)Status.InvalidArgument;

    public virtual long Write(Thread caller, ulong buffer, ulong length) => -(long)Status.InvalidArgument;

    public virtual long Control(Thread caller, IoctlRequest request, ulong argument) => -(long)Status.UnsupportedRequest;

    /// <summary>Sets the bits of a notification, or whatever stands for one.</summary>
    public virtual Status Signal(ulong bits) => Status.InvalidArgument;

    /// <summary>The last handle was closed, or its process ended.</summary>
    public virtual void Close()
    {
    }
}
