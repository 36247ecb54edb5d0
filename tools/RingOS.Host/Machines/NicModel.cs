// The NICs RingOS has drivers for, and QEMU's names for them. Next: Placement.cs
using System;
using System.Collections.Generic;
using System.Linq;

namespace RingOS.Host.Machines;

/// <summary>A NIC that a machine can have.</summary>
/// <param name="Name">The word on the kernel command line: <c>nic=e1000</c>.</param>
/// <param name="Windows">The words of <c>io=</c> it can do, the default first: where its driver finds the registers.</param>
/// <param name="Device">QEMU's -device value, less the netdev; told whether the device may hold interrupts back.</param>
public sealed record NicModel(string Name, IReadOnlyList<string> Windows, Func<bool, string> Device)
{
    public const string Default = "e1000";

    /// <summary>Registers in memory, which every NIC here has.</summary>
    public const string DefaultWindow = "memory";

    private const string ModeratedWord = "interrupts=moderated";

    /// <summary>
    /// QEMU's e1000 with mitigation holds back interrupts beyond 7813 a second whatever the driver asks, without it none whatever
    /// the driver asks; and a boot ROM is not needed.
    /// </summary>
    public static readonly IReadOnlyList<NicModel> All =
    [
        new("e1000", ["memory"], static moderates => $"e1000,mitigation={(moderates ? "on" : "off")},romfile="),
        new("rtl8139", ["memory", "port"], static _ => "rtl8139,romfile="),
        new("bcm5721", ["memory"], static _ => throw new RingOsException(
            "QEMU has no bcm5721: it is a device of this project's own, on a wire of its own; see it with: ./ringos hub", exitCode: 2)),
    ];

    /// <summary>The program of the boot archive that is its driver, less the folder.</summary>
    public string Service => "nic-" + Name;

    /// <exception cref="RingOsException">There is no such NIC.</exception>
    public static NicModel Named(string name)
        => All.FirstOrDefault(nic => nic.Name == name)
            ?? throw new RingOsException(
                $"unknown NIC '{name}'; there is: {string.Join(", ", All.Select(static nic => nic.Name))}", exitCode: 2);

    /// <summary>The kernel's words for this NIC: "nic=rtl8139 io=port"; the default window is not said.</summary>
    /// <exception cref="RingOsException">Its registers are not there.</exception>
    public string Words(string window)
    {
        if (!Windows.Contains(window))
            throw new RingOsException($"the driver of the {Name} finds its registers by io={string.Join(" or ", Windows)}, not '{window}'", exitCode: 2);
        return window == Windows[0] ? $"nic={Name}" : $"nic={Name} io={window}";
    }

    /// <summary>The device that goes with a kernel command line, so that driver and device moderate both or neither.</summary>
    public string DeviceFor(string commandLine)
        => Device(commandLine.Split(' ').TakeWhile(static word => word != "--").Contains(ModeratedWord));
}
