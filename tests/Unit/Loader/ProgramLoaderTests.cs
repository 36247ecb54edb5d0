// A loaded program as the processor and the program see it. Subject: kernel/loader/ProgramLoader.cs
using System;
using System.Linq;
using RingOS.Abi;
using RingOS.Hardware;
using RingOS.Kernel.Loader;
using RingOS.Kernel.Memory;
using Xunit;

namespace RingOS.Tests.Unit.Loader;

public sealed class ProgramLoaderTests
{
    private readonly LoaderBench _bench = new();

    [Fact]
    public void SegmentsHaveTheirRightsAndContent()
    {
        Load();
        Assert.Equal("R", _bench.Rights(0));
        Assert.Null(_bench.Rights(0x1000));
        Assert.Equal("RX", _bench.Rights(0x2000));
        Assert.Null(_bench.Rights(0x3000));
        Assert.Equal("R", _bench.Rights(0x4000)); // relocated, then closed
        Assert.Equal("RW", _bench.Rights(0x6000));
        Assert.Equal("RW", _bench.Rights(0x8000));
        Assert.Null(_bench.Rights(0x9000));
        Assert.All(_bench.Read(0x2000, 0x234), value => Assert.Equal(0x90, value));
        Assert.All(_bench.Read(0x2234, 0x1000 - 0x234), value => Assert.Equal(0, value));
        Assert.All(_bench.Read(0x6000, 0x10), value => Assert.Equal(0, value));
        Assert.All(_bench.Read(0x6018, 0x1000), value => Assert.Equal(0x22, value));
    }

    [Fact]
    public void WhatTheFileDoesNotGiveIsZero()
    {
        Load();
        Assert.All(_bench.Read(0x7018, 0x7FF8 - 0x7018), value => Assert.Equal(0, value));
        Assert.All(_bench.Read(0x8000, 0x1000), value => Assert.Equal(0, value));
    }

    [Fact]
    public void RelocationsAddTheBase()
    {
        Load();
        ulong start = _bench.Base.Value;
        Assert.Equal(start + ElfBuilder.CodeAddress + 0x20, _bench.Read64(ElfBuilder.RelroAddress + 0x800));
        Assert.Equal(start + ElfBuilder.DataAddress + 0x18, _bench.Read64(ElfBuilder.DataAddress + 0x10));
        Assert.Equal(start + 0x40, _bench.Read64(ElfBuilder.DataAddress + 0x1FF8));
    }

    [Fact]
    public void OnlyWholePagesBecomeReadOnly()
    {
        var elf = new ElfBuilder();
        elf.Segments[5].Address = 0x6010;
        elf.Segments[5].Offset = 0x4010;
        elf.Segments[5].Length = 0x1FF0;
        Assert.Equal(Status.Ok, _bench.Load(elf.Build(), out _));
        Assert.Equal("RW", _bench.Rights(0x6000));
        Assert.Equal("R", _bench.Rights(0x7000));
        Assert.Equal("RW", _bench.Rights(0x8000));
    }

    [Fact]
    public void StackHasAGuardAndTheHeapItsLength()
    {
        LoadedProgram program = Load();
        Assert.Equal(_bench.Base.Value + ProcessLayout.StackEnd, program.StackEnd.Value);
        Assert.Equal("RW", _bench.Rights(ProcessLayout.StackEnd - 1));
        Assert.Equal("RW", _bench.Rights(ProcessLayout.StackEnd - 0x2000));
        Assert.Null(_bench.Rights(ProcessLayout.StackEnd - 0x2001));
        Assert.Null(_bench.Rights(ProcessLayout.StackEnd));
        Assert.Equal("RW", _bench.Rights(ProcessLayout.Heap));
        Assert.Equal("RW", _bench.Rights(ProcessLayout.Heap + 0x1FFF));
        Assert.Null(_bench.Rights(ProcessLayout.Heap + 0x2000));
        Assert.Null(_bench.Rights(ProcessLayout.Heap - 1));
    }

    [Fact]
    public void TheProgramStartsAtItsEntryWithItsStartupPage()
    {
        LoadedProgram program = Load();
        Assert.Equal(_bench.Base.Value + ElfBuilder.CodeAddress + 0x10, program.Entry.Value);
        Assert.Equal(_bench.Base.Value + ProcessLayout.StartupPage, program.StartupBlock.Value);
        Assert.Equal("R", _bench.Rights(ProcessLayout.StartupPage));
        _bench.CheckInvariantsAndDestroy(program);
    }

    [Theory]
    [InlineData(0ul)]
    [InlineData(BootProtocol.ProgramSpacing + 0x1000)]
    [InlineData(2047 * BootProtocol.ProgramSpacing)] // its end would be the top of the low half
    [InlineData(2048 * BootProtocol.ProgramSpacing)]
    [InlineData(0xFFFF_8000_0000_0000ul)]
    public void OnlyBasesOfProcessesAreAccepted(ulong start)
    {
        Assert.Equal(
            Status.InvalidArgument, ProgramLoader.Load(LoaderBench.Small(LoaderBench.Image(), new(start)), _bench.Space, out LoadedProgram? program));
        Assert.Null(program);
        Assert.Empty(_bench.Pages);
    }

