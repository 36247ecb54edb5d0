// Socket calls with bad arguments; the same answers in every placement. Next: FailingNetwork.cs
using RingOS.Abi;

namespace RingOS.Test.Syscalls;

/// <summary>What goes wrong costs neither a packet nor a socket.</summary>
internal static class SocketChecks
{
    private const ulong Short = 16;
    private const ulong Millisecond = 1_000_000;
    private const int MorePacketsThanThereAre = 300;
    private const int OpenAndClose = 1_000;
    private const int Standard = 3;
    private const int MoreThanFit = 40;

    private static ulong s_sink;
    private static readonly ulong s_buffer = Kernel.AddressOf(new byte[2048]);

    /// <param name="sink">A SocketAddress of the gateway, which answers echo requests, and of a port whose owner says nothing.</param>
    public static void Run(ulong sink)
    {
        s_sink = sink;
        long socket = Kernel.Socket(SocketKind.Datagram);
        Check.Equal("open a socket"u8, Standard, socket);
        BeforeConnecting(socket);
        Check.Equal("connect"u8, 0, Kernel.Connect(socket, s_sink));
        BadPointersWhenConnected(socket);
        Lengths(socket);
        FailedWritesCostNothing(socket);
        FailedReadsCostNothing();
        ManySockets();
        Counters();
        Check.Equal("write after all that"u8, (long)Short, Kernel.Write(socket, s_buffer, Short));
        Check.Equal("close"u8, 0, Kernel.Close(socket));
        Check.Fails("write after close"u8, Status.BadHandle, Kernel.Write(socket, s_buffer, Short));
    }

    private static void BeforeConnecting(long socket)
    {
        foreach (ulong pointer in BadPointers.All())
        {
            Check.Fails("bind to"u8, pointer, Status.BadAddress, Kernel.Bind(socket, pointer));
            Check.Fails("connect to"u8, pointer, Status.BadAddress, Kernel.Connect(socket, pointer));
            Check.Fails("sendto, address at"u8, pointer, Status.BadAddress, Kernel.SendTo(socket, s_buffer, Short, pointer));
            Check.Fails("sendto from"u8, pointer, Status.BadAddress, Kernel.SendTo(socket, pointer, Short, s_sink));
            Check.Fails("write unconnected from"u8, pointer, Status.BadAddress, Kernel.Write(socket, pointer, Short));
        }
        Check.Fails("write unconnected"u8, Status.DestinationRequired, Kernel.Write(socket, s_buffer, Short));
        Check.Fails("ioctl of another kind"u8, Status.UnsupportedRequest, Kernel.Ioctl(socket, IoctlRequest.GetKernelCounters, s_buffer));
        Check.Fails("ioctl of no kind"u8, Status.UnsupportedRequest, Kernel.Ioctl(socket, (IoctlRequest)0, s_buffer));
    }

    private static void BadPointersWhenConnected(long socket)
    {
        Check.Equal("set the time-out"u8, 0, Kernel.Ioctl(socket, IoctlRequest.SetReceiveTimeout, Millisecond));
        foreach (ulong pointer in BadPointers.All())
        {
            Check.Fails("write from"u8, pointer, Status.BadAddress, Kernel.Write(socket, pointer, Short));
            Check.Fails("local address to"u8, pointer, Status.BadAddress, Kernel.Ioctl(socket, IoctlRequest.GetLocalAddress, pointer));
        }
        Check.Fails("nothing has come"u8, Status.WouldBlock, Kernel.Read(socket, s_buffer, Short));
    }

    private static void Lengths(long socket)
    {
        foreach (ulong length in (ulong[])[1473, 1514, 65_535, 65_536, 1ul << 32, (1ul << 32) + 16, 1ul << 63, ulong.MaxValue])
        {
            Check.Fails("write this much"u8, length, Status.MessageTooLong, Kernel.Write(socket, s_buffer, length));
            Check.Fails("send this much"u8, length, Status.MessageTooLong, Kernel.SendTo(socket, s_buffer, length, s_sink));
        }
        Check.Equal("write as much as fits"u8, 1472, Kernel.Write(socket, s_buffer, 1472));
        Check.Equal("write nothing"u8, 0, Kernel.Write(socket, s_buffer, 0));
        Check.Fails("write across the end of the heap"u8, Status.BadAddress, Kernel.Write(socket, BadPointers.HeapEnd - 8, Short));
    }

