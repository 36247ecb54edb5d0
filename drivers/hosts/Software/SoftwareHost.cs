// The driver in a thread of the kernel, in ring 0: every request is a message all the same. Side by side with: ../Service/ServiceHost.cs
using RingOS.Abi;
using RingOS.Hosts.Server;

namespace RingOS.Hosts.Software;

/// <summary>Receives requests and interrupts, has them served, answers.</summary>
public sealed class SoftwareHost(NicServer server, IRequestChannel channel)
{
    /// <summary>Serves until the endpoint is gone.</summary>
    public Status Run()
    {
        NicRequest request = new();
        _ = server.TryFallAsleep(); // nothing can have come yet
        Status status = channel.Receive(request);
        while (status == Status.Ok)
        {
            if (request.IsNotification)
                ServeSignals(request);
            else
                ServeRequest(request);
            status = channel.ReplyReceive(request);
        }
        return status;
    }

    private void ServeRequest(NicRequest request)
    {
        request.Word0 = (ulong)server.Serve((NicOperation)request.Word0, ref request.Word1, ref request.Word2, request.Word3);
        request.Served = channel.Pending;
        server.BeforeAnswer((NicSignal)request.Served);
    }

    private void ServeSignals(NicRequest request)
    {
        server.WakeUp();
        ulong seen = 0;
        ulong news = request.Word0;
        do
        {
            server.OnSignals((NicSignal)news);
            ulong word = channel.Pending;
            news = word == seen ? 0 : word;
            seen = word;
        }
        while (news != 0 || !server.TryFallAsleep());
        request.Served = request.Word0 | seen; // what was received is pending no more, but its line is still masked
    }
}
