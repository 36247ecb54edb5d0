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
                link.Drain();
            else
                Answer(ref message);
            status = _requests.ReplyReceive(ref message);
        }
        return status;
    }

    private void Answer(ref MessageRegisters message)
    {
        message.Word0 = (ulong)_dispatcher.Dispatch(message.Word0, message.Word1, message.Word2, message.Word3);
        message.Word1 = _dispatcher.Word1;
        message.Word2 = _dispatcher.Word2;
        message.Word3 = _dispatcher.Word3;
    }
}
