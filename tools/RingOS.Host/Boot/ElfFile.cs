// Reads what the host needs of a 64-bit ELF file: type, entry, segments, symbols. System V ABI, chapters 4 and 5. Next: LoadablePart.cs
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace RingOS.Host.Boot;

/// <summary>What kind of image an ELF file is (e_type).</summary>
public enum ElfType : ushort
{
    Relocatable = 1, // ET_REL
    Executable = 2, // ET_EXEC
    PositionIndependent = 3, // ET_DYN
}

/// <summary>A symbol of <c>.symtab</c>.</summary>
/// <param name="Name">As in the file, not demangled; never empty.</param>
/// <param name="Address">Virtual address, or offset from the load address for position-independent files.</param>
/// <param name="Size">Bytes; 0 where an assembler did not say.</param>
/// <param name="IsFunction">The symbol's type is STT_FUNC, or it has no type and lies in an executable section (assembly labels).</param>
public sealed record ElfSymbol(string Name, ulong Address, ulong Size, bool IsFunction);

/// <summary>A loadable part of the file (PT_LOAD).</summary>
/// <param name="Address">Virtual address of its first byte.</param>
/// <param name="FileOffset">Where its bytes start in the file.</param>
/// <param name="FileSize">Bytes in the file.</param>
/// <param name="MemorySize">Bytes in memory; what exceeds <paramref name="FileSize"/> is zero.</param>
/// <param name="IsExecutable">The processor may execute it.</param>
/// <param name="IsWritable">The program may write to it.</param>
public sealed record ElfSegment(ulong Address, ulong FileOffset, ulong FileSize, ulong MemorySize, bool IsExecutable, bool IsWritable);

/// <summary>A 64-bit little-endian x86-64 ELF file.</summary>
public sealed class ElfFile
{
    private const int HeaderSize = 64;
    private const int SectionHeaderSize = 64;
    private const int ProgramHeaderSize = 56;
    private const int SymbolSize = 24;

    private const uint LoadSegment = 1; // PT_LOAD
    private const uint SymbolTable = 2; // SHT_SYMTAB
    private const ulong ExecutableSection = 4; // SHF_EXECINSTR
    private const byte NoType = 0; // STT_NOTYPE
    private const byte Function = 2; // STT_FUNC

    private readonly byte[] _file;
    private readonly string _path;

    private ElfFile(string path, byte[] file)
    {
        _path = path;
        _file = file;
        CheckHeader();
        Type = (ElfType)Half(16);
        Entry = Quad(24);
        Segments = ReadSegments();
        Symbols = ReadSymbols();
    }

    public ElfType Type { get; }

    /// <summary>Address of the first instruction (e_entry).</summary>
    public ulong Entry { get; }

    /// <summary>First byte of the file after the file header and the program headers.</summary>
    public ulong HeadersEnd => Quad(32) + ((ulong)Half(56) * ProgramHeaderSize);

    /// <summary>The PT_LOAD segments, in the file's order.</summary>
    public IReadOnlyList<ElfSegment> Segments { get; }

