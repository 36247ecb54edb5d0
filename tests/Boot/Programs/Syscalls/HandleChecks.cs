// Handles: wrong ones, closed ones, rights, and how many there are. Next: OddCallChecks.cs
using System;
using RingOS.Abi;

namespace RingOS.Test.Syscalls;

/// <summary>EBADF for what is not there, EACCES for what a handle does not allow, EMFILE when the table is full.</summary>
internal static class HandleChecks
{
    private const int OpenAndClose = 10_000;
    private const int MoreThanFit = 40;
    private const int Capacity = 32; // kernel/threads/HandleTable.cs
    private const int Standard = 3;

    private static readonly ulong s_buffer = Kernel.AddressOf(new byte[64]);

    public static void Run()
    {
        foreach (long handle in (long[])[3, 6, 7, 31, 32, 33, 63, 1000, int.MaxValue, -1, -32, int.MinValue])
            NothingIsThere(handle);
        Rights();
        Names();
        OpenManyTimes();
        FillTheTable("/dev/kernel"u8);
        FillTheTable("/bin/syscalls"u8);
        Network();
        CloseOnce();
    }

    private static void NothingIsThere(long handle)
    {
        ulong shown = (ulong)handle;
        Check.Fails("write to"u8, shown, Status.BadHandle, Kernel.Write(handle, s_buffer, 1));
        Check.Fails("read from"u8, shown, Status.BadHandle, Kernel.Read(handle, s_buffer, 1));
        Check.Fails("ioctl"u8, shown, Status.BadHandle, Kernel.Ioctl(handle, IoctlRequest.GetKernelCounters, s_buffer));
        Check.Fails("bind"u8, shown, Status.BadHandle, Kernel.Bind(handle, s_buffer));
        Check.Fails("connect"u8, shown, Status.BadHandle, Kernel.Connect(handle, s_buffer));
        Check.Fails("sendto"u8, shown, Status.BadHandle, Kernel.SendTo(handle, s_buffer, 1, s_buffer));
        Check.Fails("recvfrom"u8, shown, Status.BadHandle, Kernel.ReceiveFrom(handle, s_buffer, 1, 0));
        foreach (SyscallNumber number in (SyscallNumber[])[SyscallNumber.Call, SyscallNumber.Receive, SyscallNumber.ReplyReceive,
            SyscallNumber.Signal, SyscallNumber.Wait, SyscallNumber.Acknowledge])
            Check.Fails("message call on"u8, shown, Status.BadHandle, Kernel.Invoke(number, handle));
        Check.Fails("close"u8, shown, Status.BadHandle, Kernel.Close(handle));
    }

    private static void Rights()
    {
        long file = Kernel.Open("/bin/syscalls"u8);
        Check.Fails("write to standard input"u8, Status.AccessDenied, Kernel.Write(WellKnownHandle.StandardInput, s_buffer, 1));
        Check.Fails("read from standard output"u8, Status.AccessDenied, Kernel.Read(WellKnownHandle.StandardOutput, s_buffer, 1));
        Check.Fails("read from standard error"u8, Status.AccessDenied, Kernel.Read(WellKnownHandle.StandardError, s_buffer, 1));
        Check.Fails("write to a file of the archive"u8, Status.AccessDenied, Kernel.Write(file, s_buffer, 1));
        Check.Fails("standard input has nothing yet"u8, Status.WouldBlock, Kernel.Read(WellKnownHandle.StandardInput, s_buffer, 1));
        foreach (SyscallNumber number in (SyscallNumber[])[SyscallNumber.Call, SyscallNumber.Receive, SyscallNumber.ReplyReceive,
            SyscallNumber.Signal, SyscallNumber.Wait, SyscallNumber.Acknowledge])
        {
            long answer = Kernel.Invoke(number, WellKnownHandle.StandardOutput);
            Check.Fails("message call on standard output"u8, (ulong)number, Status.AccessDenied, answer);
            Check.Fails("message call on a file"u8, (ulong)number, Status.AccessDenied, Kernel.Invoke(number, file));
        }
        Check.Fails("connect a file"u8, Status.NotSocket, Kernel.Connect(file, s_buffer));
        Check.Fails("bind standard output"u8, Status.NotSocket, Kernel.Bind(WellKnownHandle.StandardOutput, s_buffer));
        Check.Fails("sendto a file"u8, Status.NotSocket, Kernel.SendTo(file, s_buffer, 1, s_buffer));
        Check.Fails("recvfrom a file"u8, Status.NotSocket, Kernel.ReceiveFrom(file, s_buffer, 1, 0));
        Check.Fails("ioctl a file"u8, Status.UnsupportedRequest, Kernel.Ioctl(file, IoctlRequest.GetKernelCounters, s_buffer));
        long noRequest = Kernel.Ioctl(WellKnownHandle.StandardOutput, (IoctlRequest)999, s_buffer);
        Check.Fails("ioctl standard output"u8, Status.UnsupportedRequest, noRequest);
        Check.Equal("close the file"u8, 0, Kernel.Close(file));
        Check.Fails("read from the closed file"u8, Status.BadHandle, Kernel.Read(file, s_buffer, 1));
        Check.Fails("close it again"u8, Status.BadHandle, Kernel.Close(file));
    }

