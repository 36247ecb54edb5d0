// Who this station is, and where a datagram goes next. RFC 1122 3.3.1. Next: NetworkStatistics.cs
using RingOS.Abi;

namespace RingOS.Net;

/// <summary>One interface with a fixed IPv4 configuration. All addresses in host order: 10.0.2.15 is 0x0A00020F.</summary>
public sealed class NetworkConfiguration(uint address, uint mask, uint gateway)
{
    /// <summary>All ones: every station on the link, and as a next hop "no ARP needed".</summary>
    public const uint Broadcast = 0xFFFF_FFFF;

    private const uint LoopbackNetwork = 127;
    private const uint FirstMulticastNetwork = 224;

    public uint Address { get; } = address;

    public uint Mask { get; } = mask;

    /// <summary>0 if there is none.</summary>
    public uint Gateway { get; } = gateway;

    /// <summary>Whether the NIC is asked to complete UDP checksums if it can; otherwise the stack always computes them.</summary>
    public bool MayOffloadChecksums { get; init; } = true;

    /// <summary>When a write is answered; see <see cref="CompletionMode"/>.</summary>
    public CompletionMode Completion { get; set; }

    public bool IsOnLink(uint address) => ((address ^ Address) & Mask) == 0;

    /// <summary>The limited broadcast, or that of our own network.</summary>
    public bool IsBroadcast(uint address)
        => address == Broadcast || (~Mask > 1 && address == (Address | ~Mask));

    /// <summary>
    /// Whether a datagram can come from there: not from a whole network, a group, a broadcast or ourselves. RFC 1122 3.2.1.3.
    /// </summary>
    public bool IsSource(uint address)
    {
        uint network = address >> 24;
        bool isHost = network - 1 < FirstMulticastNetwork - 1 && network != LoopbackNetwork;
        return isHost && address != Address && !IsEdge(address);
    }

    public static bool IsLoopback(uint address) => address >> 24 == LoopbackNetwork;

    /// <summary>The station to hand a datagram for <paramref name="destination"/> to; false if there is no way.</summary>
    public bool TryNextHop(uint destination, out uint nextHop)
    {
        nextHop = Broadcast;
        if (IsBroadcast(destination))
            return true;
        nextHop = IsOnLink(destination) ? destination : Gateway;
        uint network = destination >> 24;
        return network != 0 && network != LoopbackNetwork && network < FirstMulticastNetwork && destination != Address && nextHop != 0;
    }

    // The first and the last address of our network: broadcasts, old and new. A network of two addresses has none (RFC 3021).
    private bool IsEdge(uint address)
    {
        uint host = address & ~Mask;
        return IsOnLink(address) && ~Mask > 1 && (host == 0 || host == ~Mask);
    }
}
