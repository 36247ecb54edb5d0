// A thread: registers, a kernel stack, and what it waits for. Next: ThreadQueue.cs
using RingOS.Abi;
using RingOS.Kernel.Arch.X64;

namespace RingOS.Kernel.Threads;

/// <summary>What a thread is doing.</summary>
public enum ThreadState
{
    /// <summary>The slot is free.</summary>
    Unused,

    /// <summary>Taken out of the pool; it has not run yet.</summary>
    New,

    /// <summary>It wants to run, and goes on inside the kernel.</summary>
    Ready,

    /// <summary>It wants to run, and goes on outside the kernel, in which it holds nothing: it was preempted there, or has not begun.</summary>
    ReadyOutside,
    Running,

    /// <summary>Queued at an endpoint whose server is busy.</summary>
    Calling,

    /// <summary>Its call is being served.</summary>
    AwaitingReply,

    /// <summary>A server with nothing to do.</summary>
    Receiving,

    /// <summary>Waits for a notification, a socket or time to pass.</summary>
    Waiting,

    /// <summary>Its process has ended; it never runs again.</summary>
    Dead,
}

/// <summary>The body of a thread of the kernel.</summary>
public interface IKernelWork
{
    /// <summary>Runs with interrupts off and gives the processor away only by blocking. Never returns.</summary>
    void Run();
}

/// <summary>The body of a thread of the kernel that hosts a driver. What goes wrong while <see cref="Thread.IsInDriver"/> ends the driver.</summary>
public interface IDriverWork : IKernelWork
{
    /// <summary>The processor refused something. There may be hardly any stack left: only to be noted.</summary>
    void NoteFault(ref Registers registers);

    /// <summary>The driver threw an exception, or reached outside its grant. As above.</summary>
    void NoteThrow(string why);

    /// <summary>Ends the driver and the thread for what was noted. Has the whole stack. Never returns.</summary>
    void OnEnd();
}

/// <summary>One thread of control. Made at boot and reused; a thread's slot names its stacks.</summary>
public sealed class Thread
{
    /// <summary>A deadline that never comes.</summary>
    public const ulong Never = ulong.MaxValue;

    /// <param name="slot">Number of the thread in the pool.</param>
    /// <param name="area">Where entry.asm keeps its registers and context.</param>
    public Thread(int slot, RegisterArea area)
    {
        Slot = slot;
        Area = area;
    }

    public int Slot { get; }

    public RegisterArea Area { get; }

    /// <summary>Registers outside the kernel; the message words of an IPC among them.</summary>
    public ref Registers Registers => ref Area.Registers;

    /// <summary>The process it belongs to; null for a thread of the kernel.</summary>
    public Process? Process
    {
        get;
        set
        {
            field = value;
            Handles = value?.Handles!;
        }
    }

    /// <summary>Handles of its process, here because every syscall needs them; none for a thread of the kernel.</summary>
    public HandleTable Handles { get; private set; } = null!;

    /// <summary>What a thread of the kernel does.</summary>
    public IKernelWork? Work { get; set; }

    public ThreadState State { get; set; }

    /// <summary>A service's thread: runs before those of programs.</summary>
    public bool IsService { get; set; }

    /// <summary>It has been ended inside the kernel (<see cref="Scheduler.End"/>): it goes as far as the edge, and never leaves.</summary>
    public bool IsDoomed { get; internal set; }

    /// <summary>A thread of the kernel that is in a driver's code now: it can be interrupted, and what it does wrong is not the kernel's bug.</summary>
    public bool IsInDriver { get; set; }

    /// <summary>Time stamp at which a wait ends with TimedOut; <see cref="Never"/> if it has none.</summary>
    public ulong Deadline { get; set; } = Never;

    /// <summary>How the last wait ended.</summary>
    public Status WakeStatus { get; set; }

    /// <summary>The caller it has received from last. It is still to be answered if its state says so.</summary>
    public Thread? Serving { get; set; }

    /// <summary>The server that has received its call, or will when it is done with another. A server may call another one, so a thread can have both.</summary>
    public Thread? ServedBy { get; set; }

    /// <summary>Badge of the handle through which it calls, while it is queued.</summary>
    public ulong Badge { get; set; }

    /// <summary>While it is in a call: the watchdog period at whose start it gives up.</summary>
    public ulong CallExpires { get; set; }

    /// <summary>What <see cref="CallExpires"/> was put off to, once a call, while a server below was given up.</summary>
    internal ulong CallExtended { get; set; }

    /// <summary>It waits for a service.</summary>
    public bool IsCalling => State is ThreadState.Calling or ThreadState.AwaitingReply;

    /// <summary>Processor time it has paid for, in ticks of <see cref="Processor.Counter"/>: its own, and that of servers that worked for it.</summary>
    public ulong Ticks { get; internal set; }

    /// <summary>A service that has used up its budget: until the window ends it takes its turn among programs.</summary>
    public bool IsDemoted { get; internal set; }

    /// <summary>Told when it uses up its budget again and again.</summary>
    public IBudgetObserver? BudgetObserver { get; set; }

    /// <summary>What <see cref="Ticks"/> will be when its quantum ends.</summary>
    internal ulong QuantumEnds { get; set; }

    /// <summary>What it was when the window began.</summary>
    internal ulong WindowTicks { get; set; }

    /// <summary>Length of all windows since it was within its budget last.</summary>
    internal ulong TicksOverBudget { get; set; }

    /// <summary>Another process, or another work of the kernel, is about to have this thread.</summary>
    public void Renew(Process? process, IKernelWork? work, bool isService)
    {
        Process = process;
        Work = work;
        IsService = isService;
        IsInDriver = false;
        Serving = null;
        ServedBy = null;
        BudgetObserver = null;
        IsDemoted = false;
        QuantumEnds = Ticks;
        WindowTicks = Ticks;
        TicksOverBudget = 0;
    }

    /// <summary>Links of the one queue a thread can be in.</summary>
    internal Thread? Next { get; set; }

    internal Thread? Previous { get; set; }

    internal ThreadQueue? Queue { get; set; }
}
