// Any bytes at all: a Status, never an exception, never a page outside the process. Subject: kernel/loader
using System;
using System.Collections.Generic;
using CsCheck;
using RingOS.Abi;
using RingOS.Kernel.Loader;
using RingOS.Tests.Unit.Memory;
using Xunit;

namespace RingOS.Tests.Unit.Loader;

public sealed class ElfFuzzTests
{
    private static readonly byte[] s_good = new ElfBuilder().Build();

    // Small: an image that claims to be large runs out of memory instead. One for all loads: each must give back what it took.
    private readonly FakeMachine _machine = new(64);

    private static readonly ulong[] s_values =
    [
        0, 1, 7, 8, 0xFFF, 0x1000, 0x1001, 0x2000, 0x5018, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 0x1_0000_0000, 0x3FF_F000, 0x400_0000,
        0x7FFF_FFFF_FFFF_FFFF, 0x8000_0000_0000_0000, 0xFFFF_FFFF_FFFF_F000, 0xFFFF_FFFF_FFFF_FFF8, ulong.MaxValue,
    ];

    [Fact]
    public void EveryFieldWithEveryAwkwardValue()
    {
        var outcomes = new HashSet<Status>();
        foreach (int offset in FieldOffsets())
        {
            foreach (ulong value in s_values)
            {
                outcomes.Add(LoadChanged(offset, BitConverter.GetBytes(value)[..2]));
                outcomes.Add(LoadChanged(offset, BitConverter.GetBytes(value)));
            }
        }

        // The sweep is worth something only if some changes do no harm and others do.
        Assert.Contains(Status.Ok, outcomes);
        Assert.Contains(Status.NotExecutable, outcomes);
    }

    [Fact]
    public void RandomDamageToTheHeaders()
        => Gen.Select(Gen.OneOf(Gen.Int[0, 64 + 7 * 56], Gen.Int[0x800, 0x850], Gen.Int[0x3000, 0x3090]), Gen.Byte).Array[1, 8]
            .Sample(changes => { Load(Damaged(changes)); }, iter: 2000, threads: 1);

    [Fact]
    public void RandomDamageAnywhere()
        => Gen.Select(Gen.Int[0, s_good.Length - 1], Gen.Byte).Array[1, 50].Sample(changes => { Load(Damaged(changes)); }, iter: 500, threads: 1);

    [Fact]
    public void RandomBytes()
        => Gen.Byte.Array[0, 2000].Sample(
            bytes =>
            {
                Load(bytes);
                s_good.AsSpan(0, Math.Min(56, bytes.Length)).CopyTo(bytes);
                Load(bytes);
            },
            iter: 500,
            threads: 1);

    // The header's fields of two bytes, those of four and eight in the program headers, the relocations and the dynamic section.
    private static IEnumerable<int> FieldOffsets()
    {
        for (int offset = 0; offset < 64; offset += 2)
            yield return offset;
        for (int offset = 64; offset < 64 + 7 * 56; offset += 4)
            yield return offset;
        for (int offset = 0x800; offset < 0x848; offset += 8)
            yield return offset;
        for (int offset = 0x3000; offset < 0x3090; offset += 8)
            yield return offset;
    }

    private Status LoadChanged(int offset, byte[] value)
    {
        byte[] file = (byte[])s_good.Clone();
        value.CopyTo(file, offset);
        return Load(file);
    }

    private static byte[] Damaged((int Offset, byte Value)[] changes)
    {
        byte[] file = (byte[])s_good.Clone();
        foreach ((int offset, byte value) in changes)
            file[offset] = value;
        return file;
    }

    private Status Load(byte[] file)
    {
        var bench = new LoaderBench(_machine);
        Status status = bench.Load(file, out LoadedProgram? program);
        Assert.Contains(status, new[] { Status.Ok, Status.NotExecutable, Status.NoMemory });
        Assert.Equal(status == Status.Ok, program is not null);
        bench.CheckInvariantsAndDestroy(program);
        return status;
    }
}
