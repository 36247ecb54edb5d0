// Under any sequence of operations a page table behaves like a dictionary. Subject: kernel/memory/PageTable.cs
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using RingOS.Abi;
using RingOS.Kernel.Memory;
using Xunit;

namespace RingOS.Tests.Unit.Memory;

public sealed class PageTableModelTests
{
    // Few addresses that share tables of every level, in both halves, so that operations meet.
    private static readonly ulong[] s_pages =
    [
        0x1000, 0x2000, 0x20_0000, 0x4000_0000, 0x80_0000_0000, 0x7FFF_FFFF_E000, 0xFFFF_8000_0000_0000, 0xFFFF_FFFF_8000_0000, 0xFFFF_FFFF_FFFF_F000,
    ];

    private static readonly PageFlags[] s_flags =
    [
        PageFlags.UserCode, PageFlags.UserConstants, PageFlags.UserData, PageFlags.None, PageFlags.NoExecute | PageFlags.Writable,
        PageFlags.Writable, PageFlags.Global, PageFlags.UserData | PageFlags.Uncached,
    ];

    [Fact]
    public void EqualsADictionary()
        => Gen.Select(Gen.Int[0, 2], Gen.Int[0, s_pages.Length - 1], Gen.Int[0, s_flags.Length - 1], Gen.ULong[0, 1000]).Array[0, 200].Sample(
            steps =>
            {
                var machine = new FakeMachine(40);
                ulong free = machine.Frames.FreeFrames;
                var model = new Dictionary<ulong, (ulong Physical, PageFlags Flags)>();
                foreach ((int kind, int page, int flags, ulong frame) in steps)
                    Step(machine.Kernel, model, kind, s_pages[page], s_flags[flags], frame * Page.Size);
                Compare(machine, model);
                foreach (ulong page in model.Keys)
                    Assert.Equal(Status.Ok, machine.Kernel.Unmap(new(page)));
                Assert.Empty(machine.Walk(machine.Kernel.Root));

                // Only the tables right below the root stay, in the high half.
                Assert.InRange(machine.Frames.FreeFrames, free - 2, free);
            },
            iter: 100, threads: 1);

    private static void Step(
        PageTable table, Dictionary<ulong, (ulong Physical, PageFlags Flags)> model, int kind, ulong page, PageFlags flags, ulong physical)
    {
        bool isThere = model.ContainsKey(page);
        bool isAllowed = IsAllowed(page, flags);
        if (kind == 0)
            Check(isAllowed && !isThere, table.Map(new(page), new(physical), flags), () => model[page] = (physical, flags));
        else if (kind == 1)
            Check(isThere, table.Unmap(new(page)), () => model.Remove(page));
        else
            Check(isAllowed && isThere, table.Protect(new(page), flags), () => model[page] = (model[page].Physical, flags));
    }

    private static void Check(bool expected, Status status, System.Action apply)
    {
        Assert.Equal(expected ? Status.Ok : Status.InvalidArgument, status);
        if (expected)
            apply();
    }

    private static bool IsAllowed(ulong page, PageFlags flags)
        => (!flags.HasFlag(PageFlags.Writable) || flags.HasFlag(PageFlags.NoExecute))
            && !flags.HasFlag(page >> 63 == 0 ? PageFlags.Global : PageFlags.User);

    private static void Compare(FakeMachine machine, Dictionary<ulong, (ulong Physical, PageFlags Flags)> model)
    {
        foreach (ulong page in s_pages)
        {
            Status status = machine.Kernel.Translate(new(page), out PhysicalAddress physical, out PageFlags flags);
            Assert.Equal(model.ContainsKey(page) ? Status.Ok : Status.BadAddress, status);
            if (model.TryGetValue(page, out (ulong Physical, PageFlags Flags) expected))
                Assert.Equal(expected, (physical.Value, flags));
        }

        IEnumerable<HardwarePage> seen = machine.Walk(machine.Kernel.Root);
        Assert.Equal(
            model.OrderBy(entry => entry.Key).Select(entry => (entry.Key, entry.Value.Physical)), seen.Select(page => (page.Virtual, page.Physical)));
        Assert.DoesNotContain(seen, page => page.Writable && page.Executable);
    }
}
