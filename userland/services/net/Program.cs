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
        NicClient link = new(
            new EventRingConsumer((nint)block.EventRingAddress, (nint)(block.EventRingAddress + EventRing.PageSize)),
            new RequestRingProducer((nint)block.RequestRingAddress, (nint)(block.RequestRingAddress + EventRing.PageSize)),
            NumberOf(arguments[6]));
        PacketPool packets = new((nint)block.PacketsAddress, (int)block.PacketCount);
        NetworkStack stack = new(packets, link, new SocketSignal(), new ServiceClock(block.TicksPerSecond), configuration);
        link.Stack = stack;
        Status status = link.Describe();
        if (status == Status.Ok)
            status = stack.Start();
        return (int)(status == Status.Ok ? new NetHost(stack, link).Run() : status);
    }

    // "net ADDRESS MASK GATEWAY offload|software COMPLETION BATCH": kernel/placement/microkernel/ServiceArguments.cs
    private static NetworkConfiguration? ReadConfiguration(Arguments arguments)
    {
        if (arguments.Count != 7
            || !AddressText.TryParse(arguments[1], out uint address)
            || !AddressText.TryParse(arguments[2], out uint mask)
            || !AddressText.TryParse(arguments[3], out uint gateway))
            return null;
        return new NetworkConfiguration(address, mask, gateway)
        {
            MayOffloadChecksums = arguments[4].Length == "offload".Length,
            Completion = (CompletionMode)NumberOf(arguments[5]),
        };
    }

    // The kernel writes digits only.
    private static int NumberOf(System.ReadOnlySpan<byte> digits)
    {
        int number = 0;
        foreach (byte digit in digits)
            number = (number * 10) + (digit - '0');
        return number;
    }
}
