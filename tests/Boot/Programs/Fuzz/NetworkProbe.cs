// After all calls the network must work as at the beginning: an echo, and more datagrams than there are packets. Back to: FuzzMain.cs
using RingOS.Abi;
using RingOS.User;

namespace RingOS.Test.Fuzz;

/// <summary>Uses what a program uses.</summary>
internal static class NetworkProbe
{
    private const uint Gateway = 0x0A00_0202;
    private const ushort DiscardPort = 9;
    private const int Datagrams = 600; // twice the pool, and more
    private const int Attempts = 5;
    private const ulong Patience = 2_000_000_000;

    public static bool Run()
        => KernelBooks.IsBalanced("echo"u8, 1, IsAnswered() ? 1ul : 0) & KernelBooks.IsBalanced("datagrams"u8, Datagrams, Send());

    private static bool IsAnswered()
    {
        Socket? socket = Socket.Open(SocketKind.Echo);
        if (socket is null)
            return false;
        byte[] message = new byte[64];
        SocketAddress from = default;
        bool isAnswered = socket.Connect(Gateway, 0) >= 0;
        for (int attempt = 0; isAnswered && attempt < Attempts; attempt++)
        {
            message[0] = 8; // echo request
            if (socket.Write(message) > 0 && socket.Receive(message, Patience, ref from) > 0)
                break;
            isAnswered = attempt < Attempts - 1;
        }
        socket.Close();
        return isAnswered;
    }

    private static ulong Send()
    {
        Socket? socket = Socket.Open(SocketKind.Datagram);
        if (socket is null)
            return 0;
        byte[] datagram = new byte[100];
        ulong sent = 0;
        if (socket.SetQueuePolicy(QueuePolicy.Block) >= 0 && socket.Connect(Gateway, DiscardPort) >= 0)
        {
            for (int i = 0; i < Datagrams; i++)
                sent += socket.Write(datagram) == datagram.Length ? 1ul : 0;
        }
        socket.Close();
        return sent;
    }
}
