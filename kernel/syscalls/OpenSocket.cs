// socket(): a new socket of the placed network stack. Next: Bind.cs
using RingOS.Abi;
using RingOS.Kernel.Arch.X64;
using RingOS.Kernel.Sockets;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Syscalls;

/// <summary>socket(kind)</summary>
internal static class OpenSocket
{
    public static long Handle(ref Registers arguments)
    {
        Nucleus nucleus = KernelEntry.Nucleus;
        Thread caller = nucleus.Scheduler.Current;
        if (!Refusal.IsPermitted(SyscallNumber.Socket))
            return -(long)Status.NotPermitted;
        SocketKind kind = (SocketKind)arguments.Rdi;
        if (kind is not (SocketKind.Datagram or SocketKind.Echo))
            return -(long)Status.ProtocolNotSupported;
        SocketPool? sockets = nucleus.Sockets;
        if (sockets is null)
            return -(long)Status.NetworkDown;
        Status status = sockets.Open(kind, out Socket? socket);
        if (status != Status.Ok)
            return -(long)(status == Status.PeerGone ? sockets.Layer.Absence : status);
        status = caller.Handles.Insert(socket!, HandleRights.Read | HandleRights.Write, out int handle);
        if (status == Status.Ok)
            return handle;
        socket!.Close();
        return -(long)status;
    }
}
