// What a program sees of a NIC service that stops working: an error, soon, and nothing else. The service: ../FaultyNic. Back to: Program.cs
using RingOS.Abi;
using RingOS.User;

namespace RingOS.Test.Syscalls;

/// <summary>The first large datagram is what the service fails at.</summary>
internal static class FailingNetwork
{
    private const uint NameServer = 0x0A00_0203; // nobody has asked for its station address yet
    private const ushort DiscardPort = 9;
    private const ulong Large = 1000;
    private const ulong Millisecond = 1_000_000;
    private const ulong Soon = 200 * Millisecond;
    private const int Writes = 20;
    private const int LateWrites = 100; // ten seconds; a silent service is noticed after six

    private static readonly ulong s_buffer = Kernel.AddressOf(new byte[Large]);

    /// <summary>The same where failures come late: writes are taken at first, and sooner or later they fail, all of them.</summary>
    public static void RunLate(ulong sink)
    {
        long socket = Kernel.Socket(SocketKind.Datagram);
        Check.True("open a socket"u8, socket >= 0);
        Check.Equal("connect while it works"u8, 0, Kernel.Connect(socket, sink));
        long answer = (long)Large;
        for (int turn = 0; turn < LateWrites && answer == (long)Large; turn++)
        {
            answer = Kernel.Write(socket, s_buffer, Large);
            Check.Equal("sleep"u8, 0, Kernel.Sleep(100 * Millisecond));
        }
        Check.Fails("a write at last"u8, Status.IoError, answer);
        Check.Fails("and the next"u8, Status.IoError, Kernel.Write(socket, s_buffer, Large));
        Check.Equal("close"u8, 0, Kernel.Close(socket));
        RingOS.User.Console.WriteLine("the program goes on"u8);
    }

    public static void Run(ulong sink)
    {
        long socket = Kernel.Socket(SocketKind.Datagram);
        Check.True("open a socket"u8, socket >= 0);
        Check.Equal("connect while it works"u8, 0, Kernel.Connect(socket, sink));
        Check.Fails("the write it fails at"u8, Status.IoError, Kernel.Write(socket, s_buffer, Large));
        ulong start = Clock.WallNanoseconds;
        for (ulong turn = 0; turn < Writes; turn++)
            Check.Fails("write after that"u8, turn, Status.IoError, Kernel.Write(socket, s_buffer, Large));
        Check.True("which all failed soon"u8, Clock.WallNanoseconds - start < Soon);
        OtherCalls(socket, sink);
        Check.Equal("sleep"u8, 0, Kernel.Sleep(50 * Millisecond));
        Check.Equal("close"u8, 0, Kernel.Close(socket));
        RingOS.User.Console.WriteLine("the program goes on"u8);
    }

    private static void OtherCalls(long socket, ulong sink)
    {
        Check.Fails("sendto"u8, Status.IoError, Kernel.SendTo(socket, s_buffer, Large, sink));
        Check.Fails("connect to another"u8, Status.IoError, Kernel.Connect(socket, Kernel.Address(NameServer, DiscardPort)));
        Check.Equal("set the time-out"u8, 0, Kernel.Ioctl(socket, IoctlRequest.SetReceiveTimeout, 10 * Millisecond));
        long received = Kernel.Read(socket, s_buffer, Large);
        Check.True("read"u8, received is -(long)Status.IoError or -(long)Status.WouldBlock);
        long another = Kernel.Socket(SocketKind.Datagram);
        Check.True("another socket"u8, another is >= 0 or -(long)Status.IoError);
    }
}
