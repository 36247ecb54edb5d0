// Files come out of real tar archives, and nothing bad out of broken ones. Subjects: BootArchive.cs, TarHeader.cs
using System;
using System.Formats.Tar;
using System.IO;
using System.Linq;
using System.Text;
using CsCheck;
using RingOS.Abi;
using RingOS.Kernel.Loader;
using RingOS.Kernel.Memory;
using Xunit;

namespace RingOS.Tests.Unit.Loader;

public sealed class BootArchiveTests
{
    private const int Block = 512;

    [Theory]
    [InlineData(TarEntryFormat.Ustar)]
    [InlineData(TarEntryFormat.Pax)]
    [InlineData(TarEntryFormat.Gnu)]
    public void ArchivesOfTheLibraryAreRead(TarEntryFormat format)
    {
        byte[] tar = Write(format, ("iperf", Bytes(1000)), ("etc/motd", Bytes(512)), ("empty", []), ("./hello", Bytes(1)));
        var archive = new BootArchive(new ArrayBytes(tar));
        Assert.Equal(Status.Ok, archive.Integrity);
        Assert.Equal(["iperf", "etc/motd", "empty", "hello"], Enumerable.Range(0, archive.Count).Select(index => PathOf(archive, index)));
        Assert.Equal(Bytes(1000), Content(archive, "iperf"));
        Assert.Equal(Bytes(512), Content(archive, "etc/motd"));
        Assert.Equal([], Content(archive, "empty"));
        Assert.Equal(Bytes(1), Content(archive, "hello"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("iper")]
    [InlineData("iperf2")]
    [InlineData("IPERF")]
    [InlineData("./iperf")]
    [InlineData("etc")]
    [InlineData("etc/")]
    public void OtherPathsAreNoSuchFile(string path)
    {
        var archive = new BootArchive(new ArrayBytes(Write(TarEntryFormat.Ustar, ("iperf", Bytes(9)), ("etc/motd", []))));
        Assert.Equal(Status.NoSuchFile, archive.Open(Encoding.ASCII.GetBytes(path), out ByteSource? file));
        Assert.Null(file);
    }

    [Fact]
    public void LongPathsUseThePrefix()
    {
        string path = new string('d', 90) + "/" + new string('f', 95);
        var archive = new BootArchive(new ArrayBytes(Write(TarEntryFormat.Ustar, (path, Bytes(5)))));
        Assert.Equal(path, PathOf(archive, 0));
        Assert.Equal(Bytes(5), Content(archive, path));
        Assert.Equal(Status.NoSuchFile, archive.Find(Encoding.ASCII.GetBytes(path.Replace('/', 'x')), out _));
        Assert.Equal(0, archive.CopyPath(0, new byte[path.Length - 1]));
        Assert.Equal(0, archive.CopyPath(1, new byte[300]));
        Assert.Equal(0, archive.CopyPath(-1, new byte[300]));
    }

    [Fact]
    public void AFullNameFieldHasNoEnd()
    {
        string path = new('n', 100);
        Assert.Equal(Bytes(5), Content(new BootArchive(new ArrayBytes(Write(TarEntryFormat.Ustar, (path, Bytes(5))))), path));
    }

    [Fact]
    public void TheLastOfEqualPathsCounts()
    {
        var archive = new BootArchive(new ArrayBytes(Write(TarEntryFormat.Ustar, ("a", Bytes(3)), ("b", []), ("a", Bytes(7)))));
        Assert.Equal(Bytes(7), Content(archive, "a"));
        Assert.Equal(Status.InvalidArgument, archive.Open(3, out _));
    }

    [Fact]
    public void FoldersAndLinksArePassedOver()
    {
        using var stream = new MemoryStream();
        using (var writer = new TarWriter(stream, TarEntryFormat.Ustar, leaveOpen: true))
        {
            writer.WriteEntry(new UstarTarEntry(TarEntryType.Directory, "etc/"));
            writer.WriteEntry(new UstarTarEntry(TarEntryType.SymbolicLink, "link") { LinkName = "iperf" });
            writer.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, "iperf") { DataStream = new MemoryStream(Bytes(4)) });
        }

        var archive = new BootArchive(new ArrayBytes(stream.ToArray()));
        Assert.Equal(Status.Ok, archive.Integrity);
        Assert.Equal("iperf", PathOf(archive, 0));
        Assert.Equal(1, archive.Count);
    }

    [Fact]
    public void AnArchiveCutAnywhereKeepsItsWholeFiles()
    {
        byte[] tar = Write(TarEntryFormat.Ustar, ("a", Bytes(600)), ("b", Bytes(100)), ("c", Bytes(10)));
        int endMarker = Block + 1024 + Block + 512 + Block + 512;
        for (int length = 0; length < tar.Length; length += 50)
        {
            var archive = new BootArchive(new ArrayBytes(tar[..length]));
            Assert.Equal(length >= endMarker + Block ? Status.Ok : Status.IoError, archive.Integrity);
            Assert.Equal(new[] { Block + 600, 2048 + 100, 3072 + 10 }.Count(end => length >= end), archive.Count);
            if (archive.Count > 0)
                Assert.Equal(Bytes(600), Content(archive, "a"));
        }
    }

