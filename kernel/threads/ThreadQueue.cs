// A first-in first-out queue of threads, linked through the threads themselves. Next: Scheduler.cs
namespace RingOS.Kernel.Threads;

/// <summary>Threads waiting for the same thing, in order of arrival. Every operation takes constant time.</summary>
public sealed class ThreadQueue
{
    private Thread? _last;

    public Thread? First { get; private set; }

    public bool IsEmpty => First is null;

    public void Enqueue(Thread thread)
    {
        thread.Queue = this;
        thread.Next = null;
        thread.Previous = _last;
        if (_last is null)
            First = thread;
        else
            _last.Next = thread;
        _last = thread;
    }

    /// <summary>Gives a thread the place before all others.</summary>
    public void EnqueueFirst(Thread thread)
    {
        thread.Queue = this;
        thread.Previous = null;
        thread.Next = First;
        if (First is null)
            _last = thread;
        else
            First.Previous = thread;
        First = thread;
    }

    /// <summary>The thread that waits longest, or null.</summary>
    public Thread? Dequeue()
    {
        Thread? thread = First;
        if (thread is not null)
            Remove(thread);
        return thread;
    }

    /// <summary>Takes a thread out of the middle; it must be in this queue.</summary>
    public void Remove(Thread thread)
    {
        if (thread.Previous is null)
            First = thread.Next;
        else
            thread.Previous.Next = thread.Next;
        if (thread.Next is null)
            _last = thread.Previous;
        else
            thread.Next.Previous = thread.Previous;
        thread.Queue = null;
        thread.Next = null;
        thread.Previous = null;
    }
}
