// Every system call that is not in a driver's grant, from inside a driver. The worst of them is a write on a socket: it would come back to the
// driver that makes it. Kernel side: kernel/threads/SyscallSet.cs. Back to: FaultyDriver.cs
using System;
using RingOS.Abi;
using RingOS.User;

namespace RingOS.Test.FaultyNic;

/// <summary>Says once what the kernel answered.</summary>
internal sealed class Trespasser
{
    private const int Handles = 12;
    private const uint Gateway = 0x0A00_0202;
    private const ushort DiscardPort = 9;

    private bool _hasTried;
    private bool _wasLetIn;

    public void TryOnce()
    {
        if (_hasTried)
            return;
        _hasTried = true;
        SocketAddress peer = new() { Address = Gateway, Port = DiscardPort };
        byte[] bytes = new byte[16];
        Expect(Syscall.Open("/dev/nic"u8));
        Expect(Syscall.Open("/dev/console"u8));
        Expect(Syscall.Open("/dev/kernel"u8));
        Expect(Syscall.Open("/etc/act"u8));
        long socket = Syscall.Socket(SocketKind.Datagram);
        Expect(socket);
        if (socket >= 0)
            WriteTo((int)socket, ref peer, bytes);
        for (int handle = 0; handle < Handles; handle++)
            TryHandle(handle, ref peer, bytes);
        RingOS.User.Console.WriteLine(_wasLetIn ? "the driver was let in"u8 : "the driver was not let in"u8);
    }

    private static void WriteTo(int socket, ref SocketAddress peer, byte[] bytes)
    {
        _ = Syscall.Connect(socket, ref peer); // whatever the answer
        _ = Syscall.Write(socket, bytes);
    }

    private void TryHandle(int handle, ref SocketAddress peer, byte[] bytes)
    {
        MessageRegisters message = new() { Badge = (ulong)handle };
        Expect(Syscall.Read(handle, bytes));
        Expect(Syscall.Close(handle));
        Expect(Syscall.Ioctl(handle, IoctlRequest.AbandonDriver, 0));
        Expect(Syscall.Bind(handle, ref peer));
        Expect(Syscall.Connect(handle, ref peer));
        Expect(Syscall.SendTo(handle, bytes, ref peer));
        Expect(Syscall.ReceiveFrom(handle, bytes, ref peer));
        Expect(Syscall.Wait(handle, 1));
        Expect(Syscall.Message(SyscallNumber.Call, ref message));
    }

    private void Expect(long answer) => _wasLetIn |= answer != -(long)Status.NotPermitted;
}
