// Where entry.asm enters C#: one method for each way into the kernel. Next: boot/KernelMain.cs
using RingOS.Kernel.Arch.X64;
using RingOS.Kernel.Diagnostics;
using RingOS.Kernel.Interrupts;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel;

/// <summary>Targets of the entry stubs. Interrupts are off in all of them.</summary>
public static class KernelEntry
{
    private const ulong FirstInterrupt = 32;
    private const ulong TrapFlag = 1 << 8;

    private static Nucleus? s_nucleus;
    private static Scheduler? s_scheduler; // what most syscalls need first

    /// <summary>Opens the ways into the kernel to programs.</summary>
    public static void Open(Nucleus nucleus)
    {
        s_scheduler = nucleus.Scheduler;
        s_nucleus = nucleus;
    }

    /// <summary>Whoever is in a syscall.</summary>
    public static Thread Caller => s_scheduler!.Current;

    /// <summary>Threads of the kernel start here.</summary>
    public static void OnKernelThread() => s_nucleus!.Scheduler.Current.Work!.Run();

    /// <summary>What the running thread does, if it is a thread of the kernel and in a driver now.</summary>
    public static IDriverWork? CurrentDriver => s_nucleus is { Scheduler.Current: { IsInDriver: true } thread } ? thread.Work as IDriverWork : null;

    // Whether the code that ran with this stack pointer was the driver's: what serves an interrupt of it is the kernel, and above.
    private static IDriverWork? DriverAt(ulong stackPointer)
        => CurrentDriver is { } driver && !Caller.Area.IsServingInterrupt(stackPointer) ? driver : null;

    /// <summary>Code has thrown an exception. Returns if it was not a driver's.</summary>
    public static void OnThrow(string why)
    {
        if (DriverAt(Cpu.FramePointer) is not { } driver)
            return;
        Cpu.DisableInterrupts();
        driver.NoteThrow(why);
        EndDriver();
    }

    private static void EndDriver() => s_nucleus!.Processor.EndDriver(Caller);

    /// <summary>A driver thread of the kernel has come to its end, and is at the top of its stack. No frame below counts any more.</summary>
    public static void OnDriverEnd()
    {
        Thread self = Caller;
        self.IsInDriver = false;
        s_nucleus!.Interrupts.ServeTaken();
        ((IDriverWork)self.Work!).OnEnd();
    }

    /// <summary>For the syscall handlers, which get nothing but registers (arch/x64/SyscallTable.cs).</summary>
    public static Nucleus Nucleus => s_nucleus!;

    private static void OnInterruptOfKernel(Nucleus nucleus, int vector)
    {
        Scheduler scheduler = nucleus.Scheduler;
        scheduler.EndHalt();
        if (scheduler.IsTimeSimulated)
            nucleus.Processes.ShowTime(scheduler.Now);
        nucleus.Interrupts.Dispatch(vector);
        if (scheduler.Current.IsInDriver && scheduler.ShouldReschedule)
            scheduler.Preempt(wasInterrupted: false); // kernel code has nothing in SSE registers
    }

    /// <summary>A syscall is done, and another thread should run before the program goes on.</summary>
    public static void OnPreempt() => s_nucleus!.Scheduler.Preempt(wasInterrupted: false);

    /// <summary>An interrupt or exception while a ring above 0 ran.</summary>
    public static void OnInterrupt(ref Registers registers)
    {
        Nucleus nucleus = s_nucleus!;
        nucleus.Counters.InterruptsFromOutside++;
        if (registers.Vector < FirstInterrupt)
            Faults.OnProgramFault(nucleus, ref registers);
        else
            nucleus.Interrupts.Dispatch((int)registers.Vector);
        if (nucleus.Scheduler.ShouldReschedule)
            nucleus.Scheduler.Preempt(wasInterrupted: true);
    }

    /// <summary>
    /// An interrupt that ends the idle thread's halt or comes while a driver thread of the kernel is in its driver, a copy that met a
    /// bad user address, a fault of such a driver, or a bug in the kernel; also, from any ring, what comes on a stack of its own.
    /// </summary>
    public static void OnKernelInterrupt(ref Registers registers)
    {
        if (registers.Vector >= FirstInterrupt)
        {
            if (s_nucleus is { } nucleus)
                OnInterruptOfKernel(nucleus, (int)registers.Vector);
            return;
        }
        if (registers.Vector == ExceptionNames.NonMaskable)
            KernelPanic.OnException(ref registers); // of the machine, not of whoever ran
        if (DriverAt(registers.StackPointer) is { } driver)
        {
            driver.NoteFault(ref registers);
            EndDriver(); // does not return
        }
        ulong recovery = Cpu.RecoveryOf(registers.InstructionPointer);
        if (recovery != 0 && registers.Vector == ExceptionNames.PageFault)
            registers.InstructionPointer = recovery;
        else if (registers.Vector == ExceptionNames.Debug && registers.InstructionPointer == Cpu.GateCall)
            registers.Flags &= ~TrapFlag; // a program that steps itself through a call gate: the gate does not clear the flag
        else
            KernelPanic.OnException(ref registers);
    }
}
