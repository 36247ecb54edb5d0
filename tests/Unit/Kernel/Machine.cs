// A scheduler with threads on the baton processor: what most tests of this folder start from. Next: HostedKernel.cs
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using RingOS.Abi;
using RingOS.Kernel.Arch.X64;
using RingOS.Kernel.Ipc;
using RingOS.Kernel.Threads;
using Xunit;

namespace RingOS.Tests.Unit.Kernel;

/// <summary>
/// The test's own thread is the boot thread, a service so that it never needs a timer. <see cref="Run"/> lets the others run until
/// all of them wait and no timer is armed.
/// </summary>
internal sealed unsafe class Machine : IDisposable
{
    /// <summary>One tick is one nanosecond, so a program runs this many at a stretch.</summary>
    public const ulong Quantum = 10_000_000;

    public const ulong Never = Thread.Never;

    private const nuint BytesPerThread = 1024 + (uint)X64Processor.InterruptStack;
    private const int LongestTest = 100_000; // halts

    private readonly byte* _memory;
    private readonly ThreadQueue _test = new();
    private readonly Dictionary<Thread, Action> _bodies = [];
    private ulong _until = Never;
    private int _halts;

    public Machine(int threads = 8)
    {
        _memory = (byte*)NativeMemory.AlignedAlloc((nuint)(threads + 1) * BytesPerThread, 64);
        NativeMemory.Clear(_memory, (nuint)(threads + 1) * BytesPerThread);
        Thread[] all = new Thread[threads];
        for (int slot = 0; slot < threads; slot++)
            all[slot] = CreateThread(slot);
        Threads = new ThreadPool(all);
        Idle = CreateThread(threads);
        BatonProcessor.Prepare(Idle);
        Boot.IsService = true;
        Processor.AdoptTest(Boot);
        Processor.Body = RunBody;
        Processor.WhenHalted = WhenHalted;
        Scheduler = new Scheduler(Processor, Counters, Threads, Boot, Idle);
    }

    public BatonProcessor Processor { get; } = new();

    public KernelCounters Counters { get; } = new();

    public ThreadPool Threads { get; }

    public Scheduler Scheduler { get; }

    public Thread Boot => Threads[0];

    public Thread Idle { get; }

    /// <summary>What the threads of a test did, in order.</summary>
    public List<string> Trace { get; } = [];

    public ulong Now => Processor.Time;

    public Endpoint NewEndpoint() => new(Scheduler, Counters);

    public Notification NewNotification() => new(Scheduler, Counters);

    /// <summary>A thread that does something and ends.</summary>
    public Thread Spawn(Action body, bool isService = false)
    {
        Thread thread = Threads.Take() ?? throw new InvalidOperationException("no thread left");
        thread.IsService = isService;
        BatonProcessor.Prepare(thread);
        _bodies[thread] = body;
        Scheduler.Begin(thread);
        return thread;
    }

    public Thread SpawnService(Action body) => Spawn(body, isService: true);

    /// <summary>Everybody else runs, and time passes, until nothing is left to happen.</summary>
    public void Run() => Assert.Equal(Status.Ok, Scheduler.BlockIn(_test, Never));

    /// <summary>The same, but for at most so many ticks.</summary>
    public void RunFor(ulong ticks)
    {
        _until = Now + ticks;
        Run();
        _until = Never;
    }

    /// <summary>The timer interrupt comes while a thread outside ring 0 runs.</summary>
    public void TimerInterrupt()
    {
        FireTimer();
        if (Scheduler.ShouldReschedule)
            Scheduler.Preempt(wasInterrupted: true);
    }

    /// <summary>The running thread computes for so long; timer interrupts come in between.</summary>
    public void Compute(ulong ticks)
    {
        while (Processor.TimerAt is { } at && at <= Now + ticks)
        {
            ulong passed = at > Now ? at - Now : 0;
            ticks -= passed;
            TimerInterrupt();
        }
        Processor.Time += ticks;
    }

    /// <summary>The end of a syscall of the running thread.</summary>
    public void LeaveKernel()
    {
        if (Scheduler.ShouldReschedule)
            Scheduler.Preempt(wasInterrupted: false);
    }

    public Status Sleep(ulong ticks) => Scheduler.BlockIn(new ThreadQueue(), Now + ticks);

    public static void SetWords(Thread thread, ulong word0, ulong word1 = 0, ulong word2 = 0, ulong word3 = 0)
    {
        ref Registers registers = ref thread.Registers;
        registers.Rsi = word0;
        registers.Rdx = word1;
        registers.R10 = word2;
        registers.R8 = word3;
    }

    public static ulong[] WordsOf(Thread thread) => [thread.Registers.Rsi, thread.Registers.Rdx, thread.Registers.R10, thread.Registers.R8];

    /// <summary>The running thread calls with one word; the reply's first word takes its place.</summary>
    public Status Call(Endpoint endpoint, ulong word0, ulong badge = 0, ulong patience = Watchdog.KernelPatience)
    {
        Thread self = Scheduler.Current;
        SetWords(self, word0);
        return endpoint.Call(self, badge, patience);
    }

    /// <summary>Serves for ever: the answer to a word is that word plus 100.</summary>
    public void Serve(Endpoint endpoint, Action<Thread>? whileServing = null)
    {
        Thread self = Scheduler.Current;
        for (Status status = endpoint.Receive(self); status == Status.Ok; status = endpoint.ReplyReceive(self))
        {
            whileServing?.Invoke(self);
            self.Registers.Rsi += 100;
        }
    }

    public void Dispose()
    {
        Processor.Dispose();
        NativeMemory.AlignedFree(_memory);
    }

    // SAFETY: the areas live until Dispose has joined all threads. The kernel stack is only big enough for what a new thread gets, below the part for interrupts.
    private Thread CreateThread(int slot)
    {
        ulong area = (ulong)(_memory + ((nuint)slot * BytesPerThread));
        return new Thread(slot, new RegisterArea(area, kernelStackTop: area + BytesPerThread));
    }

    private void RunBody(Thread thread)
    {
        if (_bodies.Remove(thread, out Action? body))
            body();
        else if (thread.Process is null)
            thread.Work!.Run();
        else
            WhenProgramStarts(thread);
        Scheduler.EndCurrent();
    }

    /// <summary>What threads of processes do.</summary>
    public Action<Thread> WhenProgramStarts { get; set; } = _ => { };

    private void FireTimer()
    {
        if (Processor.TimerAt is { } at && at > Now)
            Processor.Time = at;
        Processor.TimerAt = null;
        Scheduler.OnTimer();
    }

    private void WhenHalted()
    {
        Assert.True(_halts++ < LongestTest, "this machine never comes to rest");
        if (Processor.TimerAt is { } at && at <= _until)
        {
            Processor.Time = Math.Max(at, Now);
            Scheduler.EndHalt();
            FireTimer();
            return;
        }
        if (_until != Never)
            Processor.Time = Math.Max(_until, Now);
        Scheduler.EndHalt();
        Scheduler.Wake(Boot, Status.Ok);
    }
}