    /// <summary>Defined, named symbols, sorted by address; empty if the file is stripped.</summary>
    public IReadOnlyList<ElfSymbol> Symbols { get; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="RingOsException">The file is missing, or is not a well-formed 64-bit x86-64 ELF file.</exception>
    public static ElfFile Read(string path)
    {
        if (!File.Exists(path))
            throw new RingOsException($"{path} does not exist; build it with: ./ringos build");
        return Read(path, File.ReadAllBytes(path));
    }

    /// <summary>Reads a file's bytes; <paramref name="path"/> is only for error messages.</summary>
    /// <exception cref="RingOsException">They are not a well-formed 64-bit x86-64 ELF file.</exception>
    public static ElfFile Read(string path, byte[] file)
    {
        try
        {
            return new ElfFile(path, file);
        }
        catch (Exception exception) when (exception is ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            throw new RingOsException($"{path} is a damaged ELF file: a header points outside it");
        }
    }

    /// <summary>What the file has for a range of addresses: fewer bytes where a segment's part of the file ends before.</summary>
    public ReadOnlyMemory<byte> Loaded(ulong address, int length)
    {
        ElfSegment? segment = Segments.FirstOrDefault(segment => address - segment.Address < segment.FileSize);
        if (segment is null)
            return default;
        ulong skipped = address - segment.Address;
        return _file.AsMemory(checked((int)(segment.FileOffset + skipped)), (int)Math.Min((ulong)length, segment.FileSize - skipped));
    }

    /// <summary>The bytes of a section, such as ".debug_line"; empty if there is none of that name.</summary>
    public ReadOnlyMemory<byte> Section(string name)
    {
        int names = checked((int)Quad(SectionHeader(Half(62)) + 24));
        for (int index = 0; index < Half(60); index++)
        {
            int header = SectionHeader(index);
            if (Name(names + (int)Word(header)) == name)
                return _file.AsMemory(checked((int)Quad(header + 24)), checked((int)Quad(header + 32)));
        }
        return default;
    }

    private void CheckHeader()
    {
        ReadOnlySpan<byte> magic = [0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1];
        if (_file.Length < HeaderSize || !_file.AsSpan().StartsWith(magic) || Half(18) != 62) // EM_X86_64
            throw new RingOsException($"{_path} is not a 64-bit x86-64 ELF file");
    }

    private List<ElfSegment> ReadSegments()
    {
        int start = checked((int)Quad(32));
        int count = Half(56);
        List<ElfSegment> segments = [];
        for (int index = 0; index < count; index++)
        {
            int header = start + (index * ProgramHeaderSize);
            if (Word(header) != LoadSegment)
                continue;
            uint flags = Word(header + 4);
            segments.Add(new ElfSegment(Quad(header + 16), Quad(header + 8), Quad(header + 32), Quad(header + 40),
                (flags & 1) != 0, (flags & 2) != 0));
        }
        return segments;
    }

    private List<ElfSymbol> ReadSymbols()
    {
        List<ElfSymbol> symbols = [];
        int sections = Half(60);
        for (int index = 0; index < sections; index++)
        {
            int header = SectionHeader(index);
            if (Word(header + 4) == SymbolTable)
                ReadSymbolTable(header, symbols);
        }
        symbols.Sort(static (left, right) =>
        {
            int order = left.Address.CompareTo(right.Address);
            return order != 0 ? order : string.CompareOrdinal(left.Name, right.Name);
        });
        return symbols;
    }

    private void ReadSymbolTable(int header, List<ElfSymbol> symbols)
    {
        int start = checked((int)Quad(header + 24));
        int end = checked(start + (int)Quad(header + 32));
        int names = checked((int)Quad(SectionHeader((int)Word(header + 40)) + 24));
        for (int entry = start; entry < end; entry += SymbolSize)
        {
            int section = Half(entry + 6);
            string name = Name(names + (int)Word(entry));
            if (section == 0 || name.Length == 0)
                continue;
            symbols.Add(new ElfSymbol(name, Quad(entry + 8), Quad(entry + 16), IsFunction(_file[entry + 4] & 15, section)));
        }
    }

    private bool IsFunction(int type, int section)
    {
        if (type == Function)
            return true;
        const int FirstReservedSection = 0xFF00; // SHN_LORESERVE: absolute symbols and the like
        return type == NoType && section < FirstReservedSection && (Quad(SectionHeader(section) + 8) & ExecutableSection) != 0;
    }

    private int SectionHeader(int index) => checked((int)Quad(40)) + (index * SectionHeaderSize);

    private string Name(int offset)
    {
        ReadOnlySpan<byte> rest = _file.AsSpan(offset);
        return Encoding.ASCII.GetString(rest[..rest.IndexOf((byte)0)]);
    }

    private ushort Half(int offset) => BinaryPrimitives.ReadUInt16LittleEndian(_file.AsSpan(offset));

    private uint Word(int offset) => BinaryPrimitives.ReadUInt32LittleEndian(_file.AsSpan(offset));

    private ulong Quad(int offset) => BinaryPrimitives.ReadUInt64LittleEndian(_file.AsSpan(offset));
}
