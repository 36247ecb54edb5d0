// What is a program and what is not. Subject: kernel/loader/Elf*.cs
using System;
using System.Linq;
using RingOS.Abi;
using RingOS.Kernel.Loader;
using Xunit;
using Segment = RingOS.Tests.Unit.Loader.ElfBuilder.Segment;

namespace RingOS.Tests.Unit.Loader;

public sealed class ElfImageTests
{
    private readonly ElfBuilder _elf = new();

    [Fact]
    public void AGoodProgramIsUnderstood()
    {
        ElfImage image = LoaderBench.Image(_elf.Build());
        Assert.Equal(ElfBuilder.CodeAddress + 0x10, image.Entry);
        Assert.Equal(4, image.SegmentCount);
        Assert.Equal(3, image.Relocations.Count);
        image.Relocations.Read(1, out ulong target, out ulong addend);
        Assert.Equal((ElfBuilder.DataAddress + 0x10, ElfBuilder.DataAddress + 0x18), (target, addend));
        Assert.Equal(ElfBuilder.RelroAddress, image.ReadOnlyAfterRelocation!.Start);
        Assert.True(image.Segment(1).IsExecutable && !image.Segment(1).IsWritable);
        Assert.Equal(0x6000ul, image.Segment(3).FirstPage);
        Assert.Equal(0x9000ul, image.Segment(3).EndPage);
    }

    [Theory]
    [InlineData(0, 0x7E)] // magic
    [InlineData(4, 1)] // 32-bit
    [InlineData(5, 2)] // big-endian
    [InlineData(6, 0)] // version
    [InlineData(16, 2)] // ET_EXEC: not position-independent
    [InlineData(16, 1)] // ET_REL
    [InlineData(18, 3)] // i386
    [InlineData(20, 2)] // version
    [InlineData(52, 63)] // e_ehsize
    [InlineData(54, 32)] // e_phentsize
    [InlineData(56, 0)] // no program headers
    [InlineData(57, 1)] // too many
    [InlineData(39, 0x80)] // program headers far outside
    [InlineData(33, 0xFF)] // program headers just outside
    public void WrongHeadersAreRefused(int offset, byte value)
    {
        byte[] file = _elf.Build();
        file[offset] = value;
        Refused(file);
    }

    [Fact]
    public void FilesTooShortAreRefusedAtEveryLength()
    {
        byte[] file = _elf.Build();
        for (int length = 0; length < file.Length; length += length < 600 ? 1 : 97)
            Refused(file[..length]);
        Refused(file[..^1]);
    }

    [Theory]
    [InlineData(ElfBuilder.DataAddress + 0x10)] // data
    [InlineData(0xC00ul)] // constants
    [InlineData(ElfBuilder.CodeAddress + 0x234)] // one past the code
    [InlineData(ElfBuilder.CodeAddress - 1)]
    [InlineData(ulong.MaxValue)]
    public void TheEntryMustBeCode(ulong entry)
    {
        _elf.Entry = entry;
        Refused();
    }

    [Fact]
    public void WritableAndExecutableIsRefused()
    {
        _elf.Segments[1].Flags = 7;
        Refused();
    }

    [Fact]
    public void OverlappingOrUnorderedSegmentsAreRefused()
    {
        (_elf.Segments[1], _elf.Segments[2]) = (_elf.Segments[2], _elf.Segments[1]);
        Refused();
        var same = new ElfBuilder();
        same.Segments[2].Address = 0x2000; // the page of the code
        Refused(same.Build());
        var touching = new ElfBuilder();
        touching.Segments[1].Length = 0x2001; // one byte into the next segment's page
        Refused(touching.Build());
        touching.Segments[1].Length = 0x2000;
        LoaderBench.Image(touching.Build());
    }

    [Theory]
    [InlineData(0x3F_FFFFFul)]
    [InlineData(0x400_0000ul)]
    [InlineData(0x7FFF_FFFF_FFFF_FFFFul)]
    [InlineData(0xFFFF_FFFF_FFFF_E000ul)]
    [InlineData(ulong.MaxValue)]
    public void SegmentsThatAreTooLargeOrOverflowAreRefused(ulong value)
    {
        foreach (Action<Segment> change in new Action<Segment>[]
        {
            segment => segment.Length = value << 4 | value,
            segment => segment.FileLength = value,
            segment => segment.Address = Math.Max(value, 0x400_0000) & ~0xFFFul | 0x10,
            segment => segment.Offset = value & ~0xFFFul | 0x10,
        })
        {
            var elf = new ElfBuilder();
            change(elf.Segments[3]);
            Refused(elf.Build());
        }
    }

    [Fact]
    public void TheLargestImageIsAcceptedAndOneByteMoreIsNot()
    {
        _elf.Segments[3].Length = ElfImage.MaximumExtent - _elf.Segments[3].Address;
        LoaderBench.Image(_elf.Build());
        _elf.Segments[3].Length++;
        Refused();
    }

