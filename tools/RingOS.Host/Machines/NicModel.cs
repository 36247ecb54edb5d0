// The NICs RingOS has drivers for, and QEMU's names for them. Next: Placement.cs
using System;
using System.Collections.Generic;
using System.Linq;

namespace RingOS.Host.Machines;

/// <summary>A NIC that a machine can have.</summary>
/// <param name="Name">The word on the kernel command line: <c>nic=e1000</c>.</param>
/// <param name="Device">QEMU's -device value, less the netdev.</param>
public sealed record NicModel(string Name, string Device)
{
    public const string Default = "e1000";

    /// <summary>
    /// QEMU's e1000 would hold back interrupts beyond 7813 a second (mitigation) whatever the driver asks; and a boot ROM is not needed.
    /// </summary>
    public static readonly IReadOnlyList<NicModel> All = [new("e1000", "e1000,mitigation=off,romfile=")];

    /// <exception cref="RingOsException">There is no such NIC.</exception>
    public static NicModel Named(string name)
        => All.FirstOrDefault(nic => nic.Name == name)
            ?? throw new RingOsException(
                $"unknown NIC '{name}'; there is: {string.Join(", ", All.Select(static nic => nic.Name))}", exitCode: 2);
}
