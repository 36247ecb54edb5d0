// Copies between the kernel and a program: the only way the kernel touches a program's memory. Next: UserRange.cs
using System;
using System.Runtime.CompilerServices;
using RingOS.Abi;
using RingOS.Kernel.Arch.X64;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Memory;

/// <summary>
/// Checks the range, then copies; a page that is not mapped, or not writable, ends the copy with BadAddress instead of a panic
/// (Cpu.RecoveryOf). In the low half every mapped page belongs to the program, so the processor checks what a table walk would.
/// </summary>
public sealed unsafe class UserMemory(KernelCounters counters)
{
    /// <summary>From the program into kernel memory at <paramref name="to"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Status CopyIn(nint to, ulong user, ulong length)
    {
        if (!UserRange.Contains(new VirtualAddress(user), length) && !IsInRing1(user, length))
            return Status.BadAddress;
        counters.CopiedBytes += length;
        return Cpu.CopyUser(to, (nint)user, length) ? Status.Ok : Status.BadAddress;
    }

    /// <summary>From kernel memory at <paramref name="from"/> into the program.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Status CopyOut(ulong user, nint from, ulong length)
    {
        if (!UserRange.Contains(new VirtualAddress(user), length) && !IsInRing1(user, length))
            return Status.BadAddress;
        counters.CopiedBytes += length;
        return Cpu.CopyUser((nint)user, from, length) ? Status.Ok : Status.BadAddress;
    }

    // A driver in ring 1 has its memory in the kernel's half, but a slot of that only.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool IsInRing1(ulong user, ulong length)
        => KernelEntry.Caller.Process is { IsInKernelHalf: true } process && process.Space.Covers(new VirtualAddress(user), length);

    public Status CopyIn(Span<byte> to, ulong user)
    {
        fixed (byte* start = to) // SAFETY: the copy is as long as the span.
            return CopyIn((nint)start, user, (ulong)to.Length);
    }

    public Status CopyOut(ulong user, ReadOnlySpan<byte> from)
    {
        fixed (byte* start = from) // SAFETY: the copy is as long as the span.
            return CopyOut(user, (nint)start, (ulong)from.Length);
    }

    public Status Read64(ulong user, out ulong value)
    {
        ulong copy = 0;
        Status status = CopyIn((nint)(&copy), user, sizeof(ulong)); // SAFETY: eight bytes of this frame.
        value = copy;
        return status;
    }

    public Status Write64(ulong user, ulong value) => CopyOut(user, (nint)(&value), sizeof(ulong)); // SAFETY: as above.
}
