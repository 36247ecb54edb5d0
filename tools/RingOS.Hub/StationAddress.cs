// Who is who: MAC and IP addresses of the stations. Back to: HubExperiment.cs
using System.Globalization;

namespace RingOS.Hub;

/// <summary>Station 0 is 52:54:00:00:00:01 and 10.0.2.11.</summary>
public static class StationAddress
{
    /// <summary>Stations of one experiment: their IP addresses share a network with room for so many.</summary>
    public const int MostStations = 32;

    private const int FirstHost = 11;

    /// <summary>First byte on the wire in bits 7:0.</summary>
    public static ulong MacOf(int station) => 0x52 | (0x54 << 8) | ((ulong)(station + 1) << 40);

    public static string IpOf(int station) => string.Create(CultureInfo.InvariantCulture, $"10.0.2.{FirstHost + station}");

    /// <summary>Everybody sends to the next, and the last to the first.</summary>
    public static int PeerOf(int station, int count) => (station + 1) % count;
}
