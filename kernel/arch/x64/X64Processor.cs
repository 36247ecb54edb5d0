// The scheduler's processor: switches stacks, address spaces and SSE state. Next: Calibration.cs
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Arch.X64;

/// <summary>The one processor of this machine.</summary>
/// <remarks>
/// SSE registers are dead at a voluntary switch, as at any call, so nothing is saved there; a thread that was interrupted keeps its
/// own (<see cref="Thread.KeepsXmm"/>). Before another process runs they are overwritten, so that nothing leaks.
/// </remarks>
public sealed unsafe class X64Processor : Processor
{
    private readonly EntryState* _entry = Cpu.Entry;
    private readonly DescriptorTables _tables;
    private readonly LocalTimer _timer;
    private readonly KernelCounters _counters;
    private readonly Calibration _rates;
    private readonly ulong _cleanXmm;
    private Process? _entered; // whose address space is loaded, and whose values SSE registers may hold

    /// <param name="tables">Whose TSS is loaded.</param>
    /// <param name="timer">Started, and measured by <paramref name="rates"/>.</param>
    /// <param name="rates">Rates of timer and time-stamp counter.</param>
    /// <param name="counters">Where address-space switches are counted.</param>
    /// <param name="cleanXmm">512 bytes, 16-aligned, for the SSE state of a new thread.</param>
    public X64Processor(DescriptorTables tables, LocalTimer timer, Calibration rates, KernelCounters counters, ulong cleanXmm)
    {
        _tables = tables;
        _timer = timer;
        _rates = rates;
        _counters = counters;
        _cleanXmm = cleanXmm;
        PrepareCleanXmm(cleanXmm);
    }

    public override ulong TimeStamp => Cpu.TimeStamp;

    public override ulong TicksPerSecond => _rates.TicksPerSecond;

    public override void ArmTimer(ulong ticks) => _timer.Arm(_rates.TimerCountOf(ticks));

    public override void HaltUntilInterrupt() => Cpu.HaltUntilInterrupt();

    public override void Switch(Thread from, Thread to)
    {
        if (from.KeepsXmm)
            Cpu.SaveXmm(from.XmmArea);
        ulong end = to.Area.End;
        EntryState* entry = _entry;
        entry->RegistersEnd = end; // SAFETY: the entry state lives as long as the kernel.
        entry->KernelStack = to.KernelStackTop;
        _tables.InterruptFrameEnd = end;
        ulong root = 0;
        ulong xmm = 0;
        Process? process = to.Process;
        if (process is not null && (process != _entered || to.KeepsXmm))
        {
            root = RootToLoad(process);
            xmm = to.KeepsXmm ? to.XmmArea : _cleanXmm;
            to.KeepsXmm = false;
            _entered = process;
        }
        Cpu.SwitchContext(ref from.SavedStack, to.SavedStack, root, xmm);
    }

    /// <summary>The current process is about to be freed: the kernel's own tables are loaded now.</summary>
    public override void LeaveProcess() => _entered = null;

    /// <summary>Makes a thread start at <c>thread_start</c>, which loads its registers and leaves the kernel.</summary>
    public static void PrepareFirstSwitch(Thread thread) => PrepareFirstSwitch(thread, Cpu.ThreadStart);

    /// <summary>Makes a thread start with its <see cref="Thread.Work"/>, in ring 0.</summary>
    public static void PrepareKernelThread(Thread thread) => PrepareFirstSwitch(thread, (ulong)(delegate*<void>)&KernelEntry.OnKernelThread);

    private static void PrepareFirstSwitch(Thread thread, ulong start)
    {
        // SAFETY: the thread does not run, so its kernel stack is free. context_switch pops six registers and returns.
        ulong* stack = (ulong*)thread.KernelStackTop;
        *--stack = 0; // keeps the stack 16-aligned as at a call
        *--stack = start;
        for (int register = 0; register < 6; register++)
            *--stack = 0;
        thread.SavedStack = (ulong)stack;
    }

    private ulong RootToLoad(Process process)
    {
        if (process == _entered)
            return 0;
        _counters.AddressSpaceSwitches++;
        return process.Root;
    }

    // FXSAVE image of a fresh thread: x87 control word 0x37F, MXCSR 0x1F80 (all exceptions masked), everything else zero.
    private static void PrepareCleanXmm(ulong area)
    {
        *(ulong*)area = 0x37F; // SAFETY: 512 bytes of the caller.
        *(ulong*)(area + 24) = 0x1F80;
    }
}