    [Theory]
    [InlineData(0x1001ul, 0x1000ul)]
    [InlineData(0x1000ul, 0x800ul)]
    [InlineData(0x1000ul, 0ul)]
    [InlineData(ProcessLayout.MaximumHeap + 0x1000, 0x1000ul)]
    [InlineData(0x1000ul, ProcessLayout.MaximumStack + 0x1000)]
    [InlineData(0xFFFF_FFFF_FFFF_F000ul, 0x1000ul)]
    public void BadLengthsAreRefused(ulong heap, ulong stack)
    {
        var request = new ProgramRequest(LoaderBench.Image(), _bench.Base, LoaderBench.Arguments("x")) { HeapLength = heap, StackLength = stack };
        Assert.Equal(Status.InvalidArgument, ProgramLoader.Load(request, _bench.Space, out _));
    }

    [Fact]
    public void WithoutHeapTheProgramIsToldSo()
    {
        var request = new ProgramRequest(LoaderBench.Image(), _bench.Base, LoaderBench.Arguments("x")) { HeapLength = 0 };
        Assert.Equal(Status.Ok, ProgramLoader.Load(request, _bench.Space, out LoadedProgram? program));
        Assert.Equal(0ul, _bench.Read64(ProcessLayout.StartupPage + 16));
        _bench.CheckInvariantsAndDestroy(program);
    }

    [Fact]
    public void EveryAmountOfMemoryThatIsTooLittleIsNoMemory()
    {
        ElfImage image = LoaderBench.Image();
        Status status = Status.NoMemory;
        for (ulong free = 0; status != Status.Ok; free++)
        {
            Assert.True(free < 60);
            var bench = new LoaderBench(64);
            ulong before = bench.Machine.Frames.FreeFrames;
            bench.Machine.LeaveFree(free);
            status = ProgramLoader.Load(LoaderBench.Small(image, bench.Base), bench.Space, out LoadedProgram? program);
            Assert.Equal(status == Status.Ok ? Status.Ok : Status.NoMemory, status);
            Assert.Equal(status == Status.Ok, program is not null);
            Assert.Equal(Status.Ok, bench.Space.Destroy());
            Assert.Equal(free + 1, bench.Machine.Frames.FreeFrames); // and the root
            Assert.True(before > free);
        }
    }

    [Fact]
    public void TwoProgramsOfOneImageDoNotMeet()
    {
        ElfImage image = LoaderBench.Image();
        AddressSpace other = _bench.Machine.NewSpace();
        Assert.Equal(Status.Ok, ProgramLoader.Load(LoaderBench.Small(image, ProcessLayout.BaseOf(1)), _bench.Space, out _));
        Assert.Equal(Status.Ok, ProgramLoader.Load(LoaderBench.Small(image, ProcessLayout.BaseOf(2)), other, out _));
        var one = _bench.Pages.Select(page => page.Physical).ToHashSet();
        Assert.DoesNotContain(_bench.Machine.Walk(other.Root), page => one.Contains(page.Physical) || page.Virtual < ProcessLayout.BaseOf(2).Value);
    }

    [Fact]
    public void TheLayoutFitsIntoItsSlot()
    {
        ulong[] order =
        [
            ProcessLayout.Image, ProcessLayout.Image + ElfImage.MaximumExtent, ProcessLayout.Heap, ProcessLayout.Heap + ProcessLayout.MaximumHeap,
            ProcessLayout.StackEnd - ProcessLayout.MaximumStack - Page.Size, ProcessLayout.StackEnd, ProcessLayout.StartupPage,
            ProcessLayout.StartupPage + Page.Size, ProcessLayout.Registers, ProcessLayout.Registers + ProcessLayout.MaximumGrant, ProcessLayout.Dma,
            ProcessLayout.Dma + ProcessLayout.MaximumGrant, ProcessLayout.Packets, ProcessLayout.Packets + ProcessLayout.MaximumGrant,
            ProcessLayout.EventRing, ProcessLayout.EventRing + 2 * Page.Size, ProcessLayout.End, BootProtocol.ProgramSpacing,
        ];
        Assert.Equal(order.Order(), order);
        Assert.True(UserRange.Contains(ProcessLayout.BaseOf(ProcessLayout.MaximumNumber), BootProtocol.ProgramSpacing));
        Assert.False(UserRange.Contains(ProcessLayout.BaseOf(ProcessLayout.MaximumNumber + 1), BootProtocol.ProgramSpacing));
        Assert.True(ProcessLayout.IsBase(ProcessLayout.BaseOf(ProcessLayout.MaximumNumber)));
    }

    private LoadedProgram Load()
    {
        Assert.Equal(Status.Ok, ProgramLoader.Load(LoaderBench.Small(LoaderBench.Image(), _bench.Base), _bench.Space, out LoadedProgram? program));
        return program!;
    }
}
