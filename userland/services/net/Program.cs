// The network service: the same stack as in the kernel, behind an endpoint. Next: NetHost.cs
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
        NetworkConfiguration? configuration = ReadConfiguration(arguments);
        if (configuration is null)
            return (int)Status.InvalidArgument;
        ref readonly StartupBlock block = ref Startup.Block;
        NicClient link = new(new EventRingConsumer((nint)block.EventRingAddress, (nint)(block.EventRingAddress + EventRing.PageSize)));
        PacketPool packets = new((nint)block.PacketsAddress, (int)block.PacketCount);
        NetworkStack stack = new(packets, link, new SocketSignal(), new TimeStampClock(block.TicksPerSecond), configuration);
        link.Stack = stack;
        Status status = link.Describe();
        if (status == Status.Ok)
            status = stack.Start();
        return (int)(status == Status.Ok ? new NetHost(stack, link).Run() : status);
    }

    // "net ADDRESS MASK GATEWAY [software]": kernel/placement/microkernel/ServiceArguments.cs
    private static NetworkConfiguration? ReadConfiguration(Arguments arguments)
    {
        if (arguments.Count is not (4 or 5)
            || !AddressText.TryParse(arguments[1], out uint address)
            || !AddressText.TryParse(arguments[2], out uint mask)
            || !AddressText.TryParse(arguments[3], out uint gateway))
            return null;
        return new NetworkConfiguration(address, mask, gateway) { MayOffloadChecksums = arguments.Count == 4 };
    }
}
