// The way down from the network stack to a NIC driver, wherever that is placed. Next: NetworkStack.cs
using RingOS.Abi;
using RingOS.Hardware;

namespace RingOS.Net;

/// <summary>
/// A link to one NIC driver: a plain call, a message or a queue. Its events come to the stack through <see cref="INicEvents"/>,
/// never from inside <see cref="Transmit"/> or <see cref="LendReceive"/> of a driver in the same domain, but possibly before they return
/// when the driver is in another domain.
/// </summary>
public interface INicLink
{
    ulong MacAddress { get; }

    NicCapabilities Capabilities { get; }

    /// <summary>Hands a frame to the driver. On Ok the packet is the driver's until OnTransmitted; otherwise it stays the caller's.</summary>
    /// <returns>As <see cref="INicDriver.ProvideTransmit"/>, or PeerGone if the driver is dead or silent.</returns>
    Status Transmit(PacketIndex packet, ushort length, TransmitOptions options);

    /// <summary>Lends an empty buffer to the driver. On Ok it is the driver's until OnReceived.</summary>
    Status LendReceive(PacketIndex packet);

    ulong ReadCounter(NicCounter counter);
}
