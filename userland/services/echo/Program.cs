// The smallest service: answers every message with the words it brought. Client: ../../apps/primitives. Back to: ../../lib/Endpoint.cs
using System.Runtime;
using RingOS.Abi;
using RingOS.Primitives;
using RingOS.User;

namespace RingOS.Echo;

internal static class Program
{
    [RuntimeExport("user_main")]
    private static int Main(nint startupBlock)
    {
        _ = Startup.Begin(startupBlock);
        Endpoint own = new(WellKnownHandle.OwnEndpoint);
        MessageRegisters message = default;
        Status status = own.Receive(ref message);
        PeerCosts.Answer(ref message, Startup.Block.HeapStart); // the first message only: the loop is what is measured
        while (status == Status.Ok && !message.IsNotification)
            status = own.ReplyReceive(ref message);
        if (status == Status.Ok)
            AnswerSignals();
        return 1; // the endpoint or the notification is gone
    }

    // A first signal instead of a message: from now on a signal is sent back for each.
    private static void AnswerSignals()
    {
        Notification here = new(WellKnownHandle.StackNotification);
        Notification there = new(WellKnownHandle.SocketNotification);
        while (there.Signal(1) == Status.Ok && here.Wait(0, out _) == Status.Ok)
        {
        }
    }
}
