// Whether a pointer from ring 3 can be a pointer of ring 3 at all. Next: ByteSource.cs
using System.Runtime.CompilerServices;

namespace RingOS.Kernel.Memory;

/// <summary>
/// The addresses a process may have: 0x1000 up to the last page of the low half, exclusive. That page stays empty because
/// `syscall` in its last bytes would return to a non-canonical address, which faults in ring 0 on Intel processors.
/// </summary>
public static class UserRange
{
    /// <summary>First address; below it, null pointers fault.</summary>
    public const ulong Start = 0x1000;

    /// <summary>One past the last address.</summary>
    public const ulong End = 0x0000_7FFF_FFFF_F000;

    /// <summary>
    /// Whether all <paramref name="length"/> bytes from here on can belong to a process; says nothing of what is mapped.
    /// No bytes at all are fine anywhere, as an empty buffer may have a null pointer.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Contains(VirtualAddress start, ulong length)
        => length == 0 || (length <= End - Start && start.Value - Start <= End - Start - length);
}
