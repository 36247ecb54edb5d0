// One entry into the kernel. Layout: Look.asm (Q_...). Next: Found.cs
using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RingOS.Abi;

namespace RingOS.Test.Onlooker;

/// <summary>By which way.</summary>
internal enum Way : ulong
{
    Syscall,
    Interrupt,
    Gate,
}

/// <summary>What a request brings along: 88 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Request
{
    public Way Way;
    public ulong Number;
    public ulong Rdi;
    public ulong Rsi;
    public ulong Rdx;
    public ulong R10;
    public ulong R8;
    public ulong R9;

    /// <summary>All other registers hold this plus a number.</summary>
    public ulong Own;

    /// <summary>A data segment selector of the caller's ring, or one that is null.</summary>
    public ulong Segment;

    /// <summary>Where the registers are stored afterwards.</summary>
    public Found* Found;

    /// <summary>Enters, comes back, and looks.</summary>
    public void Enter()
    {
        fixed (Request* self = &this) // SAFETY: nothing moves memory in an image.
            Look(self);
    }

    public static Request Of(SyscallNumber number, ulong first = 0, ulong second = 0, ulong third = 0)
        => new() { Number = (ulong)number, Rdi = first, Rsi = second, Rdx = third };

    [RuntimeImport("*", "look"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void Look(Request* request);
}
