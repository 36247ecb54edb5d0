// What a program sees of a network service that dies and comes back: its socket is gone, and says so; a new one works. The service:
// ../FaultyNet. Read by: tests/Boot/StackRestartTests.cs. Back to: Program.cs
using RingOS.Abi;
using RingOS.User;

namespace RingOS.Test.Syscalls;

/// <summary>Writes until its socket is gone, and then begins anew.</summary>
internal static class ResetNetwork
{
    private const ulong Large = 1000;
    private const ulong Millisecond = 1_000_000;
    private const int Patience = 5000; // turns of a millisecond

    private static readonly ulong s_buffer = Kernel.AddressOf(new byte[Large]);

    public static void Run(ulong sink)
    {
        long socket = Kernel.Socket(SocketKind.Datagram);
        Check.Equal("connect"u8, 0, Kernel.Connect(socket, sink));
        long answer = (long)Large;
        for (int turn = 0; turn < Patience && answer == (long)Large; turn++)
        {
            answer = Kernel.Write(socket, s_buffer, Large);
            _ = Kernel.Sleep(Millisecond);
        }
        Check.Fails("the write at which the service dies"u8, Status.NetworkReset, answer);
        Check.True("a new socket in the end"u8, OpenAnother());
        Check.Fails("a write on the old socket"u8, Status.NetworkReset, Kernel.Write(socket, s_buffer, Large));
        Check.Fails("a read"u8, Status.NetworkReset, Kernel.Read(socket, s_buffer, Large));
        Check.Fails("a connect"u8, Status.NetworkReset, Kernel.Connect(socket, sink));
        Check.Equal("close"u8, 0, Kernel.Close(socket));
        WorkingNetwork.Run(sink);
        AttackedNetwork.PrintCounters();
    }

    /// <summary>A new socket whenever one is gone, until there is no network any more.</summary>
    public static void RunToTheEnd(ulong sink)
    {
        long answer = 0;
        for (int turn = 0; turn < Patience && answer is not (-(long)Status.NetworkDown or -(long)Status.IoError); turn++)
        {
            long socket = Kernel.Socket(SocketKind.Datagram);
            answer = socket < 0 ? socket : Kernel.Connect(socket, sink);
            while (answer >= 0 && socket >= 0)
                answer = Kernel.Write(socket, s_buffer, Large);
            if (socket >= 0)
                _ = Kernel.Close(socket);
            _ = Kernel.Sleep(Millisecond);
        }
        RingOS.User.Console.WriteLine(answer == -(long)Status.NetworkDown ? "the network is down"u8 : "an error"u8);
    }

    // While there is no service, there is no room for a socket.
    private static bool OpenAnother()
    {
        for (int turn = 0; turn < Patience; turn++)
        {
            long another = Kernel.Socket(SocketKind.Datagram);
            if (another >= 0)
                return Kernel.Close(another) == 0;
            if (another != -(long)Status.NoBufferSpace)
                return false;
            _ = Kernel.Sleep(Millisecond);
        }
        return false;
    }
}
