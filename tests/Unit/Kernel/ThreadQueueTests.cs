// A queue of threads behaves like a list, whatever is done to it. Subjects: kernel/threads/ThreadQueue.cs, ThreadPool.cs
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using RingOS.Kernel.Threads;
using Xunit;

namespace RingOS.Tests.Unit.Kernel;

public sealed class ThreadQueueTests
{
    private const int ThreadCount = 6;

    [Fact]
    public void EqualsAList()
        => Gen.Select(Gen.Int[0, 2], Gen.Int[0, ThreadCount - 1]).Array[0, 60].Sample(
            steps =>
            {
                Thread[] threads = NewThreads(ThreadCount);
                ThreadQueue queue = new();
                List<Thread> model = [];
                foreach ((int kind, int which) in steps)
                {
                    Step(queue, model, kind, threads[which]);
                    Assert.Equal(model.FirstOrDefault(), queue.First);
                    Assert.Equal(model.Count == 0, queue.IsEmpty);
                }
                foreach (Thread expected in model)
                    Assert.Same(expected, queue.Dequeue());
                Assert.Null(queue.Dequeue());
            },
            iter: 300, threads: 1);

    [Fact]
    public void AThreadThatLeftOneQueueCanJoinAnother()
    {
        Thread[] threads = NewThreads(2);
        ThreadQueue first = new();
        ThreadQueue second = new();
        first.Enqueue(threads[0]);
        first.Enqueue(threads[1]);
        second.Enqueue(first.Dequeue()!);
        Assert.Same(threads[1], first.Dequeue());
        Assert.Same(threads[0], second.Dequeue());
        Assert.True(first.IsEmpty);
        Assert.True(second.IsEmpty);
    }

    [Fact]
    public void ThePoolGivesEachThreadOnceAndThenNone()
    {
        ThreadPool pool = new(NewThreads(3));
        Assert.Equal([0, 1, 2], Enumerable.Range(0, 3).Select(_ => pool.Take()!.Slot));
        Assert.Null(pool.Take());
    }

    [Fact]
    public void ThePoolUsesDeadThreadsAgainAndNoOthers()
    {
        ThreadPool pool = new(NewThreads(7));
        ThreadState[] states =
        [
            ThreadState.Ready, ThreadState.Running, ThreadState.Calling, ThreadState.AwaitingReply, ThreadState.Receiving,
            ThreadState.Waiting,
        ];
        for (int slot = 0; slot < states.Length; slot++)
            pool[slot].State = states[slot];
        pool[6].State = ThreadState.Dead;
        Assert.Same(pool[6], pool.Take());
        Assert.Null(pool.Take());
    }

    private static void Step(ThreadQueue queue, List<Thread> model, int kind, Thread thread)
    {
        bool isQueued = model.Contains(thread);
        if (kind == 0 && !isQueued)
        {
            queue.Enqueue(thread);
            model.Add(thread);
        }
        else if (kind == 1 && isQueued)
        {
            queue.Remove(thread);
            model.Remove(thread);
        }
        else if (kind == 2)
        {
            Assert.Same(model.FirstOrDefault(), queue.Dequeue());
            if (model.Count != 0)
                model.RemoveAt(0);
        }
    }

    private static Thread[] NewThreads(int count)
        => Enumerable.Range(0, count).Select(slot => new Thread(slot, default)).ToArray();
}
