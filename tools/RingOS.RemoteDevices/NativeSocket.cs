// The few calls of the C library that .NET does not offer: pairs of sockets, and files that come through them. Next: ProxyMessage.cs
using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace RingOS.RemoteDevices;

/// <summary>One end of a pair of Unix stream sockets. unix(7), "SCM_RIGHTS".</summary>
public sealed unsafe partial class NativeSocket : SafeHandleMinusOneIsInvalid
{
    private const int AddressFamilyUnix = 1;
    private const int StreamCloseOnExecute = 1 | 0x80000; // SOCK_STREAM | SOCK_CLOEXEC
    private const int SetDescriptorFlags = 2; // F_SETFD
    private const int CloseOnExecute = 0x40000000; // MSG_CMSG_CLOEXEC
    private const int NoSignal = 0x4000; // MSG_NOSIGNAL
    private const int SocketLevel = 1; // SOL_SOCKET
    private const int Rights = 1; // SCM_RIGHTS
    private const int ControlHeader = 16; // cmsg_len, cmsg_level, cmsg_type
    private const int MostFiles = 16;
    private const int Interrupted = 4; // EINTR

    public NativeSocket()
        : base(ownsHandle: true)
    {
    }

    private NativeSocket(int descriptor)
        : base(ownsHandle: true)
        => SetHandle(descriptor);

    /// <summary>The number of this end in this process, and in a child that inherits it.</summary>
    public int Descriptor => (int)handle;

    /// <summary>Two connected ends that no child inherits before <see cref="LetChildrenInherit"/>.</summary>
    public static (NativeSocket Ours, NativeSocket Theirs) CreatePair()
    {
        int* ends = stackalloc int[2];
        if (SocketPair(AddressFamilyUnix, StreamCloseOnExecute, 0, ends) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError(), "cannot make a pair of sockets");
        return (new NativeSocket(ends[0]), new NativeSocket(ends[1]));
    }

    /// <summary>The next child to be started gets this end too, under the same number.</summary>
    public void LetChildrenInherit()
    {
        if (FileControl(this, SetDescriptorFlags, 0) < 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError(), "cannot hand a socket to a child");
    }

    /// <summary>Reads as many bytes as are there, at least one, and the files that come with them. 0 at the end.</summary>
    public int Receive(Span<byte> buffer, List<SafeFileHandle> files)
    {
        byte* control = stackalloc byte[ControlHeader + (MostFiles * sizeof(int))];
        fixed (byte* start = buffer)
        {
            Vector vector = new() { Start = start, Length = (nuint)buffer.Length };
            MessageHeader header = new() { Vectors = &vector, VectorCount = 1, Control = control, ControlLength = ControlHeader + (MostFiles * sizeof(int)) };
            nint received;
            do
                received = ReceiveMessage(this, &header, CloseOnExecute);
            while (received < 0 && Marshal.GetLastPInvokeError() == Interrupted);
            if (received > 0)
                TakeFiles(control, (int)header.ControlLength, files);
            return (int)Math.Max(received, 0); // a broken connection is an end like any other
        }
    }

    /// <summary>Sends all bytes. False if the other end is gone.</summary>
    public bool Send(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            nint sent;
            fixed (byte* start = bytes)
                sent = SendBytes(this, start, (nuint)bytes.Length, NoSignal);
            if (sent < 0 && Marshal.GetLastPInvokeError() == Interrupted)
                continue;
            if (sent <= 0)
                return false;
            bytes = bytes[(int)sent..];
        }
        return true;
    }

    /// <summary>Both ends see the end of the connection, whoever waits.</summary>
    public void Shutdown()
    {
        if (!IsClosed)
            _ = ShutdownBoth(this, 2);
    }

    protected override bool ReleaseHandle() => CloseDescriptor(handle) == 0;

    // SAFETY: the kernel wrote length bytes of whole control messages; only those of files are looked at.
    private static void TakeFiles(byte* control, int length, List<SafeFileHandle> files)
    {
        if (length < ControlHeader + sizeof(int) || *(int*)(control + 8) != SocketLevel || *(int*)(control + 12) != Rights)
            return;
        int end = (int)Math.Min(*(ulong*)control, (ulong)length);
        for (int offset = ControlHeader; offset + sizeof(int) <= end; offset += sizeof(int))
            files.Add(new SafeFileHandle(*(int*)(control + offset), ownsHandle: true));
    }

    [LibraryImport("libc", EntryPoint = "socketpair", SetLastError = true)]
    private static partial int SocketPair(int family, int type, int protocol, int* ends);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int FileControl(NativeSocket socket, int command, int argument);

    [LibraryImport("libc", EntryPoint = "recvmsg", SetLastError = true)]
    private static partial nint ReceiveMessage(NativeSocket socket, MessageHeader* header, int flags);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    private static partial nint SendBytes(NativeSocket socket, byte* start, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "shutdown", SetLastError = true)]
    private static partial int ShutdownBoth(NativeSocket socket, int how);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int CloseDescriptor(nint descriptor);

    private struct Vector
    {
        public byte* Start;
        public nuint Length;
    }

    private struct MessageHeader
    {
        public void* Name;
        public uint NameLength;
        public Vector* Vectors;
        public nuint VectorCount;
        public byte* Control;
        public nuint ControlLength;
        public int Flags;
    }
}
