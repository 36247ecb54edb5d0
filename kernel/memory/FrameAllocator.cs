// Who has which frame of RAM: one bit a frame, 1 = free. Next: PageTable.cs
using System;
using System.Numerics;
using RingOS.Abi;

namespace RingOS.Kernel.Memory;

/// <summary>
/// Hands out physical frames of 4096 bytes. Frame 0 is never handed out, so that an address of zero means "none".
/// Frames come uncleared.
/// </summary>
public sealed class FrameAllocator
{
    /// <summary>RAM beyond this address is not used: the bitmap costs 32 KiB of kernel heap per GiB, half of the 8 MiB that there are.</summary>
    public const ulong MaximumMemory = 128ul << 30;

    private const int BitsPerWord = 64;

    private readonly MemoryRange[] _usable;
    private readonly MemoryRange[] _reserved;
    private readonly ulong[] _free;

    // The word of the last allocation: the search goes on from there, round and round.
    private int _hint;

    /// <param name="usable">RAM, as the boot loader reports it; may overlap. Only whole frames count.</param>
    /// <param name="reserved">What lies in it already: kernel, boot archive, firmware. Frames touched in part are reserved too.</param>
    public FrameAllocator(MemoryRange[] usable, MemoryRange[] reserved)
    {
        _usable = usable;
        _reserved = reserved;
        _free = new ulong[(EndOfMemory(usable) + BitsPerWord - 1) / BitsPerWord];
        foreach (MemoryRange range in usable)
            Mark(range.FirstWholeFrame, range.EndOfWholeFrames, free: true);
        foreach (MemoryRange range in reserved)
            Mark(range.FirstTouchedFrame, range.EndOfTouchedFrames, free: false);
        Mark(0, 1, free: false);
        TotalFrames = CountFree();
        FreeFrames = TotalFrames;
    }

    /// <summary>Frames this allocator manages.</summary>
    public ulong TotalFrames { get; }

    /// <summary>Frames it could hand out now.</summary>
    public ulong FreeFrames { get; private set; }

    /// <summary>Takes any free frame. NoMemory if there is none; then <paramref name="frame"/> is zero.</summary>
    public Status AllocateFrame(out PhysicalAddress frame)
    {
        frame = default;
        if (FreeFrames == 0)
            return Status.NoMemory;
        while (_free[_hint] == 0)
            _hint = _hint + 1 == _free.Length ? 0 : _hint + 1;
        ulong word = _free[_hint];
        _free[_hint] = word & (word - 1);
        FreeFrames--;
        frame = AddressOf((ulong)_hint * BitsPerWord + (ulong)BitOperations.TrailingZeroCount(word));
        return Status.Ok;
    }

    /// <summary>Takes the lowest run of <paramref name="count"/> free frames that starts at a multiple of <paramref name="alignment"/>.</summary>
    /// <param name="count">Frames, at least 1.</param>
    /// <param name="alignment">Bytes: a power of two; a frame is aligned to 4096 in any case.</param>
    /// <param name="start">The first frame; zero on failure.</param>
    /// <returns>NoMemory if there is no such run, InvalidArgument for a bad count or alignment.</returns>
    public Status AllocateContiguous(ulong count, ulong alignment, out PhysicalAddress start)
    {
        start = default;
        if (count == 0 || alignment == 0 || (alignment & (alignment - 1)) != 0)
            return Status.InvalidArgument;
        if (!FindRun(count, Math.Max(alignment / Page.Size, 1), out ulong first))
            return Status.NoMemory;
        Mark(first, first + count, free: false);
        FreeFrames -= count;
        start = AddressOf(first);
        return Status.Ok;
    }

    /// <summary>Takes a frame back. InvalidArgument, and nothing happens, if it is not ours, not a frame, or free already.</summary>
    public Status Free(PhysicalAddress frame) => FreeContiguous(frame, 1);

    /// <summary>Takes a run of frames back, all or none; see <see cref="Free"/>.</summary>
    public Status FreeContiguous(PhysicalAddress start, ulong count)
    {
        ulong first = start.Value / Page.Size;
        if (!start.IsPageAligned || count == 0 || count > TotalFrames)
            return Status.InvalidArgument;
        for (ulong frame = first; frame < first + count; frame++)
        {
            if (!IsManaged(frame) || IsFree(frame))
                return Status.InvalidArgument;
        }

        Mark(first, first + count, free: true);
        FreeFrames += count;
        return Status.Ok;
    }

    private static PhysicalAddress AddressOf(ulong frame) => new(frame * Page.Size);

    private static ulong EndOfMemory(MemoryRange[] usable)
    {
        ulong end = 1;
        foreach (MemoryRange range in usable)
        {
            if (range.EndOfWholeFrames > end)
                end = range.EndOfWholeFrames;
        }

        return end < MaximumMemory / Page.Size ? end : MaximumMemory / Page.Size;
    }

    // Sets or clears the bits first .. end-1, as far as the bitmap reaches, a word at a time.
    private void Mark(ulong first, ulong end, bool free)
    {
        ulong limit = (ulong)_free.Length * BitsPerWord;
        if (end > limit)
            end = limit;
        while (first < end)
        {
            ulong inWord = BitsPerWord - first % BitsPerWord;
            ulong count = end - first < inWord ? end - first : inWord;
            ulong mask = (ulong.MaxValue >> (int)(BitsPerWord - count)) << (int)(first % BitsPerWord);
            ref ulong word = ref _free[(int)(first / BitsPerWord)];
            word = free ? word | mask : word & ~mask;
            first += count;
        }
    }

    private bool FindRun(ulong count, ulong step, out ulong first)
    {
        ulong limit = (ulong)_free.Length * BitsPerWord;
        first = 0;
        while (count <= limit && first <= limit - count)
        {
            ulong busy = first;
            while (busy < first + count && IsFree(busy))
                busy++;
            if (busy == first + count)
                return true;
            first = (NextFree(busy) + step - 1) & ~(step - 1);
        }

        return false;
    }

    // The first frame from here on that may be free: full words are skipped whole.
    private ulong NextFree(ulong frame)
    {
        ulong limit = (ulong)_free.Length * BitsPerWord;
        while (frame < limit && !IsFree(frame))
            frame = _free[(int)(frame / BitsPerWord)] == 0 ? (frame | (BitsPerWord - 1)) + 1 : frame + 1;
        return frame;
    }

    private bool IsFree(ulong frame) => (_free[(int)(frame / BitsPerWord)] >> (int)(frame % BitsPerWord) & 1) != 0;

    private bool IsManaged(ulong frame)
    {
        if (frame == 0 || frame >= (ulong)_free.Length * BitsPerWord)
            return false;
        foreach (MemoryRange range in _reserved)
        {
            if (frame >= range.FirstTouchedFrame && frame < range.EndOfTouchedFrames)
                return false;
        }

        foreach (MemoryRange range in _usable)
        {
            if (frame >= range.FirstWholeFrame && frame < range.EndOfWholeFrames)
                return true;
        }

        return false;
    }

    private ulong CountFree()
    {
        ulong count = 0;
        foreach (ulong word in _free)
            count += (ulong)BitOperations.PopCount(word);
        return count;
    }
}
