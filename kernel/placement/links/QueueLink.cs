// Requests lie in a ring; the driver is signalled only if it sleeps. sDDF's way: crossings are shared by a batch.
// Side by side with: MessageLink.cs. The other end: drivers/hosts/Service/ServiceHost.cs
using RingOS.Abi;
using RingOS.Hardware;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Placement.Links;

/// <summary>Never waits for the driver. A driver that leaves its queue lying for too long counts as silent.</summary>
public sealed class QueueLink(Nucleus nucleus, DriverDomain domain, Dials dials) : DriverLink(nucleus, domain, dials, needsTicks: true)
{
    private readonly Watchdog _watchdog = nucleus.Scheduler.Watchdog;
    private readonly bool _polls = dials.Interrupts == InterruptMode.Poll;
    private readonly bool _looksByMyself = dials.Completion == CompletionMode.Queued;
    private uint _consumedBefore;
    private ulong _idleSince;
    private int _quick = dials.Batch - 1; // so many frames of a batch are only put into the ring; -1: none

    public override Status Describe()
    {
        _idleSince = Now;
        if (_looksByMyself)
            LookByMyself();
        return base.Describe();
    }

    public override void OnDriverLost()
    {
        base.OnDriverLost();
        _quick = -1;
    }

    public override Status Restart()
    {
        _quick = Batch - 1;
        return base.Restart();
    }

    public override Status Transmit(PacketIndex packet, ushort length, TransmitOptions options)
    {
        RequestRingProducer requests = Requests;
        ulong entry = RequestRing.Pack(NicOperation.Transmit, packet.Value, length, options);
        if (requests.Added < _quick && requests.TryAdd(entry))
            return Status.Ok;
        return TransmitLast(entry);
    }

    // The last of a batch, or one that does not simply fit.
    private Status TransmitLast(ulong entry)
    {
        if (IsLost)
            return Status.PeerGone;
        Status status = Requests.Add(entry);
        HandOver();
        return status;
    }

    public override Status LendReceive(PacketIndex packet)
        => IsLost ? Status.PeerGone : Requests.Add(RequestRing.Pack(NicOperation.LendReceive, packet.Value, 0, TransmitOptions.None));

    /// <summary>The thread that looks has come by: hands over, and sees to it that the driver does something.</summary>
    protected override void OnTick()
    {
        if (_polls)
            Domain.Signals.Signal((ulong)NicSignal.Requests);
        if (Requests.Outstanding == 0)
        {
            _idleSince = Now;
            return;
        }
        HandOver();
        if (Requests.Consumed != _consumedBefore || Requests.IsConsumerAsleep)
            _idleSince = Now; // a driver that sleeps before a full device has been woken just now, and will say so again
        _consumedBefore = Requests.Consumed;
        if (!IsLost && Now - _idleSince > Watchdog.KernelPatience * _watchdog.PeriodTicks)
            Domain.OnSilent();
    }

    private void HandOver()
    {
        Drain(); // what became of earlier batches
        Requests.Publish();
        if (Requests.IsConsumerAsleep)
            Domain.Signals.Signal((ulong)NicSignal.Requests);
    }
}
