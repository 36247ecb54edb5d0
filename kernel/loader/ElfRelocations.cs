// Where an image holds its own addresses, to be moved with it. System V gABI 4.1, chapter 5, "Dynamic Section". Next: ElfImage.cs
using System;
using RingOS.Abi;
using RingOS.Kernel.Memory;

namespace RingOS.Kernel.Loader;

/// <summary>
/// The relocations of a static position-independent program: all of them R_X86_64_RELATIVE, "store base + addend here".
/// A program that needs anything else of a dynamic linker is refused.
/// </summary>
public sealed class ElfRelocations
{
    private const int DynamicEntrySize = 16;
    private const int EntrySize = 24; // Elf64_Rela
    private const ulong Relative = 8; // R_X86_64_RELATIVE, no symbol

    private readonly ByteSource _file;
    private ulong _address; // DT_RELA
    private ulong _length; // DT_RELASZ
    private ulong _entrySize = EntrySize; // DT_RELAENT
    private ulong _fileOffset;

    private enum DynamicTag : ulong
    {
        End = 0, // DT_NULL
        NeededLibrary = 1, // DT_NEEDED
        ProcedureLinkageLength = 2, // DT_PLTRELSZ
        Relocations = 7, // DT_RELA
        RelocationsLength = 8, // DT_RELASZ
        RelocationSize = 9, // DT_RELAENT
        Initializer = 12, // DT_INIT
        RelocationsWithoutAddendLength = 18, // DT_RELSZ
        TextRelocations = 22, // DT_TEXTREL
        InitializersLength = 27, // DT_INIT_ARRAYSZ
        PackedRelocationsLength = 35, // DT_RELRSZ
    }

    internal ElfRelocations(ByteSource file)
    {
        _file = file;
    }

    public int Count => (int)(_length / EntrySize);

    /// <summary>Where to store base + <paramref name="addend"/>; both relative to the image. The index is below <see cref="Count"/>.</summary>
    public void Read(int index, out ulong target, out ulong addend)
    {
        ReadOnlySpan<byte> entry = Entry(index);
        target = LittleEndian.Read64(entry, 0); // r_offset
        addend = LittleEndian.Read64(entry, 16); // r_addend
    }

    /// <summary>Reads the dynamic section and checks every relocation against the segments. NotExecutable, or Ok.</summary>
    internal Status Read(ElfSegment? dynamic, ElfImage image)
    {
        if (dynamic is null)
            return Status.Ok;
        for (ulong offset = 0; offset + DynamicEntrySize <= dynamic.FileLength; offset += DynamicEntrySize)
        {
            ReadOnlySpan<byte> entry = _file.Slice(dynamic.FileOffset + offset, DynamicEntrySize);
            var tag = (DynamicTag)LittleEndian.Read64(entry, 0);
            if (tag == DynamicTag.End)
                break;
            if (!Accept(tag, LittleEndian.Read64(entry, 8)))
                return Status.NotExecutable;
        }

        return IsTableSane(image) && AreAllRelative(image) ? Status.Ok : Status.NotExecutable;
    }

    private bool Accept(DynamicTag tag, ulong value)
    {
        switch (tag)
        {
            case DynamicTag.Relocations:
                _address = value;
                return true;
            case DynamicTag.RelocationsLength:
                _length = value;
                return true;
            case DynamicTag.RelocationSize:
                _entrySize = value;
                return true;
            case DynamicTag.NeededLibrary or DynamicTag.TextRelocations:
                return false;
            case DynamicTag.ProcedureLinkageLength or DynamicTag.RelocationsWithoutAddendLength:
            case DynamicTag.PackedRelocationsLength or DynamicTag.InitializersLength or DynamicTag.Initializer:
                return value == 0;
            default:
                return true; // Symbols, strings, hashes, notes to debuggers: for linkers, which we are not.
        }
    }

    private bool IsTableSane(ElfImage image)
    {
        if (_length == 0)
            return true;
        return _entrySize == EntrySize && _length % EntrySize == 0 && _length <= ElfImage.MaximumExtent
            && image.TryFindInFile(_address, _length, out _fileOffset);
    }

    private bool AreAllRelative(ElfImage image)
    {
        for (int i = 0; i < Count; i++)
        {
            Read(i, out ulong target, out _);
            bool isRelative = LittleEndian.Read64(Entry(i), 8) == Relative; // r_info
            if (!isRelative || (target & 7) != 0 || !image.IsWritable(target, sizeof(ulong)))
                return false;
        }

        return true;
    }

    private ReadOnlySpan<byte> Entry(int index) => _file.Slice(_fileOffset + (ulong)index * EntrySize, EntrySize);
}
