// How the network stack asks a NIC driver in another domain, and how the driver answers. Next: EventRing.cs
using System;

namespace RingOS.Abi;

/// <summary>Word 0 of a request to a NIC service. The reply's word 0 is a <see cref="Status"/>.</summary>
public enum NicOperation
{
    /// <summary>Reply: word 1 = MAC address (first byte on the wire in bits 7:0), word 2 = <see cref="NicCapabilities"/>.</summary>
    Describe = 1,

    /// <summary>Word 1 = packet index, word 2 = frame length in bytes, word 3 = <see cref="TransmitOptions"/>.</summary>
    Transmit = 2,

    /// <summary>Word 1 = packet index of an empty buffer lent for reception.</summary>
    LendReceive = 3,

    /// <summary>Word 1 = which <see cref="NicCounter"/>; reply: word 1 = its value.</summary>
    ReadCounter = 4,

    /// <summary>Serve the request ring to its end (<see cref="RequestRing"/>), then look what the device has done.</summary>
    Serve = 5,
}

/// <summary>Bits of the notification bound to the endpoint of a NIC service or a network service.</summary>
[Flags]
public enum NicSignal : ulong
{
    None = 0,

    /// <summary>NIC service: its device has interrupted, or it is time to look. Network service: the event ring has news.</summary>
    Interrupt = 1 << 0,

    /// <summary>NIC service: the request ring has been filled while it slept.</summary>
    Requests = 1 << 1,

    /// <summary>Network service: it is time to hand over what was collected for a batch.</summary>
    Tick = 1 << 2,

    /// <summary>Network service: the driver was started anew; all packets it had are lost, and both rings begin from the start.</summary>
    DriverRestarted = 1 << 3,
}

/// <summary>What a NIC can do for the stack.</summary>
[Flags]
public enum NicCapabilities : uint
{
    None = 0,

    /// <summary>Completes a UDP checksum whose field already holds the pseudo-header's sum.</summary>
    UdpChecksum = 1u << 0,
}

/// <summary>What the stack asks of the NIC for one frame.</summary>
[Flags]
public enum TransmitOptions : uint
{
    None = 0,

    /// <summary>The frame is IPv4/UDP without IP options; its UDP checksum field holds the folded, not inverted pseudo-header sum.</summary>
    CompleteUdpChecksum = 1u << 0,

    /// <summary>More frames follow at once: the device need not be told of this one yet.</summary>
    MoreFollows = 1u << 1,
}

/// <summary>What became of a frame, as far as the NIC tells.</summary>
public enum TransmitOutcome : byte
{
    /// <summary>The NIC reports that the frame left.</summary>
    Sent = 0,

    /// <summary>Given up after the attempt limit (IEEE 802.3: 16).</summary>
    ExcessiveCollisions = 1,

    /// <summary>A collision after the slot time.</summary>
    LateCollision = 2,

    /// <summary>Given back unsent: the device was reset or its driver died.</summary>
    Aborted = 3,
}

/// <summary>Counters a driver keeps; the index of each in its statistics.</summary>
public enum NicCounter
{
    FramesSent = 0,
    BytesSent = 1,
    TransmitErrors = 2,
    ExcessiveCollisions = 3,
    LateCollisions = 4,
    Collisions = 5,
    Deferred = 6,
    FramesReceived = 7,
    BytesReceived = 8,
    ReceiveErrors = 9,
    ReceiveMissed = 10,
    Interrupts = 11,
    TransmitRingFull = 12,

    /// <summary>Packets that a driver had when it died; counted by the stack.</summary>
    Aborted = 13,

    /// <summary>Times a driver was started anew; counted by the stack.</summary>
    Restarts = 14,

    /// <summary>IPv4 fragments that did not become a datagram; counted by the stack.</summary>
    FragmentsLost = 15,

    /// <summary>Frames and packets from an address that nobody can have; counted by the stack.</summary>
    SourcesRefused = 16,

    /// <summary>Times a network service was started anew, each time with a fresh driver; counted by the kernel. The counters above begin anew then.</summary>
    StackRestarts = 17,
    Count = 18,
}

/// <summary>How the host of a driver learns what its device has done. The kernel command line's <c>interrupts=</c>.</summary>
public enum InterruptMode : ulong
{
    /// <summary>An interrupt for every frame, as soon as the device can.</summary>
    Frame = 0,

    /// <summary>The device collects what happens for a short while and interrupts once.</summary>
    Moderated = 1,

    /// <summary>No interrupts: the host looks after every request, and a thousand times a second.</summary>
    Poll = 2,
}

/// <summary>When write() answers. The kernel command line's <c>completion=</c>.</summary>
public enum CompletionMode
{
    /// <summary>When the packet is queued; a loss only moves counters.</summary>
    Queued,

    /// <summary>When the NIC has reported on the frame; a loss is EIO.</summary>
    Wait,

    /// <summary>When the packet is queued; a loss is EIO of the next write() on the socket.</summary>
    Next,
}
