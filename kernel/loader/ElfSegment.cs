// One program header: a piece of the file and where it goes in memory. System V gABI 4.1, chapter 5. Next: ElfRelocations.cs
using System;
using RingOS.Kernel.Memory;

namespace RingOS.Kernel.Loader;

/// <summary>What a program header is about; kinds that are not here do not matter to us.</summary>
internal enum ElfSegmentKind : uint
{
    Load = 1, // PT_LOAD
    Dynamic = 2, // PT_DYNAMIC
    Interpreter = 3, // PT_INTERP
    ReadOnlyAfterRelocation = 0x6474E552, // PT_GNU_RELRO
}

/// <summary>A program header, addresses relative to where the image is loaded. Nothing is trusted before <see cref="IsInBounds"/>.</summary>
public sealed class ElfSegment
{
    internal const int HeaderSize = 56;

    private const uint Executable = 1; // PF_X
    private const uint Writable = 2; // PF_W

    private readonly uint _flags; // p_flags
    private readonly ulong _alignment; // p_align

    internal ElfSegment(ReadOnlySpan<byte> header)
    {
        Kind = (ElfSegmentKind)LittleEndian.Read32(header, 0);
        _flags = LittleEndian.Read32(header, 4);
        FileOffset = LittleEndian.Read64(header, 8);
        Start = LittleEndian.Read64(header, 16);
        FileLength = LittleEndian.Read64(header, 32);
        Length = LittleEndian.Read64(header, 40);
        _alignment = LittleEndian.Read64(header, 48);
    }

    internal ElfSegmentKind Kind { get; } // p_type

    public ulong FileOffset { get; } // p_offset

    public ulong Start { get; } // p_vaddr

    /// <summary>Bytes that come from the file; zeros follow up to <see cref="Length"/>.</summary>
    public ulong FileLength { get; } // p_filesz

    public ulong Length { get; } // p_memsz

    public bool IsWritable => (_flags & Writable) != 0;

    public bool IsExecutable => (_flags & Executable) != 0;

    /// <summary>Whole pages from here ...</summary>
    public ulong FirstPage => Page.RoundDown(Start);

    /// <summary>... up to here, exclusive.</summary>
    public ulong EndPage => Page.RoundUp(Start + Length);

    public PageFlags Permissions
        => IsExecutable ? PageFlags.UserCode : IsWritable ? PageFlags.UserData : PageFlags.UserConstants;

    /// <summary>Inside the file and inside an image of the largest size, so that no sum of its fields overflows.</summary>
    internal bool IsInBounds(ByteSource file)
        => FileLength <= Length
            && Length <= ElfImage.MaximumExtent
            && Start <= ElfImage.MaximumExtent - Length
            && file.Contains(FileOffset, FileLength);

    /// <summary>A loadable segment that pages can hold: not empty, not writable and executable, same place in its page in file and memory.</summary>
    internal bool IsLoadable(ByteSource file)
        => IsInBounds(file)
            && Length != 0
            && !(IsWritable && IsExecutable)
            && (_alignment & (_alignment - 1)) == 0
            && Page.IsAligned(FileOffset - Start);

    /// <summary>Whether these bytes of memory are in the segment.</summary>
    internal bool Contains(ulong address, ulong length)
        => address >= Start && length <= Length && address - Start <= Length - length;

    /// <summary>Whether these bytes of memory come from the file.</summary>
    internal bool ContainsFromFile(ulong address, ulong length)
        => address >= Start && length <= FileLength && address - Start <= FileLength - length;
}
