// A program file that has been found fit to run: segments, entry, relocations. Next: ProcessLayout.cs
using System;
using RingOS.Abi;
using RingOS.Kernel.Memory;

namespace RingOS.Kernel.Loader;

/// <summary>
/// A 64-bit little-endian x86-64 ET_DYN program without interpreter and libraries. Everything is checked by <see cref="Open"/>:
/// the file is untrusted, but an ElfImage is not. Addresses are relative to where the image will be loaded.
/// </summary>
public sealed class ElfImage
{
    /// <summary>Largest image in memory, bytes.</summary>
    public const ulong MaximumExtent = 64ul << 20;

    private readonly ElfSegment?[] _segments = new ElfSegment?[ElfHeader.MaximumProgramHeaders];
    private ElfSegment? _dynamic;

    private ElfImage(ByteSource file)
    {
        File = file;
        Relocations = new ElfRelocations(file);
    }

    public ByteSource File { get; }

    /// <summary>First instruction, in an executable segment.</summary>
    public ulong Entry { get; private set; }

    /// <summary>Loadable segments, ascending, never two in one page.</summary>
    public int SegmentCount { get; private set; }

    public ElfRelocations Relocations { get; }

    /// <summary>Part of a writable segment that becomes read-only after relocation, or null. Only its whole pages count.</summary>
    public ElfSegment? ReadOnlyAfterRelocation { get; private set; }

    /// <summary>NotExecutable for any file that is not, in every respect, a program of this kind.</summary>
    public static Status Open(ByteSource file, out ElfImage? image)
    {
        image = null;
        var header = new ElfHeader();
        var candidate = new ElfImage(file);
        Status status = header.Read(file);
        if (status == Status.Ok)
            status = candidate.ReadSegments(header);
        if (status == Status.Ok)
            status = candidate.CheckEntry(header.Entry);
        if (status == Status.Ok)
            status = candidate.Relocations.Read(candidate._dynamic, candidate);
        if (status == Status.Ok)
            image = candidate;
        return status;
    }

    /// <summary>A loadable segment; the index is below <see cref="SegmentCount"/>.</summary>
    public ElfSegment Segment(int index) => _segments[index]!;

    /// <summary>Whether all these bytes are in one writable segment.</summary>
    internal bool IsWritable(ulong address, ulong length)
    {
        for (int i = 0; i < SegmentCount; i++)
        {
            if (Segment(i).Contains(address, length))
                return Segment(i).IsWritable;
        }

        return false;
    }

    /// <summary>Where in the file these bytes of the image come from; false unless all of them do, from one segment.</summary>
    internal bool TryFindInFile(ulong address, ulong length, out ulong offset)
    {
        offset = 0;
        for (int i = 0; i < SegmentCount; i++)
        {
            ElfSegment segment = Segment(i);
            if (!segment.ContainsFromFile(address, length))
                continue;
            offset = segment.FileOffset + (address - segment.Start);
            return true;
        }

        return false;
    }

    private Status ReadSegments(ElfHeader header)
    {
        for (int i = 0; i < header.ProgramHeaderCount; i++)
        {
            ulong offset = header.ProgramHeaders + (ulong)i * ElfSegment.HeaderSize;
            var segment = new ElfSegment(File.Slice(offset, ElfSegment.HeaderSize));
            if (!Accept(segment))
                return Status.NotExecutable;
        }

        bool isRelroSane = ReadOnlyAfterRelocation is null || IsInWritablePages(ReadOnlyAfterRelocation);
        return SegmentCount != 0 && isRelroSane ? Status.Ok : Status.NotExecutable;
    }

    private bool Accept(ElfSegment segment)
    {
        switch (segment.Kind)
        {
            case ElfSegmentKind.Load:
                return AddLoadable(segment);
            case ElfSegmentKind.Dynamic:
                bool isFirst = _dynamic is null;
                _dynamic = segment;
                return isFirst && segment.IsInBounds(File);
            case ElfSegmentKind.ReadOnlyAfterRelocation:
                bool isOnly = ReadOnlyAfterRelocation is null;
                ReadOnlyAfterRelocation = segment;
                return isOnly && segment.IsInBounds(File);
            case ElfSegmentKind.Interpreter:
                return false;
            default:
                return true;
        }
    }

    private bool AddLoadable(ElfSegment segment)
    {
        if (!segment.IsLoadable(File))
            return false;
        if (SegmentCount != 0 && segment.FirstPage < Segment(SegmentCount - 1).EndPage)
            return false;
        _segments[SegmentCount++] = segment;
        return true;
    }

    private bool IsInWritablePages(ElfSegment part)
    {
        for (int i = 0; i < SegmentCount; i++)
        {
            ElfSegment segment = Segment(i);
            if (segment.IsWritable && part.Start >= segment.FirstPage && part.Start + part.Length <= segment.EndPage)
                return true;
        }

        return false;
    }

    private Status CheckEntry(ulong entry)
    {
        Entry = entry;
        for (int i = 0; i < SegmentCount; i++)
        {
            if (Segment(i).IsExecutable && Segment(i).ContainsFromFile(entry, 1))
                return Status.Ok;
        }

        return Status.NotExecutable;
    }
}
