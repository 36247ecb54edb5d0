// What the kernel tells the network service, and what it makes of it. The other end: kernel/placement/microkernel/ServiceArguments.cs. Next: NetHost.cs
using System;
using RingOS.Abi;
using RingOS.Hardware;
using RingOS.Net;
using RingOS.User;

namespace RingOS.NetService;

/// <summary>"net ADDRESS MASK GATEWAY offload|software COMPLETION BATCH", and the grant in the start-up page.</summary>
internal static class ServiceStart
{
    private const int Words = 7;

    /// <summary>Null if the words are not those.</summary>
    public static NetworkConfiguration? ReadConfiguration(Arguments arguments)
    {
        if (arguments.Count < Words
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

    /// <summary>The way to the driver.</summary>
    public static NicClient CreateLink(Arguments arguments, ref readonly StartupBlock block)
        => new(
            new EventRingConsumer((nint)block.EventRingAddress, (nint)(block.EventRingAddress + EventRing.PageSize)),
            new RequestRingProducer((nint)block.RequestRingAddress, (nint)(block.RequestRingAddress + EventRing.PageSize)),
            NumberOf(arguments[6]));

    /// <summary>Serves until the endpoint is gone; the program's exit code.</summary>
    public static int Run(NetworkStack stack, NicClient link)
    {
        link.Stack = stack;
        Status status = link.Describe();
        if (status == Status.Ok)
            status = stack.Start();
        return (int)(status == Status.Ok ? new NetHost(stack, link).Run() : status);
    }

    // The kernel writes digits only.
    private static int NumberOf(ReadOnlySpan<byte> digits)
    {
        int number = 0;
        foreach (byte digit in digits)
            number = (number * 10) + (digit - '0');
        return number;
    }
}
