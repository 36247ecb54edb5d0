// What a program sees of a NIC service that lies. The service: ../FaultyNic. Back to: Program.cs
using RingOS.Abi;

namespace RingOS.Test.Syscalls;

/// <summary>The service may lose datagrams; it may not make a call answer what it never answers.</summary>
internal static class HostileNetwork
{
    private const ulong Large = 1000;
    private const ulong Millisecond = 1_000_000;
    private const ulong Writes = 400;
    private const long LargestError = 133;

    private static readonly ulong s_buffer = Kernel.AddressOf(new byte[Large]);

    public static void Run(ulong sink)
    {
        long socket = Kernel.Socket(SocketKind.Datagram);
        Check.True("open a socket"u8, socket >= 0);
        Check.Equal("connect while it works"u8, 0, Kernel.Connect(socket, sink));
        for (ulong turn = 0; turn < Writes; turn++)
        {
            long answer = Kernel.Write(socket, s_buffer, Large);
            if (answer != (long)Large && answer is >= 0 or < -LargestError)
                Check.Equal("what write answers"u8, (long)Large, answer);
            if (turn % 50 == 0)
                _ = Kernel.Sleep(Millisecond); // lets whatever waits for the service's signal run
        }
        Check.Equal("set the time-out"u8, 0, Kernel.Ioctl(socket, IoctlRequest.SetReceiveTimeout, Millisecond));
        long received = Kernel.Read(socket, s_buffer, Large);
        Check.True("read"u8, received is >= 0 and <= (long)Large or < 0 and >= -LargestError);
        Check.Equal("sleep"u8, 0, Kernel.Sleep(10 * Millisecond));
        Check.Equal("close"u8, 0, Kernel.Close(socket));
        RingOS.User.Console.WriteLine("the program goes on"u8);
    }
}
