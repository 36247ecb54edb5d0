// What is out and what is free, counted when somebody asks: nothing is kept up to date on the way of a syscall. Entries:
// lib/Abi/KernelBook.cs. Back to: Canary.cs
using RingOS.Abi;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Diagnostics;

/// <summary>Reads the books.</summary>
public static class Books
{
    public static ulong Read(Nucleus nucleus, Thread caller, KernelBook book) => book switch
    {
        KernelBook.FreeFrames => nucleus.Memory.Frames.FreeFrames,
        KernelBook.ProcessFrames => ProcessFrames(nucleus.Threads),
        KernelBook.FreeHeap => nucleus.Heap?.Available ?? 0,
        KernelBook.Processes => Processes(nucleus.Threads),
        KernelBook.Threads => Threads(nucleus.Threads),
        KernelBook.Callers => Callers(nucleus.Threads),
        KernelBook.OpenFiles => (ulong)nucleus.Devices.OpenFiles,
        KernelBook.OpenSockets => (ulong)(nucleus.Sockets?.OpenCount ?? 0),
        KernelBook.CallerPackets => nucleus.Sockets?.Layer.CallerPackets ?? 0,
        KernelBook.Handles => (ulong)caller.Handles.Count,
        KernelBook.Canary => Canary.IsAlive ? 1ul : 0,
        _ => 0,
    };

    private static ulong ProcessFrames(ThreadPool threads)
    {
        ulong frames = 0;
        for (int slot = 0; slot < threads.Count; slot++)
            frames += threads[slot].Process?.Frames ?? 0;
        return frames;
    }

    private static ulong Processes(ThreadPool threads)
    {
        ulong count = 0;
        for (int slot = 0; slot < threads.Count; slot++)
            count += threads[slot].Process is { Frames: > 0 } ? 1ul : 0;
        return count;
    }

    private static ulong Threads(ThreadPool threads)
    {
        ulong count = 0;
        for (int slot = 0; slot < threads.Count; slot++)
            count += threads[slot].State is ThreadState.Unused or ThreadState.Dead ? 0 : 1ul;
        return count;
    }

    private static ulong Callers(ThreadPool threads)
    {
        ulong count = 0;
        for (int slot = 0; slot < threads.Count; slot++)
            count += threads[slot].IsCalling ? 1ul : 0;
        return count;
    }
}