    private static void Names()
    {
        Check.Fails("open what is not there"u8, Status.NoSuchFile, Kernel.Open("/bin/nothing"u8));
        Check.Fails("open a folder"u8, Status.NoSuchFile, Kernel.Open("/bin"u8));
        Check.Fails("open the root"u8, Status.NoSuchFile, Kernel.Open("/"u8));
        Check.Fails("open without a slash"u8, Status.NoSuchFile, Kernel.Open("bin/syscalls"u8));
        Check.Fails("open beside the archive"u8, Status.NoSuchFile, Kernel.Open("/../kernel"u8));
        Check.Fails("open a NIC that is not driven"u8, Status.NoSuchFile, Kernel.Open("/dev/nic"u8));
        Check.Fails("open with a NUL in it"u8, Status.NoSuchFile, Kernel.Open("/bin/syscalls\0"u8));
        Check.Fails("open a long name"u8, Status.NoSuchFile, Kernel.Open(Kernel.AddressOf(new byte[100]), 100));
    }

    private static void OpenManyTimes()
    {
        int lost = 0;
        for (int turn = 0; turn < OpenAndClose; turn++)
        {
            if (Kernel.Open("/bin/syscalls"u8) != Standard || Kernel.Close(Standard) != 0)
                lost++;
        }
        Check.Equal("open and close many times"u8, 0, lost);
    }

    private static void FillTheTable(ReadOnlySpan<byte> path)
    {
        int opened = 0;
        for (int turn = 0; turn < MoreThanFit; turn++)
        {
            long handle = Kernel.Open(path);
            if (handle >= 0)
                opened++;
            else
                Check.Fails("one handle too many"u8, (ulong)turn, Status.TooManyHandles, handle);
        }
        Check.Equal("handles that fit"u8, Capacity - Standard, opened);
        for (int handle = Standard; handle < Capacity; handle++)
            Check.Equal("close one of many"u8, 0, Kernel.Close(handle));
        Check.Equal("the first is free again"u8, Standard, Kernel.Open(path));
        Check.Equal("and closes"u8, 0, Kernel.Close(Standard));
    }

    private static void Network()
    {
        Check.Fails("a socket without a network"u8, Status.NetworkDown, Kernel.Socket(SocketKind.Datagram));
        Check.Fails("a socket of no kind"u8, Status.ProtocolNotSupported, Kernel.Socket(0));
        Check.Fails("a socket of another kind"u8, Status.ProtocolNotSupported, Kernel.Socket((SocketKind)77));
    }

    // The same object under two handles: closing one leaves the other.
    private static void CloseOnce()
    {
        long again = Kernel.Open("/dev/console"u8);
        Check.Equal("open the console"u8, Standard, again);
        Check.Equal("close the console"u8, 0, Kernel.Close(again));
        Check.Equal("standard output is still there"u8, 1, Kernel.Write(WellKnownHandle.StandardOutput, Kernel.AddressOf("\n"u8), 1));
        Check.Equal("close standard input"u8, 0, Kernel.Close(WellKnownHandle.StandardInput));
        Check.Equal("the lowest number comes first"u8, 0, Kernel.Open("/dev/console"u8));
    }
}
