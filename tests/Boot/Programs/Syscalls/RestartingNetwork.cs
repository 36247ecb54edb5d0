// What a program sees of a NIC driver that dies and comes back, or does not. The service: ../FaultInjector. Read by:
// tests/Boot/RestartTests.cs. Back to: Program.cs
using RingOS.Abi;
using RingOS.User;

namespace RingOS.Test.Syscalls;

/// <summary>Writes, at most one a millisecond, until enough datagrams were taken, or the network is down for good.</summary>
internal static class RestartingNetwork
{
    private const ulong Large = 1000;
    private const ulong Millisecond = 1_000_000;
    private const int Patience = 5000; // refused writes, a millisecond each

    private static readonly ulong s_buffer = Kernel.AddressOf(new byte[Large]);

    public static void Run(ulong sink, ulong wanted)
    {
        long socket = Kernel.Socket(SocketKind.Datagram);
        Check.Equal("connect"u8, 0, Kernel.Connect(socket, sink));
        ulong taken = 0;
        long answer = 0;
        for (int refused = 0; taken < wanted && refused < Patience && answer != -(long)Status.NetworkDown;)
        {
            answer = Kernel.Write(socket, s_buffer, Large);
            if (answer == (long)Large)
                taken++;
            else
                refused++;
            _ = Kernel.Sleep(Millisecond);
        }
        Print("taken "u8, taken);
        Print("last answer "u8, (ulong)(answer < 0 ? -answer : 0));
        AttackedNetwork.PrintCounters();
    }

    private static void Print(System.ReadOnlySpan<byte> what, ulong number)
    {
        Console.Write(what);
        Console.Write(number);
        Console.Write("\n"u8);
    }
}
