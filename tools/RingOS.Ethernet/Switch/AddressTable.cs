// Which port an address was last seen at. IEEE 802.1D clause 7.8 (learning), without ageing. Next: SwitchMedium.cs
using System.Collections.Generic;

namespace RingOS.Ethernet;

/// <summary>Learns from source addresses. Bounded: a station that makes up addresses cannot fill the host's memory.</summary>
internal sealed class AddressTable
{
    private const int MostEntries = 4096;
    private readonly Dictionary<MacAddress, int> _ports = [];

    public void Learn(MacAddress source, int port)
    {
        if (!source.IsGroup && (_ports.Count < MostEntries || _ports.ContainsKey(source)))
            _ports[source] = port;
    }

    /// <returns>The port, or null if the frame has to go to all.</returns>
    public int? Find(MacAddress destination)
        => !destination.IsGroup && _ports.TryGetValue(destination, out int port) ? port : null;
}
