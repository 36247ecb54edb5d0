// Makes granted memory visible to a service, never executable, never its own. Next: StartupPage.cs
using RingOS.Abi;
using RingOS.Kernel.Memory;

namespace RingOS.Kernel.Loader;

/// <summary>Maps a <see cref="ServiceGrant"/> to the places of <see cref="ProcessLayout"/>.</summary>
internal static class GrantMapper
{
    public static Status Map(ServiceGrant grant, AddressSpace space, VirtualAddress start)
    {
        ulong packetsLength = grant.PacketCount * PacketLayout.BufferSize;
        if (grant.PacketCount > ProcessLayout.MaximumGrant / PacketLayout.BufferSize)
            return Status.InvalidArgument;
        Status status = MapRegion(
            space, start.Plus(ProcessLayout.Registers), grant.Registers, grant.RegistersLength, PageFlags.UserData | PageFlags.Uncached);
        if (status == Status.Ok)
            status = MapRegion(space, start.Plus(ProcessLayout.Dma), grant.Dma, grant.DmaLength, PageFlags.UserData);
        if (status == Status.Ok && grant.ArePacketsVisible)
            status = MapRegion(space, start.Plus(ProcessLayout.Packets), grant.Packets, packetsLength, PageFlags.UserData);
        if (status == Status.Ok && grant.Side != RingSide.None)
            status = MapRing(grant.EventRing, space, start.Plus(ProcessLayout.EventRing), grant.Side == RingSide.Driver);
        if (status == Status.Ok && grant.Side != RingSide.None)
            status = MapRing(grant.RequestRing, space, start.Plus(ProcessLayout.RequestRing), grant.Side == RingSide.Stack);
        return status;
    }

    private static Status MapRegion(AddressSpace space, VirtualAddress at, PhysicalAddress memory, ulong length, PageFlags flags)
    {
        if (length > ProcessLayout.MaximumGrant)
            return Status.InvalidArgument;
        return length == 0 ? Status.Ok : space.MapShared(at, memory, length, flags);
    }

    private static Status MapRing(PhysicalAddress ring, AddressSpace space, VirtualAddress at, bool isProducer)
    {
        PageFlags producerPage = isProducer ? PageFlags.UserData : PageFlags.UserConstants;
        PageFlags consumerPage = isProducer ? PageFlags.UserConstants : PageFlags.UserData;
        Status status = space.MapShared(at, ring, Page.Size, producerPage);
        return status == Status.Ok ? space.MapShared(at.Plus(Page.Size), ring.Plus(Page.Size), Page.Size, consumerPage) : status;
    }
}
