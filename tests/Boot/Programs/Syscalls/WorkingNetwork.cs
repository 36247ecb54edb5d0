// The network works, in both directions: datagrams are taken, and an echo comes back. Read by: tests/Boot/ServiceGrantTests.cs and others.
// Back to: Program.cs
using System;
using RingOS.Abi;
using RingOS.User;

namespace RingOS.Test.Syscalls;

/// <summary>What a program wants of a network.</summary>
internal static class WorkingNetwork
{
    private const uint Gateway = 0x0A00_0202;
    private const ulong Large = 1000;
    private const ulong EchoLength = 64;
    private const int HeaderLength = 8;
    private const byte EchoRequest = 8;
    private const ulong Second = 1_000_000_000;
    private const int Turns = 5;

    private static readonly byte[] s_bytes = new byte[Large];

    public static void Run(ulong sink)
    {
        ulong buffer = Kernel.AddressOf(s_bytes);
        long socket = Kernel.Socket(SocketKind.Datagram);
        Check.Equal("connect"u8, 0, Kernel.Connect(socket, sink));
        long echo = Kernel.Socket(SocketKind.Echo);
        Check.Equal("connect for echoes"u8, 0, Kernel.Connect(echo, Kernel.Address(Gateway, 0)));
        Check.Equal("set the time-out"u8, 0, Kernel.Ioctl(echo, IoctlRequest.SetReceiveTimeout, Second));
        for (ulong turn = 0; turn < Turns; turn++)
        {
            Check.Equal("write"u8, (long)Large, Kernel.Write(socket, buffer, Large));
            new Span<byte>(s_bytes, 0, HeaderLength).Clear();
            s_bytes[0] = EchoRequest;
            Check.Equal("ask for an echo"u8, (long)EchoLength, Kernel.Write(echo, buffer, EchoLength));
            Check.Equal("receive it"u8, (long)EchoLength, Kernel.Read(echo, buffer, EchoLength));
        }
    }
}
