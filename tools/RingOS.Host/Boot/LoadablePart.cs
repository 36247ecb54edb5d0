// What a loader needs of an ELF file: headers and segments. Debug sections stay on the host, where gdb reads them. Next: BootArchive.cs
using System;
using System.Buffers.Binary;
using System.IO;
using System.Linq;

namespace RingOS.Host.Boot;

/// <summary>Cuts an ELF file after its last loaded byte.</summary>
public static class LoadablePart
{
    private const int SectionHeaderOffset = 40; // e_shoff, 8 bytes
    private const int SectionCount = 60; // e_shnum, then e_shstrndx, 2 bytes each

    /// <exception cref="RingOsException">The file is missing or no ELF file.</exception>
    public static byte[] Of(string path)
    {
        ElfFile elf = ElfFile.Read(path);
        byte[] file = File.ReadAllBytes(path);
        ulong end = elf.Segments.Select(static segment => segment.FileOffset + segment.FileSize).DefaultIfEmpty().Max();
        if (end < elf.HeadersEnd || end > (ulong)file.Length)
            return file;
        byte[] part = file[..(int)end];
        BinaryPrimitives.WriteUInt64LittleEndian(part.AsSpan(SectionHeaderOffset), 0);
        BinaryPrimitives.WriteUInt32LittleEndian(part.AsSpan(SectionCount), 0);
        return part;
    }
}
