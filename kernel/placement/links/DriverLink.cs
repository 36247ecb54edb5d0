// The way from a stack in the kernel to a driver in another domain: what a message link and a queue link have in common.
// Next: MessageLink.cs, then QueueLink.cs
using System.Runtime.CompilerServices;
using RingOS.Abi;
using RingOS.Hardware;
using RingOS.Kernel.Ipc;
using RingOS.Kernel.Threads;
using RingOS.Net;

namespace RingOS.Kernel.Placement.Links;

/// <summary>Requests go down by message or through a ring, events come up through another ring; a thread looks there when nobody's call does.</summary>
public abstract class DriverLink : KernelObject, INicLink, IKernelWork
{
    private readonly Scheduler _scheduler;
    private readonly EventRingConsumer _events;
    private readonly Notification _worker;
    private readonly bool _needsTicks;

    protected DriverLink(Nucleus nucleus, DriverDomain domain, Dials dials, bool needsTicks)
    {
        _scheduler = nucleus.Scheduler;
        _needsTicks = needsTicks;
        _events = domain.Events.CreateEventConsumer();
        _worker = new Notification(nucleus.Scheduler, nucleus.Counters);
        Domain = domain;
        Batch = dials.Batch;
        Requests = domain.Requests.CreateRequestProducer();
        Service = new KernelCall(nucleus.Scheduler, domain.Endpoint, domain);
    }

    /// <summary>Who gets the events; set once, because the stack is made with this link.</summary>
    public INicEvents Stack { get; set; } = null!;

    public ulong MacAddress { get; private set; }

    public NicCapabilities Capabilities { get; private set; }

    /// <summary>Frames to be handed over at a time.</summary>
    protected int Batch { get; }

    protected DriverDomain Domain { get; }

    /// <summary>Nothing may be put into the ring: what lies there when the next driver starts is lost.</summary>
    protected bool IsLost { get; private set; }

    protected KernelCall Service { get; }

    protected RequestRingProducer Requests { get; }

    protected ulong Now => _scheduler.Now;

    /// <summary>Asks the driver what it drives; it answers when its device is up.</summary>
    public virtual Status Describe()
    {
        Status status = Service.Invoke((ulong)NicOperation.Describe, 0, 0, 0);
        MacAddress = Service.ReplyWord1;
        Capabilities = (NicCapabilities)Service.ReplyWord2;
        return status;
    }

    /// <summary>There is nobody at the other end now.</summary>
    public virtual void OnDriverLost() => IsLost = true;

    /// <summary>Another driver is at the other end, and the rings have been cleared.</summary>
    public virtual Status Restart()
    {
        IsLost = false;
        _events.Restart();
        Requests.Restart();
        Service.Reopen();
        return Describe();
    }

    public abstract Status Transmit(PacketIndex packet, ushort length, TransmitOptions options);

    public abstract Status LendReceive(PacketIndex packet);

    public ulong ReadCounter(NicCounter counter)
    {
        Status status = Service.Invoke((ulong)NicOperation.ReadCounter, (ulong)counter, 0, 0);
        ulong value = status == Status.Ok ? Service.ReplyWord1 : 0;
        Drain();
        return value;
    }

    /// <summary>
    /// The driver has put events into the ring outside a call. It is the driver's own thread that is here, and the stack may want to
    /// call the driver: so another thread looks.
    /// </summary>
    public override Status Signal(ulong bits) => _worker.Signal(bits);

    /// <summary>The thread that looks when nobody's call does.</summary>
    public void Run()
    {
        for (; ; )
        {
            ulong deadline = _needsTicks ? Ticker.Next(_scheduler) : Thread.Never;
            if (_worker.Wait(deadline, out _) == Status.TimedOut)
                OnTick();
            Drain();
        }
    }

    /// <summary>A thousandth of a second has passed: what was collected goes down, however little it is.</summary>
    protected abstract void OnTick();

    /// <summary>The stack looks for completions by itself; the driver need not tell of them.</summary>
    protected void LookByMyself() => _events.SetQuiet(true);

    protected void Drain() => _events.Drain(Stack);

    /// <summary>Puts a frame into the request ring.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected Status Collect(PacketIndex packet, ushort length, TransmitOptions options)
        => Requests.Add(RequestRing.Pack(NicOperation.Transmit, packet.Value, length, options));
}
