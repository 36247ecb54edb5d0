// The way from a stack in the kernel to a driver in a process: one synchronous message a request, events through shared memory.
// Side by side with: drivers/hosts/Direct/DirectHost.cs. The other end: drivers/hosts/Service/ServiceHost.cs
using RingOS.Abi;
using RingOS.Hardware;
using RingOS.Kernel.Ipc;
using RingOS.Kernel.Threads;
using RingOS.Net;

namespace RingOS.Kernel.Placement.Service;

/// <summary>Calls the service; looks for events after every call, and whenever the service signals.</summary>
public sealed class MessageLink : KernelObject, INicLink, ISilenceObserver, IKernelWork
{
    private readonly KernelCall _call;
    private readonly NicService _service;
    private readonly EventRingConsumer _events;
    private readonly Notification _worker;

    public MessageLink(Nucleus nucleus, NicService service, EventRingConsumer events)
    {
        _service = service;
        _events = events;
        _call = new KernelCall(nucleus.Scheduler, service.Endpoint, this);
        _worker = new Notification(nucleus.Scheduler, nucleus.Counters);
    }

    /// <summary>Who gets the events; set once, because the stack is made with this link.</summary>
    public INicEvents Stack { get; set; } = null!;

    public ulong MacAddress { get; private set; }

    public NicCapabilities Capabilities { get; private set; }

    /// <summary>Asks the service what it drives; it answers when its device is up.</summary>
    public Status Describe()
    {
        Status status = _call.Invoke((ulong)NicOperation.Describe, 0, 0, 0);
        MacAddress = _call.ReplyWord1;
        Capabilities = (NicCapabilities)_call.ReplyWord2;
        return status;
    }

    public Status Transmit(PacketIndex packet, ushort length, TransmitOptions options)
    {
        Status status = _call.Invoke((ulong)NicOperation.Transmit, packet.Value, length, (ulong)options);
        _events.Drain(Stack);
        return status;
    }

    public Status LendReceive(PacketIndex packet)
    {
        Status status = _call.Invoke((ulong)NicOperation.LendReceive, packet.Value, 0, 0);
        _events.Drain(Stack);
        return status;
    }

    public ulong ReadCounter(NicCounter counter)
    {
        Status status = _call.Invoke((ulong)NicOperation.ReadCounter, (ulong)counter, 0, 0);
        ulong value = status == Status.Ok ? _call.ReplyWord1 : 0;
        _events.Drain(Stack);
        return value;
    }

    /// <summary>
    /// The service has put events into the ring outside a call. It is the service's own thread that is here, and the stack may want to
    /// call the service: so another thread looks.
    /// </summary>
    public override Status Signal(ulong bits) => _worker.Signal(bits);

    /// <summary>The thread that drains the ring when nobody's call does.</summary>
    public void Run()
    {
        for (; ; )
        {
            _worker.Wait(Thread.Never, out _);
            _events.Drain(Stack);
        }
    }

    public void OnSilent() => _service.OnSilent();
}
