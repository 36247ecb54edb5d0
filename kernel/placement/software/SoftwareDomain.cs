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

    public void OnFault(ref Registers registers)
    {
        Nucleus.Log.Error("the driver thread is ended by {Exception} at {Instruction}, touching {Address}")
            .With("Exception", ExceptionNames.Of(registers.Vector))
            .With("Vector", registers.Vector)
            .With("ErrorCode", registers.ErrorCode)
            .WithHexadecimal("Instruction", registers.InstructionPointer)
            .WithHexadecimal("Address", Cpu.FaultAddress)
            .End();
        Finish(DriverEvent.Faulted);
    }

    public void OnThrow(string why)
    {
        Cpu.DisableInterrupts();
        Nucleus.Log.Error("the driver thread is ended: {Reason}").With("Reason", why).End();
        Finish(DriverEvent.Faulted);
    }

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
        Nucleus.Scheduler.Current.IsInDriver = false;
        Endpoint.Shut(Nucleus.Threads, _thread);
        Lose(what, isGone: true);
        Nucleus.Scheduler.EndCurrent();
    }
}
