// What is made of ELF files for booting: archive, symbols, menu. Code: tools/RingOS.Host/Boot
using System;
using System.Collections.Generic;
using System.Formats.Tar;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CsCheck;
using RingOS.Host;
using RingOS.Host.Boot;
using Xunit;

namespace RingOS.Tests.Unit.Host;

public sealed class BootImageTests
{
    // Two functions, an assembly label, data; linked at 0x400000.
    private const string Source = """
        bits 64
        global _start:function (_start.end - _start)
        global second:function 3
        section .text
        section_mark:
        _start:
            nop
            mov eax, [rel number]
        .end:
        second:
            ret
            nop
            nop
        label:
            ret
        section .data
        number: dd 7
        """;

    [Fact]
    public async Task SymbolsAndSegmentsOfARealFileAreRead()
    {
        using TemporaryFolder folder = new();
        ElfFile elf = ElfFile.Read(await LinkAsync(folder));
        Assert.Equal(ElfType.Executable, elf.Type);
        ElfSymbol start = elf.Symbols.Single(symbol => symbol.Name == "_start");
        Assert.Equal((elf.Entry, 7UL, true), (start.Address, start.Size, start.IsFunction));
        Assert.Equal(new ElfSymbol("second", start.Address + 7, 3, true), elf.Symbols.Single(symbol => symbol.Name == "second"));
        Assert.Equal(new ElfSymbol("label", start.Address + 10, 0, true), elf.Symbols.Single(symbol => symbol.Name == "label"));
        Assert.False(elf.Symbols.Single(symbol => symbol.Name == "number").IsFunction);
        ElfSegment code = elf.Segments.Single(segment => start.Address - segment.Address < segment.MemorySize);
        Assert.Equal((true, false), (code.IsExecutable, code.IsWritable));
        Assert.Equal(elf.Symbols.Select(symbol => symbol.Address).Order(), elf.Symbols.Select(symbol => symbol.Address));
    }

    [Fact]
    public async Task TheLoadablePartLoadsTheSameBytesAndHasNoSections()
    {
        using TemporaryFolder folder = new();
        string path = await LinkAsync(folder);
        ElfFile whole = ElfFile.Read(path);
        byte[] part = LoadablePart.Of(path);
        ElfFile cut = ElfFile.Read("part", part);
        Assert.True(part.Length < new FileInfo(path).Length);
        Assert.Empty(cut.Symbols);
        Assert.Equal(whole.Entry, cut.Entry);
        Assert.Equal(whole.Segments, cut.Segments);
        byte[] file = await File.ReadAllBytesAsync(path);
        foreach (ElfSegment segment in whole.Segments.Where(segment => segment.FileOffset > 0))
            Assert.Equal(Bytes(file, segment), Bytes(part, segment));
    }

    // Whatever bytes are wrong, the reader says so in its own words or reads something; it never fails otherwise.
    [Fact]
    public async Task DamagedFilesAreRefusedNotFatal()
    {
        using TemporaryFolder folder = new();
        byte[] good = await File.ReadAllBytesAsync(await LinkAsync(folder));
        Assert.Throws<RingOsException>(() => ElfFile.Read("empty", []));
        Assert.Throws<RingOsException>(() => ElfFile.Read("text", Encoding.ASCII.GetBytes(new string('x', 100))));
        Assert.Throws<RingOsException>(() => ElfFile.Read("/nowhere/kernel.elf"));
        Gen.Select(Gen.Int[0, good.Length - 1], Gen.Byte, Gen.Int[0, good.Length]).Sample((index, value, length) =>
        {
            byte[] bad = [.. good];
            bad[index] = value;
            try
            {
                _ = ElfFile.Read("bad", bad[..length]);
            }
            catch (RingOsException failure)
            {
                Assert.Contains("bad", failure.Message, StringComparison.Ordinal);
            }
        });
    }

