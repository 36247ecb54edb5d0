// What the embedded client sends, and how fast. Next: IperfClient.cs
using System;
using System.Threading.Tasks;
using RingOS.Abi;

namespace RingOS.Host.Iperf;

/// <summary>A run of <see cref="IperfClient"/>.</summary>
public sealed record IperfClientOptions
{
    /// <summary>Data datagrams, the closing one not among them.</summary>
    public int Count { get; init; } = 2_000;

    /// <summary>UDP payload of each.</summary>
    public int Bytes { get; init; } = 1470;

    /// <summary>Datagrams sent one right after the other. A socket of the guest holds 32 that nobody has received yet.</summary>
    public int Burst { get; init; } = 1;

    /// <summary>From one burst to the next, at least.</summary>
    public TimeSpan Gap { get; init; } = TimeSpan.FromMilliseconds(1);

    /// <summary>
    /// The first datagram goes alone: the guest's station is asked for (ARP), and the guest prints lines. Whoever sees it do so
    /// completes this; else the client waits for <see cref="OpeningPause"/>.
    /// </summary>
    public Task? IsHeard { get; init; }

    /// <summary>The most that is waited after the first datagram.</summary>
    public TimeSpan OpeningPause { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <exception cref="RingOsException">A number is out of range.</exception>
    public void Check()
    {
        if (Count < 1)
            throw new RingOsException($"{Count} datagrams cannot be sent; give 1 or more", exitCode: 2);
        if (Bytes is < IperfDatagram.SettingsSize or > PacketLayout.MaximumUdpPayload)
            throw new RingOsException(
                $"{Bytes} bytes do not fit; give {IperfDatagram.SettingsSize} to {PacketLayout.MaximumUdpPayload}", exitCode: 2);
        if (Burst < 1 || Gap < TimeSpan.Zero)
            throw new RingOsException("a burst has 1 datagram or more, and a gap is not negative", exitCode: 2);
    }
}
