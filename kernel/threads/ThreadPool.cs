// All threads there can be, made at boot. Next: Process.cs
namespace RingOS.Kernel.Threads;

/// <summary>A fixed set of threads; slots of ended ones are used again.</summary>
public sealed class ThreadPool
{
    private readonly Thread[] _threads;

    public ThreadPool(Thread[] threads) => _threads = threads;

    public int Count => _threads.Length;

    public Thread this[int slot] => _threads[slot];

    /// <summary>A thread that nobody uses, or null when all are in use. A dead one is not running any more: its last act was to switch away.</summary>
    public Thread? Take()
    {
        foreach (Thread thread in _threads)
        {
            if (thread.State is not (ThreadState.Unused or ThreadState.Dead))
                continue;
            thread.State = ThreadState.New;
            return thread;
        }
        return null;
    }
}
