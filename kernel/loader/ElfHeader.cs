// The first 64 bytes of an ELF file. System V gABI 4.1, chapter 4, and its AMD64 supplement. Next: ElfSegment.cs
using System;
using RingOS.Abi;
using RingOS.Kernel.Memory;

namespace RingOS.Kernel.Loader;

/// <summary>What the file header says, once it is known to describe a position-independent x86-64 program.</summary>
internal sealed class ElfHeader
{
    public const int Size = 64;
    public const int MaximumProgramHeaders = 64;

    private const uint Magic = 0x464C457F; // "\x7fELF"
    private const byte Class64 = 2; // ELFCLASS64
    private const byte LeastSignificantFirst = 1; // ELFDATA2LSB
    private const byte CurrentVersion = 1; // EV_CURRENT
    private const ushort SharedObject = 3; // ET_DYN
    private const ushort MachineX64 = 62; // EM_X86_64

    /// <summary>First instruction, relative to where the image is loaded.</summary>
    public ulong Entry { get; private set; } // e_entry

    public ulong ProgramHeaders { get; private set; } // e_phoff

    public int ProgramHeaderCount { get; private set; } // e_phnum

    /// <summary>NotExecutable unless everything here is as it must be and the program headers are inside the file.</summary>
    public Status Read(ByteSource file)
    {
        ReadOnlySpan<byte> bytes = file.Slice(0, Size);
        if (bytes.Length != Size || !IsOurKind(bytes))
            return Status.NotExecutable;
        Entry = LittleEndian.Read64(bytes, 24);
        ProgramHeaders = LittleEndian.Read64(bytes, 32);
        ProgramHeaderCount = LittleEndian.Read16(bytes, 56);
        bool isSane = ProgramHeaderCount is > 0 and <= MaximumProgramHeaders
            && file.Contains(ProgramHeaders, (ulong)ProgramHeaderCount * ElfSegment.HeaderSize);
        return isSane ? Status.Ok : Status.NotExecutable;
    }

    private static bool IsOurKind(ReadOnlySpan<byte> bytes)
        => LittleEndian.Read32(bytes, 0) == Magic
            && bytes[4] == Class64
            && bytes[5] == LeastSignificantFirst
            && bytes[6] == CurrentVersion
            && LittleEndian.Read16(bytes, 16) == SharedObject
            && LittleEndian.Read16(bytes, 18) == MachineX64
            && LittleEndian.Read32(bytes, 20) == CurrentVersion
            && LittleEndian.Read16(bytes, 52) == Size // e_ehsize
            && LittleEndian.Read16(bytes, 54) == ElfSegment.HeaderSize; // e_phentsize
}
