// Writes small ELF programs, right or wrong on purpose. Next: LoaderBench.cs
using System;
using System.Buffers.Binary;
using System.Collections.Generic;

namespace RingOS.Tests.Unit.Loader;

/// <summary>
/// A position-independent program as `ld.lld -pie` lays it out: constants with headers and relocations (R), code (R-X), data
/// that is read-only after relocation, data with a zeroed tail. Change a field, then <see cref="Build"/>.
/// </summary>
internal sealed class ElfBuilder
{
    public const int HeaderSize = 64;
    public const int ProgramHeaderSize = 56;
    public const ulong CodeAddress = 0x2000;
    public const ulong RelroAddress = 0x4000;
    public const ulong DataAddress = 0x6000;
    public const ulong RelocationsAddress = 0x800;
    public const ulong DynamicOffset = 0x3000;
    public const uint Load = 1;
    public const uint Dynamic = 2;
    public const uint Relro = 0x6474E552;
    public const uint Stack = 0x6474E551;

    public ulong Entry { get; set; } = CodeAddress + 0x10;

    public List<Segment> Segments { get; } =
    [
        new(Load, flags: 4, offset: 0, address: 0, fileLength: 0x1000),
        new(Load, flags: 5, offset: 0x2000, address: CodeAddress, fileLength: 0x234),
        new(Load, flags: 6, offset: 0x3000, address: RelroAddress, fileLength: 0x1000),
        new(Load, flags: 6, offset: 0x4010, address: DataAddress + 0x10, fileLength: 0x1008, length: 0x2800),
        new(Dynamic, flags: 6, offset: DynamicOffset, address: RelroAddress, fileLength: 0x90),
        new(Relro, flags: 4, offset: 0x3000, address: RelroAddress, fileLength: 0x1000),
        new(Stack, flags: 6, offset: 0, address: 0, fileLength: 0),
    ];

    public List<(ulong Target, ulong Info, ulong Addend)> Relocations { get; } =
    [
        (RelroAddress + 0x800, 8, CodeAddress + 0x20),
        (DataAddress + 0x10, 8, DataAddress + 0x18),
        (DataAddress + 0x1FF8, 8, 0x40), // in the zeroed tail
    ];

    public List<(ulong Tag, ulong Value)> DynamicEntries { get; } = [];

    /// <summary>The bytes: code is 0x90, constants 0x11, data 0x22.</summary>
    public byte[] Build()
    {
        byte[] file = new byte[0x5018];
        file.AsSpan(0xC00, 0x400).Fill(0x11);
        file.AsSpan(0x2000, 0x234).Fill(0x90);
        file.AsSpan(0x4010, 0x1008).Fill(0x22);
        WriteHeader(file);
        for (int i = 0; i < Segments.Count; i++)
            Segments[i].Write(file.AsSpan(HeaderSize + i * ProgramHeaderSize, ProgramHeaderSize));
        WriteRelocations(file);
        WriteDynamic(file);
        return file;
    }

    private void WriteHeader(byte[] file)
    {
        new byte[] { 0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1 }.CopyTo(file, 0);
        Write16(file, 16, 3);
        Write16(file, 18, 62);
        Write32(file, 20, 1);
        Write64(file, 24, Entry);
        Write64(file, 32, HeaderSize);
        Write16(file, 52, HeaderSize);
        Write16(file, 54, ProgramHeaderSize);
        Write16(file, 56, (ushort)Segments.Count);
    }

    private void WriteRelocations(byte[] file)
    {
        for (int i = 0; i < Relocations.Count; i++)
        {
            int at = (int)RelocationsAddress + i * 24;
            Write64(file, at, Relocations[i].Target);
            Write64(file, at + 8, Relocations[i].Info);
            Write64(file, at + 16, Relocations[i].Addend);
        }
    }

    private void WriteDynamic(byte[] file)
    {
        var entries = new List<(ulong Tag, ulong Value)>
        {
            (7, RelocationsAddress), (8, (ulong)Relocations.Count * 24), (9, 24), (0x6FFFFFF9, (ulong)Relocations.Count), (5, 0x100),
        };
        entries.AddRange(DynamicEntries);
        for (int i = 0; i < entries.Count; i++)
        {
            Write64(file, (int)DynamicOffset + i * 16, entries[i].Tag);
            Write64(file, (int)DynamicOffset + i * 16 + 8, entries[i].Value);
        }
    }

    public static void Write16(byte[] file, int at, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(at), value);

    public static void Write32(byte[] file, int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(at), value);

    public static void Write64(byte[] file, int at, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(at), value);

    internal sealed class Segment(uint type, uint flags, ulong offset, ulong address, ulong fileLength, ulong? length = null)
    {
        public uint Type { get; set; } = type;

        public uint Flags { get; set; } = flags;

        public ulong Offset { get; set; } = offset;

        public ulong Address { get; set; } = address;

        public ulong FileLength { get; set; } = fileLength;

        public ulong Length { get; set; } = length ?? fileLength;

        public ulong Alignment { get; set; } = 0x1000;

        public void Write(Span<byte> header)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(header, Type);
            BinaryPrimitives.WriteUInt32LittleEndian(header[4..], Flags);
            ulong[] fields = [Offset, Address, Address, FileLength, Length, Alignment];
            for (int i = 0; i < fields.Length; i++)
                BinaryPrimitives.WriteUInt64LittleEndian(header[(8 + i * 8)..], fields[i]);
        }
    }
}
