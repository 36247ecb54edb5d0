// System calls of every kind: what they leave in registers beside their result. Next: Program.cs
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RingOS.Abi;

namespace RingOS.Test.Onlooker;

/// <summary>Where driver and stack are in other domains, many of these end in messages of the kernel's own.</summary>
internal static unsafe class Requests
{
    private const ulong Own = 0x0A11_0000_0B0D_0000;
    private const ulong Unknown = 1000;
    private const ulong Length = 1000;
    private const ulong Millisecond = 1_000_000;
    private const ulong NoHandle = 9;
    private const int Rounds = 20;
    private const int Ways = 3;

    /// <summary>0, or the first verdict.</summary>
    /// <param name="sink">Somebody on the host takes datagrams there.</param>
    /// <param name="segment">A data segment of the program's ring, or one that is null.</param>
    /// <param name="hasGates">The two other ways are open.</param>
    public static ulong Make(SocketAddress sink, ulong segment, bool hasGates)
    {
        Onlooker self = new(Own, segment);
        for (int way = 0; way < (hasGates ? Ways : 1) && self.Wrong == 0; way++)
            MakeBy((Way)way, self, sink);
        return self.Wrong;
    }

    private static void MakeBy(Way way, Onlooker self, SocketAddress sink)
    {
        ulong buffer = AddressOf(new byte[Length]);
        ulong address = (ulong)&sink;
        ulong socket = AskFor(way, self, Request.Of(SyscallNumber.Socket, (ulong)SocketKind.Datagram));
        AskFor(way, self, Request.Of(SyscallNumber.Connect, socket, address));
        for (int round = 0; round < Rounds; round++)
        {
            AskFor(way, self, Request.Of(SyscallNumber.Write, socket, buffer, Length));
            Request to = Request.Of(SyscallNumber.SendTo, socket, buffer, Length);
            to.R10 = address;
            AskFor(way, self, to);
            AskFor(way, self, Request.Of(SyscallNumber.Write, NoHandle, buffer, Length));
            AskFor(way, self, Request.Of(SyscallNumber.Sleep, Millisecond));
        }
        ulong nic = AskFor(way, self, Request.Of(SyscallNumber.Open, AddressOf("/dev/nic"u8), 8));
        AskFor(way, self, Request.Of(SyscallNumber.Ioctl, nic, (ulong)IoctlRequest.GetNicCounters, buffer));
        AskFor(way, self, Request.Of(SyscallNumber.Ioctl, socket, (ulong)IoctlRequest.SetReceiveTimeout, Millisecond));
        AskFor(way, self, Request.Of(SyscallNumber.Read, socket, buffer, Length));
        AskFor(way, self, Request.Of(SyscallNumber.ReceiveFrom, socket, buffer, Length));
        AskFor(way, self, Request.Of(SyscallNumber.Clock, (ulong)ClockKind.Wall));
        AskFor(way, self, Request.Of(SyscallNumber.Signal, NoHandle, 1));
        AskFor(way, self, Request.Of(SyscallNumber.Wait, NoHandle, 1));
        AskFor(way, self, Request.Of(SyscallNumber.Acknowledge, NoHandle));
        AskFor(way, self, Request.Of(SyscallNumber.Bind, socket, 0));
        AskFor(way, self, Request.Of(SyscallNumber.Null));
        AskFor(way, self, Request.Of(SyscallNumber.Close, nic));
        AskFor(way, self, Request.Of(SyscallNumber.Close, socket));
        Request unknown = Request.Of((SyscallNumber)Unknown);
        unknown.Way = way;
        self.AskForMessage(unknown); // its arguments come back
    }

    private static ulong AskFor(Way way, Onlooker self, Request request)
    {
        request.Way = way;
        self.Ask(request);
        return (ulong)self.Answer;
    }

    private static ulong AddressOf(ReadOnlySpan<byte> bytes) => (ulong)Unsafe.AsPointer(ref MemoryMarshal.GetReference(bytes)); // SAFETY: nothing moves it.
}
