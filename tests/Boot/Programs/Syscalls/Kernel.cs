// System calls with nothing between the checks and the kernel: any number is a pointer. Next: PointerChecks.cs
using System;
using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RingOS.Abi;
using RingOS.User;

namespace RingOS.Test.Syscalls;

/// <summary>The kernel's interface as it is in the registers.</summary>
internal static unsafe class Kernel
{
    public static long Read(long handle, ulong buffer, ulong length) => Stub(SyscallNumber.Read, (ulong)handle, buffer, length, 0, 0);

    public static long Write(long handle, ulong buffer, ulong length) => Stub(SyscallNumber.Write, (ulong)handle, buffer, length, 0, 0);

    public static long Open(ulong path, ulong length) => Stub(SyscallNumber.Open, path, length, 0, 0, 0);

    public static long Open(ReadOnlySpan<byte> path) => Open(AddressOf(path), (ulong)path.Length);

    public static long Close(long handle) => Stub(SyscallNumber.Close, (ulong)handle, 0, 0, 0, 0);

    public static long Ioctl(long handle, IoctlRequest request, ulong argument)
        => Stub(SyscallNumber.Ioctl, (ulong)handle, (ulong)request, argument, 0, 0);

    public static long Socket(SocketKind kind) => Stub(SyscallNumber.Socket, (ulong)kind, 0, 0, 0, 0);

    public static long Bind(long handle, ulong address) => Stub(SyscallNumber.Bind, (ulong)handle, address, 0, 0, 0);

    public static long Connect(long handle, ulong address) => Stub(SyscallNumber.Connect, (ulong)handle, address, 0, 0, 0);

    public static long SendTo(long handle, ulong buffer, ulong length, ulong address)
        => Stub(SyscallNumber.SendTo, (ulong)handle, buffer, length, address, 0);

    public static long ReceiveFrom(long handle, ulong buffer, ulong length, ulong address)
        => Stub(SyscallNumber.ReceiveFrom, (ulong)handle, buffer, length, address, 0);

    public static long Sleep(ulong nanoseconds) => Stub(SyscallNumber.Sleep, nanoseconds, 0, 0, 0, 0);

    /// <summary>Any call.</summary>
    public static long Invoke(SyscallNumber number, long first = 0, ulong second = 0, ulong third = 0)
        => Stub(number, (ulong)first, second, third, 0, 0);

    /// <summary>SAFETY: nothing moves memory in an image, so the address holds as long as the memory does.</summary>
    public static ulong AddressOf(ReadOnlySpan<byte> bytes) => (ulong)Unsafe.AsPointer(ref MemoryMarshal.GetReference(bytes));

    public static ulong AddressOf(byte[] bytes) => AddressOf(new ReadOnlySpan<byte>(bytes));

    /// <summary>A SocketAddress somewhere in the heap, for good.</summary>
    public static ulong Address(uint address, ushort port)
    {
        byte[] memory = new byte[SocketAddress.Size];
        ulong place = AddressOf(memory);
        *(SocketAddress*)place = new SocketAddress { Address = address, Port = port, Reserved = 0 }; // SAFETY: as long as the array.
        return place;
    }

    [RuntimeImport("*", "syscall_stub"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern long Stub(SyscallNumber number, ulong first, ulong second, ulong third, ulong fourth, ulong fifth);
}
