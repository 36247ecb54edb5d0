// service/faulty-net: the network service with a bad moment: stack-fault= of the kernel command line says which. Compare:
// userland/services/net/Program.cs. Next: FaultyLink.cs
using System;
using System.Runtime;
using RingOS.Abi;
using RingOS.Hardware;
using RingOS.Net;
using RingOS.NetService;
using RingOS.User;

namespace RingOS.Test.FaultyNet;

internal static class Program
{
    [RuntimeExport("user_main")]
    private static int Main(nint startupBlock)
    {
        Arguments arguments = Startup.Begin(startupBlock);
        NetworkConfiguration? configuration = ServiceStart.ReadConfiguration(arguments);
        if (configuration is null)
            return (int)Status.InvalidArgument;
        ref readonly StartupBlock block = ref Startup.Block;
        NicClient link = ServiceStart.CreateLink(arguments, in block);
        PacketPool packets = new((nint)block.PacketsAddress, (int)block.PacketCount);
        FaultyLink faulty = new(link, Copy(arguments[7]));
        return ServiceStart.Run(new NetworkStack(packets, faulty, new SocketSignal(), new ServiceClock(block.TicksPerSecond), configuration), link);
    }

    private static byte[] Copy(ReadOnlySpan<byte> word)
    {
        byte[] copy = new byte[word.Length];
        word.CopyTo(copy);
        return copy;
    }
}
