// What keeps all machines from starting is told once. Back to: HubExperiment.cs
using System;
using System.Collections.Generic;
using System.Linq;
using RingOS.Host;
using RingOS.Host.Machines;

namespace RingOS.Hub;

/// <summary>A machine that could not be started.</summary>
internal static class StartFailure
{
    /// <summary>How such a problem begins.</summary>
    public const string Words = "not started: ";

    private const string Device = MachineDevices.Carrier;
    private const string NoSuchDevice = "not a valid device model name";

    /// <exception cref="RingOsException">No machine could be started, or QEMU has no place for devices outside; one line says why.</exception>
    public static void Check(IReadOnlyList<HostRun> hosts)
    {
        if (hosts.Any(static host => host.Problem is { } problem && LacksDevice(problem)))
        {
            throw new RingOsException(
                $"this QEMU has no {Device}, which the NICs of the hub lie behind: a distribution's QEMU for Linux has it, unless built with --disable-ivshmem; 7.2 and 10.0 were tried");
        }
        string[] problems = [.. hosts.Select(static host => host.Problem ?? "").Distinct()];
        if (problems is [string only] && only.StartsWith(Words, StringComparison.Ordinal))
            throw new RingOsException(only[Words.Length..]);
    }

    private static bool LacksDevice(string problem)
        => problem.Contains(Device, StringComparison.Ordinal) && problem.Contains(NoSuchDevice, StringComparison.Ordinal);
}
