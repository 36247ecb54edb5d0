// The driver in the domain of its stack: every request is a plain call. Side by side with: ../Service/ServiceHost.cs
using System.Runtime.CompilerServices;
using RingOS.Abi;
using RingOS.Hardware;
using RingOS.Net;

namespace RingOS.Hosts.Direct;

/// <summary>
/// Hosts a driver by not being there. The driver reports its events straight to the stack it was made with, and whoever owns the
/// interrupt calls <see cref="OnInterrupt"/> from it.
/// </summary>
/// <param name="batch">Frames after which the device is told, at least 1.</param>
public sealed class DirectHost(int batch) : INicLink
{
    private int _pending; // frames the device has not been told of

    /// <summary>The driver; set once, because it is made with the stack, which is made with this.</summary>
    public INicDriver Driver { get; set; } = null!;

    public ulong MacAddress => Driver.MacAddress;

    public NicCapabilities Capabilities => Driver.Capabilities;

    public Status Transmit(PacketIndex packet, ushort length, TransmitOptions options)
    {
        if (batch > 1)
        {
            if (++_pending < batch)
                options |= TransmitOptions.MoreFollows;
            else
                _pending = 0;
        }
        Status status = Driver.ProvideTransmit(packet, length, options);
        return status == Status.NoBufferSpace ? TransmitAgain(packet, length, options) : status;
    }

    // A moderated device is silent about much that it has done: look before giving up.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private Status TransmitAgain(PacketIndex packet, ushort length, TransmitOptions options)
    {
        Flush();
        Driver.OnInterrupt();
        return Driver.ProvideTransmit(packet, length, options);
    }

    public Status LendReceive(PacketIndex packet) => Driver.ProvideReceive(packet);

    public ulong ReadCounter(NicCounter counter) => Driver.ReadCounter(counter);

    public void OnInterrupt() => Driver.OnInterrupt();

    /// <summary>A batch has waited long enough.</summary>
    public void Flush()
    {
        _pending = 0;
        Driver.FlushTransmit();
    }
}
