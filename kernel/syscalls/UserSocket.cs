// What the socket syscalls share: from a handle and a pointer to a socket and an endpoint. Back to: OpenSocket.cs
using RingOS.Abi;
using RingOS.Kernel.Arch.X64;
using RingOS.Kernel.Sockets;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Syscalls;

/// <summary>Arguments of socket syscalls.</summary>
internal static class UserSocket
{
    private const ulong EndpointMask = 0xFFFF_FFFF_FFFF; // address and port; the rest of a SocketAddress is reserved

    /// <summary>The socket under a handle. BadHandle, NotSocket, or NotPermitted if the call is not in the caller's grant.</summary>
    public static Status Find(Thread caller, SyscallNumber number, ulong handle, out Socket? socket)
    {
        KernelObject? target = caller.Handles.Find((int)handle, HandleRights.None);
        socket = target as Socket;
        if (socket is not null)
            return Status.Ok;
        if (!Refusal.IsPermitted(number))
            return Status.NotPermitted;
        return target is null ? Status.BadHandle : Status.NotSocket;
    }

    /// <summary>Reads a SocketAddress, which has the layout of an endpoint word (NetProtocol.Endpoint).</summary>
    public static Status ReadEndpoint(Nucleus nucleus, ulong address, out ulong endpoint)
    {
        Status status = nucleus.UserMemory.Read64(address, out ulong word);
        endpoint = word & EndpointMask;
        return status;
    }
}
