// The driver in a domain of its own: every request is a message. Side by side with: ../Direct/DirectHost.cs. Next: EventWriter.cs
using System.Runtime.CompilerServices;
using RingOS.Abi;
using RingOS.Hardware;
using RingOS.User;

namespace RingOS.Hosts.Service;

/// <summary>Receives requests and interrupts, calls the driver, answers. The whole of a driver service.</summary>
public sealed class ServiceHost(INicDriver driver, EventWriter events, PendingSignals pending)
{
    private readonly Endpoint _requests = new(WellKnownHandle.OwnEndpoint);

    /// <summary>Serves until the endpoint is gone.</summary>
    public Status Run()
    {
        MessageRegisters message = default;
        Status status = _requests.Receive(ref message);
        while (status == Status.Ok)
        {
            if (message.IsNotification)
                ServeInterrupt(ref message);
            else
                ServeRequest(ref message);
            status = _requests.ReplyReceive(ref message);
        }
        return status;
    }

    // Nobody waits for an answer, so the stack is told that there are events.
    private void ServeInterrupt(ref MessageRegisters message)
    {
        driver.OnInterrupt();
        message.Served = message.Word0;
        events.Announce();
    }

    // An interrupt that came meanwhile is served before the answer: the caller looks for events then anyway, and both save a crossing.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ServeRequest(ref MessageRegisters message)
    {
        Dispatch(ref message);
        message.Served = pending.Read();
        if (message.Served == 0)
            return;
        driver.OnInterrupt();
        events.ClearNews();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Dispatch(ref MessageRegisters message)
    {
        switch ((NicOperation)message.Word0)
        {
            case NicOperation.Transmit:
                message.Word0 = (ulong)driver.ProvideTransmit(
                    new PacketIndex((ushort)message.Word1), (ushort)message.Word2, (TransmitOptions)message.Word3);
                break;
            case NicOperation.LendReceive:
                message.Word0 = (ulong)driver.ProvideReceive(new PacketIndex((ushort)message.Word1));
                break;
            case NicOperation.ReadCounter:
                message.Word1 = driver.ReadCounter((NicCounter)message.Word1);
                message.Word0 = (ulong)Status.Ok;
                break;
            case NicOperation.Describe:
                message.Word1 = driver.MacAddress;
                message.Word2 = (ulong)driver.Capabilities;
                message.Word0 = (ulong)Status.Ok;
                break;
            default:
                message.Word0 = (ulong)Status.NoSuchSyscall;
                break;
        }
    }
}
