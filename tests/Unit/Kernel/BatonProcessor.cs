// Kernel threads as host threads that pass a baton: one runs, the others wait, so that every test is deterministic and Switch means
// what it means on a processor. Subject: kernel/threads/Processor.cs. Next: Machine.cs
using System;
using System.Collections.Generic;
using System.Runtime.ExceptionServices;
using System.Threading;
using RingOS.Kernel;
using RingOS.Kernel.Threads;
using Xunit;
using KernelThread = RingOS.Kernel.Threads.Thread;

namespace RingOS.Tests.Unit.Kernel;

/// <summary>One change of the running thread. <paramref name="KeptXmm"/>: the one that stopped had been interrupted.</summary>
internal sealed record Switched(KernelThread From, KernelThread To, bool KeptXmm);

/// <summary>
/// A processor whose clock moves by hand. A thread with a saved stack has never run: it starts on a host thread of its own. The
/// thread of the test is the one that the scheduler was made with.
/// </summary>
internal sealed unsafe class BatonProcessor : Processor, IDisposable
{
    private const int StackBytes = 512 << 10;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly HashSet<KernelThread> _kept = [];
    private readonly Dictionary<KernelThread, Runner> _runners = [];
    private readonly List<Runner> _allRunners = [];
    private Runner? _test;
    private Exception? _failure;
    private volatile bool _isOver;

    /// <summary>The time stamp. Not 0, as on a machine that has booted.</summary>
    public ulong Time { get; set; } = 1_000_000;

    /// <summary>When the timer interrupt is due; null if none is.</summary>
    public ulong? TimerAt { get; set; }

    public ulong Rate { get; set; } = 1_000_000_000;

    public List<Switched> Switches { get; } = [];

    /// <summary>What a thread does that runs for the first time. It must not return.</summary>
    public Action<KernelThread> Body { get; set; } = _ => { };

    /// <summary>Stands for the interrupt that ends a halt.</summary>
    public Action WhenHalted { get; set; } = () => { };

    public override ulong TimeStamp => Time;

    public override ulong TicksPerSecond => Rate;

    public override bool IsTimeSimulated => IsSimulated;

    /// <summary>Ticks are nanoseconds of simulated time.</summary>
    public bool IsSimulated { get; set; }

    public override ulong AddressSpaceSwitches => 0;

    public void AdoptTest(KernelThread thread) => _test = Add(thread);

    public override void ArmTimer(ulong ticks) => TimerAt = Time + ticks;

    public override void HaltUntilInterrupt() => WhenHalted();

    public override void EndDriver(KernelThread thread) => KernelEntry.OnDriverEnd();

    public override void LeaveProcess() => Left++;

    /// <summary>How often a process's memory was about to be freed.</summary>
    public int Left { get; private set; }

    public override void SaveInterrupted(KernelThread thread) => _kept.Add(thread);

    public override void RestoreInterrupted(KernelThread thread) => Assert.True(_kept.Remove(thread));

    public override void Switch(KernelThread from, KernelThread to)
    {
        Switches.Add(new Switched(from, to, _kept.Contains(from)));
        Runner self = _runners[from];
        if (IsFresh(to))
            Start(to);
        _runners[to].Baton.Release();
        Await(self);
    }

    /// <summary>Makes a thread start at its beginning when it runs next, as X64Processor.PrepareFirstSwitch does.</summary>
    public static void Prepare(KernelThread thread) => thread.Area.Context->Stack = 1;

    public void Dispose()
    {
        _isOver = true;
        foreach (Runner runner in _allRunners)
            runner.Baton.Release();
        foreach (Runner runner in _allRunners)
            runner.Host?.Join(s_patience);
    }

    // A thread that ran before resumes on its host thread, so its saved stack means nothing.
    private static bool IsFresh(KernelThread thread) => thread.Area.Context->Stack != 0;

    private Runner Add(KernelThread thread)
    {
        Runner runner = new();
        _runners[thread] = runner;
        _allRunners.Add(runner);
        return runner;
    }

    private void Start(KernelThread thread)
    {
        thread.Area.Context->Stack = 0;
        Runner runner = Add(thread);
        runner.Host = new System.Threading.Thread(() => RunHost(runner, thread), StackBytes) { IsBackground = true };
        runner.Host.Start();
    }

    // A failure in any thread is the test's failure.
    private void RunHost(Runner runner, KernelThread thread)
    {
        try
        {
            Await(runner);
            Body(thread);
            throw new InvalidOperationException("a kernel thread returned");
        }
        catch (MachineOverException)
        {
        }
        catch (Exception exception)
        {
            _failure ??= exception;
            _test!.Baton.Release();
        }
    }

    private void Await(Runner runner)
    {
        if (!runner.Baton.Wait(s_patience))
            throw new TimeoutException("no thread passed the baton on");
        if (runner == _test && _failure is not null)
            ExceptionDispatchInfo.Throw(_failure);
        if (_isOver)
            throw new MachineOverException();
    }

    private sealed class Runner
    {
        public SemaphoreSlim Baton { get; } = new(0);

        public System.Threading.Thread? Host { get; set; }
    }

    /// <summary>Unwinds host threads when their test is over.</summary>
    private sealed class MachineOverException : Exception;
}
