// Receives requests of the kernel's socket layer and signals of the NIC service, and lets the stack answer. Next: NicClient.cs
using RingOS.Abi;
using RingOS.Net;
using RingOS.User;

namespace RingOS.NetService;

/// <summary>The whole of the network service.</summary>
internal sealed class NetHost(NetworkStack stack, NicClient link)
{
    private readonly Endpoint _requests = new(WellKnownHandle.OwnEndpoint);
    private readonly NetDispatcher _dispatcher = new(stack);

    /// <summary>Serves until the endpoint is gone.</summary>
    public Status Run()
    {
        MessageRegisters message = default;
        Status status = _requests.Receive(ref message);
        while (status == Status.Ok)
        {
            if (message.IsNotification)
                OnSignals((NicSignal)message.Word0);
            else
                Answer(ref message);
            status = _requests.ReplyReceive(ref message);
        }
        return status;
    }

    private void OnSignals(NicSignal signals)
    {
        if ((signals & NicSignal.DriverRestarted) != 0)
            Restart();
        link.Drain();
        if ((signals & NicSignal.Tick) != 0)
            _ = link.HandOver(); // whoever sends next hears of a failure
    }

    // If the new driver dies at once, there will be another one.
    private void Restart()
    {
        stack.OnDriverLost();
        if (link.Restart() == Status.Ok)
            _ = stack.OnDriverRestarted();
    }

    private void Answer(ref MessageRegisters message)
    {
        NetOperation operation = NetProtocol.OperationOf(message.Word0);
        message.Word0 = (ulong)_dispatcher.Dispatch(message.Word0, message.Word1, message.Word2, message.Word3);
        if (operation == NetOperation.Describe && link.HasFailed)
            message.Word0 = (ulong)Status.PeerGone; // whoever asks wants to know whether the network is up
        message.Word1 = _dispatcher.Word1;
        message.Word2 = _dispatcher.Word2;
        message.Word3 = _dispatcher.Word3;
    }
}
