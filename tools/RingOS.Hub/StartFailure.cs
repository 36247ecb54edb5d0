// What keeps all machines from starting is told once. Back to: HubExperiment.cs
using System;
using System.Collections.Generic;
using System.Linq;
using RingOS.Host;

namespace RingOS.Hub;

/// <summary>A machine that could not be started.</summary>
internal static class StartFailure
{
    /// <summary>How such a problem begins.</summary>
    public const string Words = "not started: ";

    private const string Device = "x-pci-proxy-dev";
    private const string NoSuchDevice = "not a valid device model name";

    /// <exception cref="RingOsException">No machine could be started, or QEMU has no devices outside; one line says why.</exception>
    public static void Check(IReadOnlyList<HostRun> hosts)
    {
        if (hosts.Any(static host => host.Run is { } run && LacksDevice(run.MachineErrors)))
        {
            throw new RingOsException(
                $"this QEMU has no {Device}, which the NICs of the hub are plugged into: QEMU 6.0 or later for Linux has it, unless built with --disable-multiprocess; 7.2 was tried");
        }
        string[] problems = [.. hosts.Select(static host => host.Problem ?? "").Distinct()];
        if (problems is [string only] && only.StartsWith(Words, StringComparison.Ordinal))
            throw new RingOsException(only[Words.Length..]);
    }

    private static bool LacksDevice(string errors)
        => errors.Contains(Device, StringComparison.Ordinal) && errors.Contains(NoSuchDevice, StringComparison.Ordinal);
}
