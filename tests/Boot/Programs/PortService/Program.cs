// service/ports: reads a port that it was granted, and then one that it was not: fault= of the kernel command line says which. What should come of it:
// tests/Boot/PortTests.cs
using System;
using System.Runtime;
using RingOS.User;

namespace RingOS.Test.PortService;

internal static class Program
{
    private const int NothingHappened = 1;

    [RuntimeExport("user_main")]
    private static int Main(nint startupBlock)
    {
        Arguments arguments = Startup.Begin(startupBlock);
        ushort first = (ushort)Startup.Block.FirstPort;
        ushort end = (ushort)(first + Startup.Block.PortCount);
        _ = Ports.In8(first);
        _ = Ports.In32((ushort)(end - sizeof(uint)));
        RingOS.User.Console.WriteLine("granted ports read"u8);
        ReadOnlySpan<byte> act = arguments[1];
        if (act.SequenceEqual("before"u8))
            _ = Ports.In8((ushort)(first - 1));
        else if (act.SequenceEqual("behind"u8))
            _ = Ports.In8(end);
        else if (act.SequenceEqual("across"u8))
            _ = Ports.In32((ushort)(end - 2)); // the first half is its own
        else
            Ports.Out8(0x80, 0);
        RingOS.User.Console.WriteLine("nothing stopped it"u8);
        return NothingHappened;
    }
}