    [Fact]
    public void SegmentsMustLieAlikeInFileAndMemory()
    {
        _elf.Segments[3].Offset += 8;
        Refused();
        var elf = new ElfBuilder();
        elf.Segments[3].Alignment = 0x1800;
        Refused(elf.Build());
    }

    [Fact]
    public void EmptySegmentsOrNoneAreRefused()
    {
        _elf.Segments[0].FileLength = _elf.Segments[0].Length = 0;
        Refused();
        var elf = new ElfBuilder();
        elf.Segments.RemoveRange(0, 4);
        Refused(elf.Build());
    }

    [Fact]
    public void ProgramsThatWantAnInterpreterAreRefused()
    {
        _elf.Segments[6].Type = 3; // PT_INTERP
        Refused();
    }

    [Theory]
    [InlineData(1ul, 5ul)] // a shared library
    [InlineData(2ul, 24ul)] // a procedure linkage table
    [InlineData(12ul, 0x2000ul)] // an initialiser
    [InlineData(18ul, 16ul)] // REL
    [InlineData(22ul, 0ul)] // text relocations
    [InlineData(27ul, 8ul)] // initialisers
    [InlineData(35ul, 8ul)] // RELR
    [InlineData(9ul, 16ul)] // another entry size
    [InlineData(8ul, 71ul)] // not a whole number of entries
    [InlineData(8ul, 0x1_0000ul)] // beyond the segment
    [InlineData(8ul, 0xFFFF_FFFF_FFFF_FFE8ul)]
    [InlineData(7ul, ElfBuilder.DataAddress + 0x1018)] // a table in zeroed memory
    [InlineData(7ul, ulong.MaxValue)]
    public void WhatADynamicLinkerWouldHaveToDoIsRefused(ulong tag, ulong value)
    {
        _elf.DynamicEntries.Add((tag, value));
        Refused();
    }

    [Theory]
    [InlineData(2ul, 0ul)]
    [InlineData(27ul, 0ul)]
    [InlineData(21ul, 0ul)] // DT_DEBUG
    [InlineData(0x6FFFFFFBul, 0x0800_0000ul)] // DT_FLAGS_1: PIE
    public void HarmlessDynamicEntriesAreIgnored(ulong tag, ulong value)
    {
        _elf.DynamicEntries.Add((tag, value));
        LoaderBench.Image(_elf.Build());
    }

    [Theory]
    [InlineData(ElfBuilder.CodeAddress, 8ul)] // into code
    [InlineData(0xC00ul, 8ul)] // into constants
    [InlineData(ElfBuilder.DataAddress + 0x280Cul, 8ul)] // over the end
    [InlineData(ElfBuilder.DataAddress + 0x2810ul, 8ul)]
    [InlineData(ElfBuilder.DataAddress + 0x14ul, 8ul)] // unaligned
    [InlineData(ElfBuilder.DataAddress, 8ul)] // in the page, before the segment
    [InlineData(0xFFFF_FFFF_FFFF_FFF8ul, 8ul)]
    [InlineData(ElfBuilder.DataAddress + 0x10, 1ul)] // R_X86_64_64
    [InlineData(ElfBuilder.DataAddress + 0x10, 6ul)] // R_X86_64_GLOB_DAT
    [InlineData(ElfBuilder.DataAddress + 0x10, 37ul)] // R_X86_64_IRELATIVE
    [InlineData(ElfBuilder.DataAddress + 0x10, (1ul << 32) | 8)] // with a symbol
    [InlineData(ElfBuilder.DataAddress + 0x10, 0ul)]
    public void OtherRelocationsAndTargetsAreRefused(ulong target, ulong info)
    {
        _elf.Relocations.Add((target, info, 0));
        Refused();
    }

    [Fact]
    public void AProgramWithoutRelocationsIsFine()
    {
        _elf.Segments.RemoveAt(4);
        Assert.Equal(0, LoaderBench.Image(_elf.Build()).Relocations.Count);
    }

    [Theory]
    [InlineData(0x2000ul, 0x1000ul)] // code
    [InlineData(0x3000ul, 0x2000ul)]
    [InlineData(0x5000ul, 0x1000ul)] // nothing
    [InlineData(0x8000ul, 0x1001ul)]
    [InlineData(0xFFFF_FFFF_FFFF_F000ul, 0x2000ul)]
    public void WhatBecomesReadOnlyMustBeData(ulong start, ulong length)
    {
        _elf.Segments[5].Address = start;
        _elf.Segments[5].Length = length;
        Refused();
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void DynamicAndRelroOccurOnce(int index)
    {
        _elf.Segments.Add(_elf.Segments[index]);
        Refused();
    }

    private void Refused() => Refused(_elf.Build());

    private static void Refused(byte[] file)
    {
        Assert.Equal(Status.NotExecutable, ElfImage.Open(new ArrayBytes(file), out ElfImage? image));
        Assert.Null(image);
    }
}
