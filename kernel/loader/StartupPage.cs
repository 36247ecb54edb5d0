// The page that tells a program who it is. Layout: lib/Abi/StartupBlock.cs. Back to: BootArchive.cs
using RingOS.Abi;
using RingOS.Kernel.Memory;

namespace RingOS.Kernel.Loader;

/// <summary>Writes the start-up page, read-only for the program: numbers in the order of <see cref="StartupBlock"/>, then the arguments.</summary>
internal static class StartupPage
{
    public static Status Write(ProgramRequest request, AddressSpace space)
    {
        VirtualAddress page = request.Base.Plus(ProcessLayout.StartupPage);
        Status status = space.Allocate(page, Page.Size, PageFlags.UserConstants);
        for (int i = 0; i < StartupBlock.Size / sizeof(ulong) && status == Status.Ok; i++)
            status = space.Write64(page.Plus((ulong)i * sizeof(ulong)), Field(i, request));
        return status == Status.Ok ? space.WriteBytes(page.Plus(StartupBlock.ArgumentsOffset), request.Arguments.Bytes) : status;
    }

    private static ulong Field(int index, ProgramRequest request) => index switch
    {
        0 => (ulong)request.Arguments.Count,
        1 => (ulong)request.Arguments.Length,
        2 => AddressIf(request.HeapLength != 0, request, ProcessLayout.Heap),
        3 => request.HeapLength,
        4 => request.TicksPerSecond,
        5 => request.BootTicks,
        6 => request.BootWallNanoseconds,
        19 => request.SimulatedNow,
        _ => request.Grant is null ? 0 : GrantField(index, request, request.Grant),
    };

    private static ulong GrantField(int index, ProgramRequest request, ServiceGrant grant) => index switch
    {
        7 => AddressIf(grant.RegistersLength != 0, request, ProcessLayout.Registers),
        8 => grant.RegistersLength,
        9 => AddressIf(grant.DmaLength != 0, request, ProcessLayout.Dma),
        10 => grant.DmaDevice.Value,
        11 => grant.DmaLength,
        12 => AddressIf(grant.PacketCount != 0 && grant.ArePacketsVisible, request, ProcessLayout.Packets),
        13 => grant.PacketsDevice.Value,
        14 => grant.PacketCount,
        15 => AddressIf(grant.Side != RingSide.None, request, ProcessLayout.EventRing),
        17 => AddressIf(grant.Side != RingSide.None, request, ProcessLayout.RequestRing),
        18 => (ulong)grant.Interrupts,
        20 => grant.FirstPort,
        21 => grant.PortCount,
        _ => 0,
    };

    private static ulong AddressIf(bool isThere, ProgramRequest request, ulong offset) => isThere ? request.Base.Plus(offset).Value : 0;
}
