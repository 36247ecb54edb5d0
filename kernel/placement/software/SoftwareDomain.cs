// A driver in a thread of the kernel: ring 0, walled by C# alone. Side by side with: ../service/ServiceDomain.cs. Next: SoftwareChannel.cs
using RingOS.Abi;
using RingOS.Hardware;
using RingOS.Hosts.Server;
using RingOS.Hosts.Software;
using RingOS.Kernel.Arch.X64;
using RingOS.Kernel.Diagnostics;
using RingOS.Kernel.Memory;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Placement.Software;

/// <summary>
/// The driver's code has no way to memory but its grant, whose every access is checked; the thread can be interrupted while it is in
/// the driver. A failed check, a fault or an exception there ends the thread, not the kernel.
/// </summary>
/// <remarks>Each start allocates a driver on the kernel's heap, which nothing is ever given back to: hence the limit of restarts.</remarks>
public sealed class SoftwareDomain : DriverDomain, IDriverWork, IStackSignal
{
    private readonly IDriverFactory _drivers;
    private readonly SharedWord _pending;
    private Thread? _thread;

    // What the driver was ended for: an exception's reason, or a fault.
    private string? _thrown;
    private ulong _vector;
    private ulong _errorCode;
    private ulong _instruction;
    private ulong _address;

    public SoftwareDomain(Site site, IDriverFactory drivers)
        : base(site.Nucleus, site.Nic, site.Dials)
    {
        _drivers = drivers;
        _pending = new SharedWord(new VirtualAddress(site.Nucleus.Memory.AllocateBytes(Page.Size)));
    }

    /// <summary>The thread's body: driver, server and host are made here, by the thread itself.</summary>
    public void Run()
    {
        Thread self = Nucleus.Scheduler.Current;
        SoftwareChannel channel = new(Nucleus.Scheduler, self, Endpoint, _pending);
        channel.Enter();
        EventWriter events = new(Events.CreateEventProducer(), this);
        INicDriver driver = _drivers.Create(Nic.Kind, Nic.MintKernelGrant(Dials), events);
        Status status = driver.Start();
        if (status == Status.Ok)
        {
            bool polls = Dials.Interrupts == InterruptMode.Poll;
            _ = new SoftwareHost(new NicServer(driver, events, Requests.CreateRequestConsumer(), polls), channel).Run();
        }
        channel.Leave();
        Finish(DriverEvent.Exited);
    }

    public void NoteFault(ref Registers registers)
    {
        _thrown = null;
        _vector = registers.Vector;
        _errorCode = registers.ErrorCode;
        _instruction = registers.InstructionPointer;
        _address = Cpu.FaultAddress;
    }

    public void NoteThrow(string why) => _thrown = why;

    public void OnEnd()
    {
        if (_thrown is not null)
            Nucleus.Log.Error("the driver thread is ended: {Reason}").With("Reason", _thrown).End();
        else
            LogFault();
        Finish(DriverEvent.Faulted);
    }

    private void LogFault()
        => Nucleus.Log.Error("the driver thread is ended by {Exception} at {Instruction}, touching {Address}")
            .With("Exception", ExceptionNames.Of(_vector))
            .With("Vector", _vector)
            .With("ErrorCode", _errorCode)
            .WithHexadecimal("Instruction", _instruction)
            .WithHexadecimal("Address", _address)
            .End();

    /// <summary>The driver's thread says that there are events.</summary>
    public void Signal()
    {
        Cpu.DisableInterrupts();
        Stack!.Signal((ulong)NicSignal.Interrupt);
        Cpu.EnableInterrupts();
    }

    protected override Status Launch()
    {
        Signals.Mirror = _pending;
        _pending.Write(0);
        Status status = Nucleus.Processes.StartKernelThread(this, out _thread);
        if (_thread is not null)
            _thread.BudgetObserver = this;
        return status;
    }

    protected override void End()
    {
        Endpoint.Shut(Nucleus.Threads, _thread);
        _ = Nucleus.Scheduler.End(_thread!); // a doomed one has nothing that the next needs
    }

    // The running thread is the driver's; it never comes back.
    private void Finish(DriverEvent what)
    {
        Endpoint.Shut(Nucleus.Threads, _thread);
        Lose(what, isGone: true);
        Nucleus.Scheduler.EndCurrent();
    }
}
