// The NICs RingOS has drivers for, and QEMU's names for them. Next: Placement.cs
using System;
using System.Collections.Generic;
using System.Linq;

namespace RingOS.Host.Machines;

/// <summary>A NIC that a machine can have.</summary>
/// <param name="Name">The word on the kernel command line: <c>nic=e1000</c>.</param>
/// <param name="Windows">The words of <c>io=</c> it can do, the default first: where its driver finds the registers.</param>
/// <param name="Device">QEMU's -device value, less the netdev; told when the device is to interrupt: a word of <see cref="Dials"/>.</param>
public sealed record NicModel(string Name, IReadOnlyList<string> Windows, Func<Qemu, string, string> Device)
{
    /// <summary>The one whose every frame can interrupt in every QEMU.</summary>
    public const string Default = "e1000e";

    /// <summary>Registers in memory, which every NIC here has.</summary>
    public const string DefaultWindow = "memory";

    private const string InterruptsWord = "interrupts=";

    /// <summary>All of them. A boot ROM is not needed.</summary>
    public static readonly IReadOnlyList<NicModel> All =
    [
        new("e1000", ["memory"], E1000Device),
        new("e1000e", ["memory"], static (_, _) => "e1000e,romfile="),
        new("rtl8139", ["memory", "port"], static (_, _) => "rtl8139,romfile="),
        new("bcm5721", ["memory"], static (_, _) => throw new RingOsException(
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
    /// <exception cref="RingOsException">This QEMU's device cannot do what the command line asks for.</exception>
    public string DeviceFor(Qemu qemu, string commandLine)
        => Device(qemu, InterruptsOf(commandLine));

    private static string InterruptsOf(string commandLine)
        => commandLine.Split(' ').TakeWhile(static word => word != "--")
            .LastOrDefault(static word => word.StartsWith(InterruptsWord, StringComparison.Ordinal))?[InterruptsWord.Length..]
            ?? Dials.Headline.Interrupts;

    // With mitigation it holds back interrupts beyond 7822 a second whatever its driver asks, without it none whatever its driver asks.
    private static string E1000Device(Qemu qemu, string interrupts)
    {
        if (qemu.E1000HasMitigation)
            return $"e1000,mitigation={(interrupts == Dials.Moderated ? "on" : "off")},romfile=";
        return interrupts != Dials.Headline.Interrupts ? "e1000,romfile=" : throw new RingOsException(
            $"the e1000 of QEMU {qemu.Version} always holds interrupts back (at most 7822 a second), so there is no interrupts=frame with it; "
            + "give --interrupts moderated or poll, or another --nic", exitCode: 2);
    }
}
