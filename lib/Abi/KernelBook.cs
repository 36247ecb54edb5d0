// What the kernel has handed out and must get back: the books that a fuzzer, or a curious user, balances. Kernel side:
// kernel/diagnostics/Books.cs. Next: SocketAddress.cs
namespace RingOS.Abi;

/// <summary>
/// Entries that <see cref="IoctlRequest.GetKernelBooks"/> fills, in this order. When only the caller is left of all programs, nothing may
/// have been lost: frames are free or a process's, no file or socket is open, nobody waits for a reply.
/// </summary>
public enum KernelBook
{
    /// <summary>Physical frames nobody has.</summary>
    FreeFrames = 0,

    /// <summary>Frames of the processes that live, page tables included.</summary>
    ProcessFrames = 1,

    /// <summary>Bytes left of the kernel's heap, which nothing is ever given back to; 0 where that is not known.</summary>
    FreeHeap = 2,

    /// <summary>Processes that live, services included.</summary>
    Processes = 3,

    /// <summary>Threads in use, the kernel's own included.</summary>
    Threads = 4,

    /// <summary>Threads that have called a service and are not answered yet.</summary>
    Callers = 5,

    /// <summary>Open files of the boot archive.</summary>
    OpenFiles = 6,

    /// <summary>Open sockets.</summary>
    OpenSockets = 7,

    /// <summary>Packets that programs' sockets have, 0 where the network stack is a process of its own.</summary>
    CallerPackets = 8,

    /// <summary>Handles of the caller.</summary>
    Handles = 9,

    /// <summary>1 if the kernel's canary lives and its memory is write-protected.</summary>
    Canary = 10,
    Count = 11,
}
