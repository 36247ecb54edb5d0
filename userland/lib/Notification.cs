// Asynchronous signals: one word of bits, never a queue. Next: InterruptHandle.cs
using RingOS.Abi;

namespace RingOS.User;

/// <summary>A word of bits that signals set and a wait reads and clears.</summary>
public readonly struct Notification(int handle)
{
    /// <summary>Sets bits and wakes a waiter. Never blocks.</summary>
    /// <param name="bits">Of <see cref="SignalWord.Signals"/>.</param>
    public Status Signal(ulong bits) => (Status)(-Syscall.Signal(handle, bits));

    /// <summary>Waits for any bit, reads all of them and clears them.</summary>
    /// <param name="timeoutNanoseconds">0 waits for ever.</param>
    /// <param name="bits">The bits, 0 if the outcome is not Ok.</param>
    /// <returns>TimedOut if no bit came in time.</returns>
    public Status Wait(ulong timeoutNanoseconds, out ulong bits)
    {
        long result = Syscall.Wait(handle, timeoutNanoseconds);
        bits = result < 0 ? 0 : (ulong)result;
        return result < 0 ? (Status)(-result) : Status.Ok;
    }
}
