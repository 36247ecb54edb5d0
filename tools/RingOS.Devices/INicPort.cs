// A NIC's way to its medium. The medium answers through the device's OnTransmitted and OnReceived. Next: TransmitResult.cs
using System;

namespace RingOS.Devices;

/// <summary>One station's attachment to a hub, a switch or a test. It resolves contention in simulated time.</summary>
public interface INicPort
{
    /// <summary>The port still has a frame of this station.</summary>
    bool IsBusy { get; }

    /// <summary>Seed of the station's backoff, 10 bits, as its driver has set it.</summary>
    uint BackoffSeed { set; }

    /// <summary>
    /// Takes one frame, to be sent as soon as the medium allows. Its fate is told once, at any later time or from inside this call.
    /// </summary>
    /// <param name="frame">60 to 1514 bytes: without preamble and check sequence, padded. It stays as it is for ever.</param>
    void Offer(ReadOnlyMemory<byte> frame);
}
