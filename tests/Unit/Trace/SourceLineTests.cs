// Addresses to source lines. Code: tools/RingOS.Trace/SourceLines.cs, tools/RingOS.Host/Tracing/LineProgram.cs. Next: ChromeTraceTests.cs
using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using RingOS.Host;
using RingOS.Host.Machines;
using RingOS.Host.Tracing;
using RingOS.Trace;
using Xunit;

namespace RingOS.Tests.Unit.Trace;

public class SourceLineTests
{
    private static readonly SourceLine s_first = new("A.cs", 1, "a");
    private static readonly SourceLine s_second = new("A.cs", 2, "b");

    [Fact]
    public void ALineReachesToTheNext()
    {
        SourceLines lines = new([(30, null), (10, s_first), (20, s_second)]);
        Assert.Null(lines.At(9));
        Assert.Equal(s_first, lines.At(10));
        Assert.Equal(s_first, lines.At(19));
        Assert.Equal(s_second, lines.At(29));
        Assert.Null(lines.At(30));
        Assert.Null(SourceLines.None.At(10));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AnEndDoesNotHideWhatBeginsThere(bool endIsFirst)
    {
        (ulong, SourceLine?)[] rows = endIsFirst ? [(10, null), (10, s_first)] : [(10, s_first), (10, null)];
        Assert.Equal(s_first, new SourceLines(rows).At(10));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void ALineProgramIsRun(int version)
    {
        byte[] section = Unit(version,
            [0, 9, 2, 0x00, 0x10, 0, 0, 0, 0, 0, 0], // extended: the address is 0x1000
            [3, 9], // line 10
            [1], // a row
            [5, 42], // column 42: not of interest
            [13 + (3 * 14) + 7], // special: 3 bytes and 2 lines on, a row
            [3, 0x7B], // 5 lines back
            [2, 0x80, 1], // 128 bytes on
            [4, 2, 1], // the second file, a row
            [8, 9, 1, 0, 1], // 17 bytes on, 1 byte on, a row
            [2, 4, 0, 1, 1]); // 4 bytes on, the end

        Assert.Equal(
            [new(0x1000, "/src/a.asm", 10), new(0x1003, "/src/a.asm", 12), new(0x1083, "dir/b.asm", 7), new(0x1095, "dir/b.asm", 7),
                new LineRow(0x1099, "", 0)],
            LineProgram.ReadAll(section));
    }

    [Fact]
    public void UnitsFollowEachOther()
    {
        byte[] unit = Unit(4, [0, 9, 2, 0, 1, 0, 0, 0, 0, 0, 0], [1], [0, 1, 1]);
        Assert.Equal(4, LineProgram.ReadAll([.. unit, .. unit]).Count);
        Assert.Empty(LineProgram.ReadAll([]));
    }

    [Fact]
    public void AnUnknownVersionIsRefused() => Assert.Throws<NotSupportedException>(() => LineProgram.ReadAll(Unit(5, [])));

    [Fact]
    public void ADamagedSectionIsRefused()
    {
        byte[] section = Unit(4, [0, 9, 2, 0, 1, 0, 0, 0, 0, 0, 0], [1], [0, 1, 1]);
        Assert.ThrowsAny<ArgumentException>(() => LineProgram.ReadAll(section.AsSpan(0, section.Length - 4)));
    }

    [Theory]
    [InlineData("nic", "RingOS.NicService.E1000e.elf")]
    [InlineData("net", "RingOS.NetService.elf")]
    [InlineData("iperf", "RingOS.Iperf.elf")]
    public void AProcessIsFoundByItsName(string process, string file) => Assert.Equal(file, Path.GetFileName(LoadedImages.FileOf(process, NicModel.Default)));

    [Fact]
    public void AProcessOfNoProgramIsAnErrorInWords()
        => Assert.Contains("nethack", Assert.Throws<RingOsException>(() => LoadedImages.FileOf("nethack", NicModel.Default)).Message);

    [Theory]
    [InlineData(0xFFFF_FFFF_8010_0000, 0)]
    [InlineData(0xFFFF_E010_0000_0000, 1)]
    [InlineData(0xFFFF_EFFF_FFFF_FFFF, 1)]
    [InlineData(0x0000_0010_0000_0000, 3)]
    [InlineData(0x0000_7FFF_FFFF_FFFF, 3)]
    public void AnAddressSaysItsRing(ulong address, int level) => Assert.Equal(level, PrivilegeLevels.Of(address));

    // A unit with two files; opcodes as NASM and LLVM have them: line base -5, line range 14, opcode base 13.
    private static byte[] Unit(int version, params byte[][] program)
    {
        byte[] names = [.. "dir\0\0/src/a.asm\0"u8, 0, 0, 0, .. "b.asm\0"u8, 1, 0, 0, 0];
        byte[] operations = version >= 4 ? [1] : [];
        byte[] header = [1, .. operations, 1, unchecked((byte)-5), 14, 13, 0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1, .. names];
        List<byte> unit = [(byte)version, 0, .. BitConverter.GetBytes(header.Length), .. header];
        foreach (byte[] part in program)
            unit.AddRange(part);
        return [.. BitConverter.GetBytes(unit.Count), .. unit];
    }
}
