// Memory of a program: native, so that its address looks like one of ring 3. Back to: FakeCpu.cs
using System;
using System.Runtime.InteropServices;
using System.Text;
using RingOS.Abi;

namespace RingOS.Tests.Unit.Kernel;

internal sealed unsafe class UserBuffer : IDisposable
{
    private readonly byte* _start;

    public UserBuffer(int length)
    {
        _start = (byte*)NativeMemory.AllocZeroed((nuint)length);
        Length = length;
    }

    public UserBuffer(ReadOnlySpan<byte> content)
        : this(content.Length)
        => content.CopyTo(Bytes);

    public UserBuffer(string text)
        : this(Encoding.ASCII.GetBytes(text))
    {
    }

    public static UserBuffer Of(SocketAddress address)
    {
        UserBuffer buffer = new(SocketAddress.Size);
        *(SocketAddress*)buffer._start = address;
        return buffer;
    }

    public int Length { get; }

    public ulong Address => (ulong)_start;

    public Span<byte> Bytes => new(_start, Length);

    public Span<ulong> Words => MemoryMarshal.Cast<byte, ulong>(Bytes);

    public void Dispose() => NativeMemory.Free(_start);
}
