// A look at signals that have not been received yet, without a system call. Kernel side: ipc/Notification.cs. Back to: Startup.cs
using System.Threading;
using RingOS.Abi;

namespace RingOS.User;

/// <summary>The word of the start-up page that mirrors the bound notification.</summary>
public readonly unsafe struct PendingSignals
{
    private readonly ulong* _word;

    public PendingSignals(ref readonly StartupBlock block)
    {
        fixed (ulong* word = &block.PendingSignals) // SAFETY: the start-up page never moves and outlives the process's code.
            _word = word;
    }

    /// <summary>Signals not yet taken, a <see cref="SignalWord"/>; 0 if there are none.</summary>
    public ulong Read() => Volatile.Read(ref *_word); // SAFETY: as above; the kernel writes it, so it is read each time.
}
