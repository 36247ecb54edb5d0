// The smallest service: answers every message with the words it brought. Client: ../../apps/primitives. Back to: ../../lib/Endpoint.cs
using System.Runtime;
using RingOS.Abi;
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
        while (status == Status.Ok)
            status = own.ReplyReceive(ref message);
        return 1; // the endpoint is gone
    }
}
