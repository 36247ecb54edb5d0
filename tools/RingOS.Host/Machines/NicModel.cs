// The NICs RingOS has drivers for, and QEMU's names for them. Next: Placement.cs
using System;
using System.Collections.Generic;
using System.Linq;

namespace RingOS.Host.Machines;

/// <summary>A NIC that a machine can have.</summary>
/// <param name="Name">The word on the kernel command line: <c>nic=e1000</c>.</param>
/// <param name="Device">QEMU's -device value, less the netdev; told whether the device may hold interrupts back.</param>
public sealed record NicModel(string Name, Func<bool, string> Device)
{
    public const string Default = "e1000";

    private const string ModeratedWord = "interrupts=moderated";

    /// <summary>
    /// QEMU's e1000 with mitigation holds back interrupts beyond 7813 a second whatever the driver asks, without it none whatever
    /// the driver asks; and a boot ROM is not needed.
    /// </summary>
    public static readonly IReadOnlyList<NicModel> All =
    [
        new("e1000", static moderates => $"e1000,mitigation={(moderates ? "on" : "off")},romfile="),
    ];

    /// <summary>The program of the boot archive that is its driver, less the folder.</summary>
    public string Service => "nic-" + Name;

    /// <exception cref="RingOsException">There is no such NIC.</exception>
    public static NicModel Named(string name)
        => All.FirstOrDefault(nic => nic.Name == name)
            ?? throw new RingOsException(
                $"unknown NIC '{name}'; there is: {string.Join(", ", All.Select(static nic => nic.Name))}", exitCode: 2);

    /// <summary>The device that goes with a kernel command line, so that driver and device moderate both or neither.</summary>
    public string DeviceFor(string commandLine)
        => Device(commandLine.Split(' ').TakeWhile(static word => word != "--").Contains(ModeratedWord));
}