    [Fact]
    public async Task TheSymbolFileNamesEachFunctionOnceSorted()
    {
        using TemporaryFolder folder = new();
        ElfFile elf = ElfFile.Read(await LinkAsync(folder));
        string[] lines = Encoding.ASCII.GetString(KernelSymbols.Format(elf)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        ulong start = elf.Entry;
        // section_mark and _start.end share their addresses with sized functions, which are the better names.
        Assert.Equal([$"{start:x16} _start", $"{start + 7:x16} second", $"{start + 10:x16} label"], lines);
    }

    [Fact]
    public void ArchivesAreSortedUstarAndTheSameBytesForTheSameContents()
    {
        ArchiveFile[] files = [new("service/net", [1, 2, 3]), new("bin/iperf", new byte[600]), new("kernel.symbols", [])];
        byte[] first = Archive(files);
        byte[] second = Archive(files.Reverse());
        Assert.Equal(first, second);

        using TarReader reader = new(new MemoryStream(first));
        List<(string Name, long Length)> found = [];
        while (reader.GetNextEntry() is { } entry)
        {
            Assert.Equal(TarEntryFormat.Ustar, entry.Format);
            found.Add((entry.Name, entry.Length));
        }
        Assert.Equal([("bin/iperf", 600), ("kernel.symbols", 0), ("service/net", 3)], found);
    }

    [Fact]
    public void TheMenuBootsTheKernelWithItsArchive()
    {
        string menu = IsoImage.Menu("placement=ring3 nic=e1000 -- iperf -c 10.0.2.2 $x;");
        Assert.Contains(
            "multiboot2 /boot/kernel.elf placement=ring3 nic=e1000 -- iperf -c 10.0.2.2 '$x;'\n", menu, StringComparison.Ordinal);
        Assert.Contains("module2 /boot/ringos.tar ringos.tar\n", menu, StringComparison.Ordinal);
        Assert.StartsWith("set timeout=0\n", menu, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnIsoThatCannotBeMadeLeavesNothingBehind()
    {
        using TemporaryFolder folder = new();
        string kernel = await LinkAsync(folder);
        string[] before = folder.Entries;
        await Assert.ThrowsAsync<RingOsException>(
            () => IsoImage.WriteAsync(folder["out.iso"], kernel, folder["missing.tar"], "-- hello", CancellationToken.None));
        Assert.Equal(before.Order(), folder.Entries.Order());
    }

    [Fact]
    public async Task AnIsoIsWritten()
    {
        using TemporaryFolder folder = new();
        string kernel = await LinkAsync(folder);
        BootArchive.Write(folder["ringos.tar"], [new ArchiveFile("bin/hello", [1])]);
        await IsoImage.WriteAsync(folder["out.iso"], kernel, folder["ringos.tar"], "-- hello", CancellationToken.None);
        byte[] image = await File.ReadAllBytesAsync(folder["out.iso"]);
        const int VolumeDescriptor = 16 * 2048;
        Assert.Equal("CD001", Encoding.ASCII.GetString(image, VolumeDescriptor + 1, 5));
    }

    private static byte[] Bytes(byte[] file, ElfSegment segment)
        => file[(int)segment.FileOffset..(int)(segment.FileOffset + segment.FileSize)];

    private static byte[] Archive(IEnumerable<ArchiveFile> files)
    {
        using MemoryStream stream = new();
        BootArchive.Write(stream, files);
        return stream.ToArray();
    }

    private static async Task<string> LinkAsync(TemporaryFolder folder)
    {
        await File.WriteAllTextAsync(folder["a.asm"], Source);
        await RunAsync("nasm", "-f", "elf64", "-o", folder["a.o"], folder["a.asm"]);
        await RunAsync("ld.lld", "-static", "-nostdlib", "--image-base=0x400000", "-o", folder["a.elf"], folder["a.o"]);
        return folder["a.elf"];
    }

    private static async Task RunAsync(string tool, params string[] arguments)
    {
        ToolResult result = await ExternalTool.RunAsync(tool, arguments, CancellationToken.None);
        Assert.True(result.ExitCode == 0, result.Output);
    }
}
