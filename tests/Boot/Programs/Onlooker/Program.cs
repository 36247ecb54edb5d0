// onlooker PART [PORT]: what comes back from the kernel beside the answer. As a service (peer=onlooker): the other side of "messages".
// Read by: tests/Boot/OnlookerTests.cs. Next: Request.cs, Look.asm
using System;
using System.Runtime;
using RingOS.Abi;
using RingOS.User;

namespace RingOS.Test.Onlooker;

internal static class Program
{
    private const int NoSuchPart = 30;
    private const uint Gateway = 0x0A00_0202;
    private const ulong SegmentOfRing3 = 0x20 | 3;
    private const ulong SegmentOfRing1 = 0x38 | 1;
    private const ulong NullSegment = 2; // null selectors are four, so they can say something

    [RuntimeExport("user_main")]
    private static int Main(nint startupBlock)
    {
        Arguments arguments = Startup.Begin(startupBlock);
        bool isRing1 = startupBlock < 0;
        bool hasGates = !Act.FromFile().SequenceEqual("no-gates"u8);
        if (arguments.Count == 1)
            return Conversation.Serve(isRing1 ? SegmentOfRing1 : SegmentOfRing3, hasGates);
        _ = NumberParser.TryWhole(arguments[2], out ulong port); // the test writes a number
        if (arguments[1].SequenceEqual("messages"u8))
            return Report(Conversation.Hold(NullSegment, hasGates));
        if (arguments[1].SequenceEqual("requests"u8))
            return Report(Requests.Make(new SocketAddress { Address = Gateway, Port = (ushort)port }, SegmentOfRing3, hasGates));
        return NoSuchPart;
    }

    private static int Report(ulong verdict)
    {
        RingOS.User.Console.Write("verdict "u8);
        RingOS.User.Console.Write(verdict);
        RingOS.User.Console.Write("\n"u8);
        return verdict == 0 ? 0 : 1;
    }
}
