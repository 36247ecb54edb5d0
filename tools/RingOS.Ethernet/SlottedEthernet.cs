// The model of Metcalfe and Boggs: "Ethernet: Distributed Packet Switching for Local Computer Networks", CACM 19(7), 1976, section 6.
// It has no frames, cables or backoff, only slots. Next: Hub/HubMedium.cs
using System;

namespace RingOS.Ethernet;

/// <summary>Q backlogged stations; in a contention slot each transmits with probability 1/Q, and one alone acquires the Ether.</summary>
/// <param name="stations">Q.</param>
/// <param name="bitsPerSecond">C.</param>
/// <param name="slotSeconds">T, the time to notice a collision.</param>
/// <param name="packetBits">P.</param>
public sealed class SlottedEthernet(int stations, double bitsPerSecond, double slotSeconds, int packetBits)
{
    private readonly int _stations = stations > 0 ? stations : throw new ArgumentException($"{stations} stations: choose 1 or more");

    /// <summary>The Ethernet of 1976: 3 Mb/s, 16 us.</summary>
    public static SlottedEthernet Of1976(int stations, int packetBits) => new(stations, 3_000_000, 16e-6, packetBits);

    /// <summary>The share of time that carries packets, by simulation.</summary>
    /// <param name="packets">How many to send.</param>
    /// <param name="seed">Same seed, same figure.</param>
    public double Simulate(int packets, ulong seed)
    {
        RandomStream random = new(seed, StreamPurpose.Slots, (ulong)_stations);
        long lostSlots = 0;
        for (int sent = 0; sent < packets; sent++)
        {
            while (Transmitters(random) != 1)
                lostSlots++;
        }
        return Efficiency((double)lostSlots / packets);
    }

    /// <summary>The same by their formula.</summary>
    public double Expected()
    {
        double acquisition = Math.Pow(1 - (1.0 / _stations), _stations - 1);
        return Efficiency((1 - acquisition) / acquisition);
    }

    private double Efficiency(double lostSlotsPerPacket)
    {
        double packetSeconds = packetBits / bitsPerSecond;
        return packetSeconds / (packetSeconds + (lostSlotsPerPacket * slotSeconds));
    }

    private int Transmitters(RandomStream random)
    {
        int transmitters = 0;
        for (int station = 0; station < _stations; station++)
            transmitters += random.NextBelow(_stations) == 0 ? 1 : 0;
        return transmitters;
    }
}
