// Every table of a fixed size against what may fill it, where both are constants. The list, with those that are checked as they
// fill: docs/limits.md. Next: LayoutTests.cs
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using RingOS.Abi;
using RingOS.Kernel.Loader;
using RingOS.Kernel.Memory;
using RingOS.Kernel.Placement;
using RingOS.Kernel.Threads;
using Xunit;

namespace RingOS.Tests.Unit.Architecture;

public sealed class LimitTests
{
    private const int MostRestarts = 20; // Dials: restarts=
    private const int OtherServices = 8; // processes that may be started before a driver: network, supervisor, peer, companions

    [Fact]
    public void TheMapOfAllFramesAndAFullArchiveTakeAboutHalfOfTheKernelsHeap()
    {
        string mebibytes = Regex.Match(SourceTree.Read("kernel/kits/Native/boot.asm"), @"kernel_heap:\s+resb (\d+) << 20").Groups[1].Value;
        ulong map = FrameAllocator.MaximumMemory / Page.Size / 8;
        ulong archive = BootArchive.MaximumFiles * 128ul; // an offset, a reference, and a window of 48 bytes each
        ulong heap = ulong.Parse(mebibytes, CultureInfo.InvariantCulture) << 20;
        Assert.InRange(map + archive, 0ul, heap / 16 * 9);
    }

    [Fact]
    public void ASlotRemembersWhatALoaderMaps()
        => Assert.Equal(64 + 3 + 3 + (2 * 2), ProcessLayout.MaximumRegions); // segments; heap, stack, start-up page; grants; ring pages

    [Fact]
    public void ThereAreSlotsForAllRestarts() => Assert.True(1 + OtherServices + 1 + MostRestarts < DriverSlot.Count);

    [Fact]
    public void ARingHoldsAnEventForEveryPacketADriverCanHave() // a driver's two rings of 128 lend all slots but one each
    {
        Assert.True((2 * 127) + 1 <= EventRing.Capacity);
        Assert.True(NicHardware.PacketCount <= EventRing.Capacity);
        Assert.True(NicHardware.PacketCount <= RequestRing.Capacity);
        Assert.True(EventRing.EntriesOffset + (EventRing.Capacity * EventRing.EntrySize) <= EventRing.PageSize);
        Assert.True(NicHardware.PacketCount < NetProtocol.NoPacket);
    }

    [Fact]
    public void WellKnownHandlesFitTheTable()
        => Assert.All(
            typeof(WellKnownHandle).GetFields().Select(static field => (int)field.GetRawConstantValue()!),
            static handle => Assert.InRange(handle, 0, HandleTable.Capacity - 1));

    // SYSRET to an address that is not canonical would fault in ring 0, on the program's stack. Behind the last instruction that a program can have
    // there are gibibytes of the low half: nothing but images is executable, and they lie at the start of a process.
    [Fact]
    public void BehindEverySystemCallThereIsACanonicalAddress()
    {
        VirtualAddress last = ProcessLayout.BaseOf(ProcessLayout.MaximumNumber).Plus(ElfImage.MaximumExtent);
        Assert.True(last.IsLowHalf);
        Assert.True(last.Value + Page.Size < UserRange.End && UserRange.End < 1ul << 47);
        Assert.False(ProcessLayout.IsBase(ProcessLayout.BaseOf(ProcessLayout.MaximumNumber + 1)));
    }

    [Fact]
    public void GrantsFitBetweenTheRegionsOfAProcess()
    {
        Assert.True(ProcessLayout.Registers + ProcessLayout.MaximumGrant <= ProcessLayout.Dma);
        Assert.True(ProcessLayout.Dma + ProcessLayout.MaximumGrant <= ProcessLayout.Packets);
        Assert.True(ProcessLayout.Packets + ProcessLayout.MaximumGrant <= ProcessLayout.EventRing);
        Assert.True(ProcessLayout.Heap + ProcessLayout.MaximumHeap <= ProcessLayout.StackEnd - ProcessLayout.MaximumStack);
        Assert.True(ElfImage.MaximumExtent <= ProcessLayout.Heap);
        Assert.Equal(BootProtocol.ProgramSpacing, ProcessLayout.End + 0x1_0000_0000);
    }
}
