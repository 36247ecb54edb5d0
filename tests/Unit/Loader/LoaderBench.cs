// A machine on which programs are loaded, good ones and bad ones, and looked at as the processor sees them. Back to: ArrayBytes.cs
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using RingOS.Abi;
using RingOS.Kernel.Loader;
using RingOS.Kernel.Memory;
using RingOS.Tests.Unit.Memory;
using Xunit;

namespace RingOS.Tests.Unit.Loader;

internal sealed class LoaderBench
{
    private readonly ulong _freeBefore;

    public LoaderBench(int frames = 512)
        : this(new FakeMachine(frames))
    {
    }

    public LoaderBench(FakeMachine machine)
    {
        Machine = machine;
        _freeBefore = Machine.Frames.FreeFrames;
        Space = Machine.NewSpace();
    }

    public FakeMachine Machine { get; }

    public AddressSpace Space { get; }

    public VirtualAddress Base { get; } = ProcessLayout.BaseOf(3);

    public List<HardwarePage> Pages => Machine.Walk(Space.Root);

    public static ProgramArguments Arguments(string text)
    {
        Assert.Equal(Status.Ok, ProgramArguments.Parse(Encoding.ASCII.GetBytes(text), out ProgramArguments? arguments));
        return arguments!;
    }

    public static ElfImage Image(byte[]? file = null)
    {
        Assert.Equal(Status.Ok, ElfImage.Open(new ArrayBytes(file ?? new ElfBuilder().Build()), out ElfImage? image));
        return image!;
    }

    public static ProgramRequest Small(ElfImage image, VirtualAddress start)
        => new(image, start, Arguments("test one")) { HeapLength = 2 * Page.Size, StackLength = 2 * Page.Size };

    /// <summary>Opens and loads whatever the bytes are.</summary>
    public Status Load(byte[] file, out LoadedProgram? program)
    {
        program = null;
        Status status = ElfImage.Open(new ArrayBytes(file), out ElfImage? image);
        return status == Status.Ok ? ProgramLoader.Load(Small(image!, Base), Space, out program) : status;
    }

    public byte[] Read(ulong offset, int length)
    {
        byte[] bytes = new byte[length];
        Assert.Equal(Status.Ok, Space.ReadBytes(Base.Plus(offset), bytes));
        return bytes;
    }

    public ulong Read64(ulong offset) => BitConverter.ToUInt64(Read(offset, 8));

    /// <summary>R, W and X of the page at an offset from the base; null if nothing is there.</summary>
    public string? Rights(ulong offset)
    {
        HardwarePage? page = Pages.SingleOrDefault(page => page.Virtual == Base.Value + Page.RoundDown(offset));
        return page is null ? null : "R" + (page.Writable ? "W" : "") + (page.Executable ? "X" : "");
    }

    /// <summary>What must hold after any load of anything, and that the end of the process returns every frame.</summary>
    public void CheckInvariantsAndDestroy(LoadedProgram? program)
    {
        List<HardwarePage> pages = Pages;
        foreach (HardwarePage page in pages)
        {
            Assert.InRange(page.Virtual, Base.Value, Base.Value + ProcessLayout.End - Page.Size);
            Assert.False(page.Writable && page.Executable);
            Assert.True(page.User);
        }

        if (program is not null)
            Assert.True(pages.Single(page => page.Virtual == Page.RoundDown(program.Entry.Value)).Executable);
        Assert.Equal(Status.Ok, Space.Destroy());
        Assert.Equal(_freeBefore, Machine.Frames.FreeFrames);
    }
}
