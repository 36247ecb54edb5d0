// A transmit queue that is full because a neighbour does not answer: what sendto() does then. Read by: tests/Boot/FullQueueTests.cs.
// Back to: Program.cs
using RingOS.Abi;
using RingOS.User;

namespace RingOS.Test.Syscalls;

/// <summary>The stack keeps a few frames while it asks for their neighbour; who comes too late finds no room.</summary>
internal static class FullQueue
{
    private const uint Nobody = 0x0A00_02C8; // 10.0.2.200: on the link, and there is no such machine
    private const ulong Short = 16;
    private const ulong Second = 1_000_000_000;
    private const int MostFrames = 64;

    private static readonly ulong s_buffer = Kernel.AddressOf(new byte[Short]);
    private static readonly ulong s_nobody = Kernel.Address(Nobody, 9);

    public static void Run()
    {
        long filling = Kernel.Socket(SocketKind.Datagram);
        long socket = Kernel.Socket(SocketKind.Datagram);
        foreach (ulong policy in (ulong[])[3, 1ul << 32, ulong.MaxValue])
            Check.Fails("a policy that is none"u8, policy, Status.InvalidArgument, Kernel.Ioctl(socket, IoctlRequest.SetQueuePolicy, policy));
        long taken = 0;
        long answer = Send(filling);
        for (; answer == (long)Short && taken < MostFrames; answer = Send(filling))
            taken++;
        Check.True("some frames wait"u8, taken > 0);
        Check.Equal("no room"u8, -(long)Status.NoBufferSpace, answer);
        Ask(socket, QueuePolicy.Again);
        Check.Fails("again"u8, Status.WouldBlock, Send(socket));
        Ask(socket, QueuePolicy.Fail);
        Check.Fails("fail"u8, Status.NoBufferSpace, Send(socket));
        Ask(socket, QueuePolicy.Block);
        ulong start = Clock.Ticks;
        answer = Send(socket); // the neighbour is asked six times, half a second apart, and given up
        ulong waited = Clock.ToNanoseconds(Clock.Ticks - start);
        Check.True("block waits"u8, waited > Second);
        Check.True("and gives up in time"u8, waited < 6 * Second);
        Check.Fails("block"u8, Status.HostUnreachable, answer);
        Check.Equal("there is room for the next one"u8, (long)Short, Send(socket));
        _ = Kernel.Close(socket);
        _ = Kernel.Close(filling);
    }

    private static long Send(long socket) => Kernel.SendTo(socket, s_buffer, Short, s_nobody);

    private static void Ask(long socket, QueuePolicy policy)
        => Check.Equal("set the policy"u8, 0, Kernel.Ioctl(socket, IoctlRequest.SetQueuePolicy, (ulong)policy));
}
