// One synchronous message a request, or one for every batch of frames. Side by side with: QueueLink.cs, and with
// drivers/hosts/Direct/DirectHost.cs. The other end: drivers/hosts/Service/ServiceHost.cs
using RingOS.Abi;
using RingOS.Hardware;

namespace RingOS.Kernel.Placement.Links;

/// <summary>Calls the driver; looks for events after every call.</summary>
public sealed class MessageLink(Nucleus nucleus, DriverDomain domain, Dials dials) : DriverLink(nucleus, domain, dials, dials.NeedsTicks)
{
    public override Status Transmit(PacketIndex packet, ushort length, TransmitOptions options)
    {
        if (Batch > 1)
            return TransmitLater(packet, length, options);
        Status status = Service.Invoke((ulong)NicOperation.Transmit, packet.Value, length, (ulong)options);
        Drain();
        return status;
    }

    public override Status LendReceive(PacketIndex packet)
    {
        Status status = Service.Invoke((ulong)NicOperation.LendReceive, packet.Value, 0, 0);
        Drain();
        return status;
    }

    // Also without frames: where devices do not interrupt, the driver looks at its device before it answers.
    protected override void OnTick() => HandOver();

    private Status TransmitLater(PacketIndex packet, ushort length, TransmitOptions options)
    {
        if (IsLost)
            return Status.PeerGone;
        Status status = Collect(packet, length, options);
        return status == Status.Ok && Requests.Added >= Batch ? HandOver() : status;
    }

    private Status HandOver()
    {
        Requests.Publish();
        Status status = Service.Invoke((ulong)NicOperation.Serve, 0, 0, 0);
        Drain();
        return status;
    }
}
