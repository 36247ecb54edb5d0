// The driver in the domain of its stack: every request is a plain call. Side by side with: ../Service/ServiceHost.cs
using RingOS.Abi;
using RingOS.Hardware;
using RingOS.Net;

namespace RingOS.Hosts.Direct;

/// <summary>
/// Hosts a driver by not being there. The driver reports its events straight to the stack it was made with, and whoever owns the
/// interrupt calls <see cref="OnInterrupt"/> from it.
/// </summary>
public sealed class DirectHost : INicLink
{
    /// <summary>The driver; set once, because it is made with the stack, which is made with this.</summary>
    public INicDriver Driver { get; set; } = null!;

    public ulong MacAddress => Driver.MacAddress;

    public NicCapabilities Capabilities => Driver.Capabilities;

    public Status Transmit(PacketIndex packet, ushort length, TransmitOptions options) => Driver.ProvideTransmit(packet, length, options);

    public Status LendReceive(PacketIndex packet) => Driver.ProvideReceive(packet);

    public ulong ReadCounter(NicCounter counter) => Driver.ReadCounter(counter);

    public void OnInterrupt() => Driver.OnInterrupt();
}
