// The driver in a process of its own: every request is a message or lies in a ring. Side by side with: ../Direct/DirectHost.cs and
// ../Software/SoftwareHost.cs. Next: StackNotification.cs
using System.Runtime.CompilerServices;
using RingOS.Abi;
using RingOS.Hosts.Server;
using RingOS.User;

namespace RingOS.Hosts.Service;

/// <summary>Receives requests and interrupts, has them served, answers. The whole of a driver service, in ring 1 as in ring 3.</summary>
public sealed class ServiceHost(NicServer server, PendingSignals pending)
{
    private readonly Endpoint _requests = new(WellKnownHandle.OwnEndpoint);

    /// <summary>Serves until the endpoint is gone.</summary>
    public Status Run()
    {
        MessageRegisters message = default;
        _ = server.TryFallAsleep(); // nothing can have come yet
        Status status = _requests.Receive(ref message);
        while (status == Status.Ok)
        {
            if (message.IsNotification)
                ServeSignals(ref message);
            else
                ServeRequest(ref message);
            status = _requests.ReplyReceive(ref message);
        }
        return status;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ServeRequest(ref MessageRegisters message)
    {
        message.Word0 = (ulong)server.Serve((NicOperation)message.Word0, ref message.Word1, ref message.Word2, message.Word3);
        message.Served = pending.Read();
        server.BeforeAnswer((NicSignal)message.Served);
    }

    // Until there is neither a request nor a signal left.
    private void ServeSignals(ref MessageRegisters message)
    {
        server.WakeUp();
        ulong seen = 0;
        ulong news = message.Word0;
        do
        {
            server.OnSignals((NicSignal)news);
            ulong word = pending.Read();
            news = word == seen ? 0 : word;
            seen = word;
        }
        while (news != 0 || !server.TryFallAsleep());
        message.Served = message.Word0 | seen; // what was received is pending no more, but its line is still masked
    }
}