    [Theory]
    [InlineData(124, "77777777777\0")] // size: 8 GiB less one
    [InlineData(124, "00000100001\0")] // one byte more than there is
    [InlineData(124, "8\0")] // not octal
    [InlineData(124, "0000000001x\0")]
    [InlineData(124, "           \0")]
    [InlineData(124, "\0\0\0\0\0\0\0\0\0\0\0\0")]
    [InlineData(124, "\u0080\0\0\0\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF")] // binary form
    [InlineData(124, "\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF")]
    [InlineData(257, "zip  ")] // magic
    public void BadHeadersEndTheArchiveEvenWithARightChecksum(int offset, string field)
    {
        byte[] tar = Write(TarEntryFormat.Ustar, ("a", Bytes(100)), ("b", Bytes(100)), ("c", Bytes(100)));
        Encoding.Latin1.GetBytes(field).CopyTo(tar, 1024 + offset);
        FixChecksum(tar.AsSpan(1024, Block));
        var archive = new BootArchive(new ArrayBytes(tar));
        Assert.Equal(Status.IoError, archive.Integrity);
        Assert.Equal(1, archive.Count);
        Assert.Equal(Bytes(100), Content(archive, "a"));
    }

    [Fact]
    public void EveryDamagedHeaderByteIsNoticed()
    {
        byte[] tar = Write(TarEntryFormat.Ustar, ("a", Bytes(100)), ("b", Bytes(100)));
        for (int i = 0; i < Block; i++)
        {
            byte[] damaged = (byte[])tar.Clone();
            damaged[1024 + i] ^= 0x41;
            var archive = new BootArchive(new ArrayBytes(damaged));

            // What ends the checksum's number does not matter; its digits do.
            bool isSeparator = i is 154 or 155;
            Assert.True(isSeparator || archive.Integrity == Status.IoError, $"byte {i}");
        }
    }

    [Fact]
    public void AnyBytesAreSafe()
        => Gen.Select(Gen.Int[0, 4095], Gen.Byte).Array[0, 20].Select(Gen.Bool).Sample(
            (changes, fixChecksums) =>
            {
                byte[] tar = Write(TarEntryFormat.Ustar, ("a", Bytes(100)), ("dir/b", Bytes(700)), ("c", []));
                foreach ((int offset, byte value) in changes)
                    tar[Math.Min(offset, tar.Length - 1)] = value;
                for (int at = 0; fixChecksums && at + Block <= tar.Length; at += Block)
                    FixChecksum(tar.AsSpan(at, Block));
                ReadAll(new BootArchive(new ArrayBytes(tar)));
            },
            iter: 1000, threads: 1);

    [Fact]
    public void FilesBeyondTheLimitAreNotFoundAndThatIsSaid()
    {
        (string, byte[])[] files = [.. Enumerable.Range(0, BootArchive.MaximumFiles + 1).Select(static number => ($"f{number}", Array.Empty<byte>()))];
        BootArchive archive = new(new ArrayBytes(Write(TarEntryFormat.Ustar, files)));
        Assert.Equal((BootArchive.MaximumFiles, Status.IoError), (archive.Count, archive.Integrity));
        BootArchive all = new(new ArrayBytes(Write(TarEntryFormat.Ustar, files[1..])));
        Assert.Equal((BootArchive.MaximumFiles, Status.Ok), (all.Count, all.Integrity));
    }

    [Fact]
    public void RandomAndEmptyBytesAreSafe()
    {
        Gen.Byte.Array[0, 3000].Sample(bytes => { ReadAll(new BootArchive(new ArrayBytes(bytes))); }, iter: 300, threads: 1);
        Assert.Equal(Status.IoError, new BootArchive(new ArrayBytes([])).Integrity);
        Assert.Equal(Status.Ok, new BootArchive(new ArrayBytes(new byte[1024])).Integrity);
    }

    private static void ReadAll(BootArchive archive)
    {
        byte[] path = new byte[300];
        for (int i = 0; i < archive.Count; i++)
        {
            Assert.Equal(Status.Ok, archive.Open(i, out ByteSource? file));
            Assert.Equal(file!.Length, (ulong)file.Slice(0, (int)file.Length).Length);
            int length = archive.CopyPath(i, path);
            Assert.Equal(Status.Ok, archive.Find(path.AsSpan(0, length), out _));
        }
    }

    private static byte[] Write(TarEntryFormat format, params (string Path, byte[] Content)[] files)
    {
        using var stream = new MemoryStream();
        using (var writer = new TarWriter(stream, format, leaveOpen: true))
        {
            foreach ((string path, byte[] content) in files)
                writer.WriteEntry(Entry(format, path, content));
        }

        return stream.ToArray();
    }

    private static TarEntry Entry(TarEntryFormat format, string path, byte[] content)
    {
        TarEntry entry = format switch
        {
            TarEntryFormat.Ustar => new UstarTarEntry(TarEntryType.RegularFile, path),
            TarEntryFormat.Pax => new PaxTarEntry(TarEntryType.RegularFile, path),
            _ => new GnuTarEntry(TarEntryType.RegularFile, path),
        };
        entry.DataStream = new MemoryStream(content);
        return entry;
    }

    private static void FixChecksum(Span<byte> header)
    {
        header.Slice(148, 8).Fill((byte)' ');
        int sum = 0;
        foreach (byte value in header)
            sum += value;
        if (sum == 8 * ' ')
            header.Slice(148, 8).Clear(); // the end marker stays what it is
        else
            Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(header.Slice(148, 8));
    }

    private static byte[] Bytes(int count) => Enumerable.Range(0, count).Select(i => (byte)(i * 31 + count)).ToArray();

    private static byte[] Content(BootArchive archive, string path)
    {
        Assert.Equal(Status.Ok, archive.Open(Encoding.ASCII.GetBytes(path), out ByteSource? file));
        return file!.Slice(0, (int)file.Length).ToArray();
    }

    private static string PathOf(BootArchive archive, int index)
    {
        byte[] path = new byte[300];
        return Encoding.ASCII.GetString(path, 0, archive.CopyPath(index, path));
    }
}