    private static void FailedWritesCostNothing(long socket)
    {
        int wrong = 0;
        for (int turn = 0; turn < MorePacketsThanThereAre; turn++)
        {
            if (Kernel.Write(socket, 0, Short) != -(long)Status.BadAddress)
                wrong++;
        }
        Check.Equal("many failed writes"u8, 0, wrong);
        Check.Equal("a good one"u8, (long)Short, Kernel.Write(socket, s_buffer, Short));
    }

    private static void FailedReadsCostNothing()
    {
        long echo = Kernel.Socket(SocketKind.Echo);
        Check.True("open an echo socket"u8, echo > 0);
        Check.Equal("with patience"u8, 0, Kernel.Ioctl(echo, IoctlRequest.SetReceiveTimeout, 5000 * Millisecond));
        System.Span<byte> request = OddCalls.Bytes(s_buffer, (int)Short);
        request.Clear();
        request[0] = 8; // echo request
        ulong answer = s_buffer + 1024;
        int wrong = 0;
        for (int turn = 0; turn < MorePacketsThanThereAre; turn++)
        {
            long sent = Kernel.SendTo(echo, s_buffer, Short, s_sink);
            long received = (turn & 1) == 0
                ? Kernel.ReceiveFrom(echo, 0, Short, 0)
                : Kernel.ReceiveFrom(echo, answer, Short, ulong.MaxValue - 7);
            if (sent != (long)Short || received != -(long)Status.BadAddress)
                wrong++;
        }
        Check.Equal("many answers to nowhere"u8, 0, wrong);
        Check.Equal("one more request"u8, (long)Short, Kernel.SendTo(echo, s_buffer, Short, s_sink));
        Check.Equal("and its answer"u8, (long)Short, Kernel.ReceiveFrom(echo, answer, 64, 0));
        Check.Equal("close the echo socket"u8, 0, Kernel.Close(echo));
    }

    private static void ManySockets()
    {
        int lost = 0;
        for (int turn = 0; turn < OpenAndClose; turn++)
        {
            if (Kernel.Socket(SocketKind.Datagram) != Standard + 1 || Kernel.Close(Standard + 1) != 0)
                lost++;
        }
        Check.Equal("open and close many times"u8, 0, lost);
        int opened = 0;
        for (int turn = 0; turn < MoreThanFit; turn++)
        {
            long socket = Kernel.Socket(SocketKind.Datagram);
            if (socket >= 0)
                opened++;
            else
                Check.True("no more sockets"u8, socket is -(long)Status.TooManyHandles or -(long)Status.NoBufferSpace);
        }
        Check.True("many at once"u8, opened >= 16);
        for (int socket = Standard + 1; socket < Standard + 1 + opened; socket++)
            Check.Equal("close one of many"u8, 0, Kernel.Close(socket));
        Check.Equal("and open one again"u8, Standard + 1, Kernel.Socket(SocketKind.Datagram));
        Check.Equal("and close it"u8, 0, Kernel.Close(Standard + 1));
    }

    private static void Counters()
    {
        long nic = Kernel.Open("/dev/nic"u8);
        foreach (ulong pointer in BadPointers.All())
            Check.Fails("NIC counters to"u8, pointer, Status.BadAddress, Kernel.Ioctl(nic, IoctlRequest.GetNicCounters, pointer));
        Check.Equal("NIC counters"u8, 0, Kernel.Ioctl(nic, IoctlRequest.GetNicCounters, s_buffer));
        Check.Fails("read the NIC"u8, Status.InvalidArgument, Kernel.Read(nic, s_buffer, Short));
        Check.Equal("close the NIC"u8, 0, Kernel.Close(nic));
    }
}
