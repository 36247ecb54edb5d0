// The scheduler's processor. Next: Calibration.cs
using System.Runtime.CompilerServices;
using RingOS.Abi;
using RingOS.Kernel.Memory;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Arch.X64;

/// <summary>The one processor of this machine.</summary>
public sealed unsafe class X64Processor : Processor
{
    /// <summary>Bytes at the top of the stack of a thread of the kernel that are left to interrupts (entry.asm, interrupt_from_kernel).</summary>
    public const ulong InterruptStack = 4096;

    private readonly EntryState* _entry = Cpu.Entry;
    private readonly ReachableState* _reachable = Cpu.Reachable;
    private readonly LocalTimer _timer;
    private readonly Calibration _rates;
    private readonly SimulatedClock? _simulated;

    /// <param name="timer">Started, and measured by <paramref name="rates"/>.</param>
    /// <param name="rates">Rates of timer and time-stamp counter.</param>
    /// <param name="simulated">Where time comes from instead, or null.</param>
    public X64Processor(LocalTimer timer, Calibration rates, SimulatedClock? simulated)
    {
        _timer = timer;
        _rates = rates;
        _simulated = simulated;
    }

    public override ulong TimeStamp => _simulated is null ? Cpu.TimeStamp : _simulated.Now;

    public override ulong TicksPerSecond => _simulated is null ? _rates.TicksPerSecond : SimulatedClockProtocol.TicksPerSecond;

    public override ulong Counter => Cpu.TimeStamp;

    public override ulong CounterPerSecond => _rates.TicksPerSecond;

    public override bool IsTimeSimulated => _simulated is not null;

    public override ulong AddressSpaceSwitches => _entry->AddressSpaceSwitches;

    public override ulong Syscalls => _entry->Syscalls;

    public override bool ShouldReschedule
    {
        get => _reachable->ShouldReschedule != 0;
        set => _reachable->ShouldReschedule = value ? (byte)1 : (byte)0;
    }

    public override void ArmTimer(ulong ticks)
    {
        if (_simulated is null)
            _timer.Arm(_rates.TimerCountOf(ticks));
        else
            _simulated.Arm(ticks);
    }

    public override void HaltUntilInterrupt()
    {
        if (_simulated is null)
            Cpu.HaltUntilInterrupt();
        else
            _simulated.HaltUntilInterrupt();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public override void Switch(Thread from, Thread to) => Cpu.SwitchContext(from.Area.Context, to.Area.Context);

    public override void SaveInterrupted(Thread thread) => thread.Area.SaveInterrupted();

    public override void RestoreInterrupted(Thread thread) => thread.Area.RestoreInterrupted();

    public override void EndDriver(Thread thread) => Cpu.StartOver(thread.Area.Context->KernelStack, &KernelEntry.OnDriverEnd);

    public override void LeaveProcess() => _entry->Root = 0;

    public override bool IsLoaded(ulong root) => _entry->Root == root;

    /// <summary>Makes a thread start at <c>thread_start</c>, which loads its registers and leaves the kernel.</summary>
    /// <param name="thread">Its registers are set.</param>
    /// <param name="hasKeys">A driver whose memory is fenced by keys: its ring is left through the page that it can reach.</param>
    public static void PrepareFirstSwitch(Thread thread, bool hasKeys = false)
    {
        PrepareFirstSwitch(thread, Cpu.ThreadStart, thread.Area.Context->KernelStack);
        if (thread.Registers.Ring != 1)
            return;
        Cpu.SwitchRing1();
        thread.Area.Context->IsRing1 = 1;
        if (hasKeys)
            GiveKeys(thread.Area.Context);
    }

    // On the common page there may be registers of an earlier driver.
    private static void GiveKeys(ThreadContext* context)
    {
        ulong* page = (ulong*)ProtectionKeys.EntryStackPage;
        for (int word = 0; word < (int)Page.Size / sizeof(ulong); word++)
            page[word] = 0; // SAFETY: in use only while such a driver is being left or entered.
        context->EntryStack = Cpu.EntryStackEnd;
        context->Keys = ProtectionKeys.WhileRing1Runs;
    }

    /// <summary>Makes a thread start with its <see cref="Thread.Work"/>, in ring 0.</summary>
    public static void PrepareKernelThread(Thread thread)
        => PrepareFirstSwitch(thread, (ulong)(delegate*<void>)&KernelEntry.OnKernelThread, thread.Area.Context->KernelStack - InterruptStack);

    private static void PrepareFirstSwitch(Thread thread, ulong start, ulong stackTop)
    {
        ThreadContext* context = thread.Area.Context;
        // SAFETY: the thread does not run, so its kernel stack is free. context_switch pops six registers and returns.
        ulong* stack = (ulong*)stackTop;
        *--stack = 0; // keeps the stack 16-aligned as at a call
        *--stack = start;
        for (int register = 0; register < 6; register++)
            *--stack = 0;
        context->Stack = (ulong)stack;
        context->EntryStack = context->RegistersEnd;
        context->PortMap = PortPermissions.None;
        context->Keys = 0;
        context->IsRing1 = 0;
        context->Root = thread.Process is { } process ? process.Root : 0;
    }
}
