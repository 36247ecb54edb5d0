// The network service: the same stack as in the kernel, behind an endpoint. Next: ServiceStart.cs
using System.Runtime;
using RingOS.Abi;
using RingOS.Hardware;
using RingOS.Net;
using RingOS.User;

namespace RingOS.NetService;

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
        return ServiceStart.Run(new NetworkStack(packets, link, new SocketSignal(), new ServiceClock(block.TicksPerSecond), configuration), link);
    }
}
