// Who may touch a packet now. Next: PacketTable.cs
namespace RingOS.Net;

/// <summary>Every packet of the pool has exactly one owner at any time; each boundary checks it.</summary>
public enum PacketOwner : byte
{
    /// <summary>In the free list.</summary>
    Free = 0,

    /// <summary>The user of the stack fills or reads it.</summary>
    Caller = 1,

    /// <summary>The driver sends it.</summary>
    Transmit = 2,

    /// <summary>The driver receives into it.</summary>
    Receive = 3,

    /// <summary>Holds a received frame that the stack has not looked at yet.</summary>
    Arrived = 4,

    /// <summary>In the receive queue of a socket.</summary>
    Queued = 5,

    /// <summary>A complete frame that waits for the address of its next hop.</summary>
    Held = 6,

    /// <summary>A datagram of which fragments are still missing.</summary>
    Partial = 7,
}
