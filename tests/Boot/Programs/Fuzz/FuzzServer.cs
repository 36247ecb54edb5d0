// A server that hostile frames are sent to: answers every datagram until it is told to finish. Host side:
// tools/RingOS.Host/Fuzz/FrameMachine.cs. Next: NetworkProbe.cs
using System;
using RingOS.Abi;
using RingOS.User;

namespace RingOS.Test.Fuzz;

/// <summary>Whatever comes, and whatever becomes of an answer, it goes on.</summary>
internal static class FuzzServer
{
    private const int Unbalanced = 2;
    private const int NoSocket = 4;
    private const ushort Port = 7;
    private const ulong Patience = 100_000_000;

    private static ReadOnlySpan<byte> Finish => "finish the frames"u8;

    public static int Run()
    {
        if (Socket.Open(SocketKind.Datagram) is not { } socket || socket.Bind(0, Port) < 0)
            return NoSocket;
        Serve(socket);
        socket.Close();
        return IsBalanced() ? 0 : Unbalanced;
    }

    private static void Serve(Socket socket)
    {
        byte[] datagram = new byte[PacketLayout.MaximumUdpPayload];
        SocketAddress from = default;
        for (; ; )
        {
            long length = socket.Receive(datagram, Patience, ref from);
            if (length < 0)
                continue;
            ReadOnlySpan<byte> payload = new(datagram, 0, (int)length);
            if (payload.SequenceEqual(Finish))
                return;
            _ = socket.SendTo(payload, ref from);
        }
    }

    private static bool IsBalanced()
    {
        KernelBooks books = new();
        int device = Files.Open("/dev/kernel"u8);
        if (!books.Read(device))
            return false;
        bool isGood = KernelBooks.IsBalanced("sockets"u8, 0, books[KernelBook.OpenSockets])
            & KernelBooks.IsBalanced("packets"u8, 0, books[KernelBook.CallerPackets])
            & KernelBooks.IsBalanced("canary"u8, 1, books[KernelBook.Canary]);
        if (isGood)
            FuzzReport.Begin("fuzz books are balanced"u8).End();
        return isGood;
    }
}
