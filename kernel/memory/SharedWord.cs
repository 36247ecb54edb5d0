// One word that the kernel writes and a process reads. Back to: DirectMap.cs
using System.Threading;

namespace RingOS.Kernel.Memory;

/// <summary>A 64-bit word in a page that a process sees read-only.</summary>
public sealed unsafe class SharedWord
{
    private readonly ulong* _word;

    /// <param name="address">Where the kernel sees it, 8-aligned; the page outlives this object.</param>
    public SharedWord(VirtualAddress address) => _word = (ulong*)address.Value; // SAFETY: the caller vouches for the page.

    public ulong Read() => Volatile.Read(ref *_word); // SAFETY: as above.

    public void Write(ulong value) => Volatile.Write(ref *_word, value); // SAFETY: as above.
}
