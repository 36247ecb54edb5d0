// What the processor under this tool can do, as Linux says it. proc(5), /proc/cpuinfo. Back to: KvmProbe.cs
using System;
using System.IO;
using System.Linq;

namespace RingOS.Host.Machines;

/// <summary>The host's processor.</summary>
public static class HostProcessor
{
    private const string CpuInfo = "/proc/cpuinfo";

    /// <summary>Supervisor protection keys (PKS): CPUID.7.ECX bit 31.</summary>
    public static bool HasSupervisorKeys { get; } = File.Exists(CpuInfo) && Names(File.ReadAllText(CpuInfo), "pks");

    /// <summary>Whether the first line of flags has a word.</summary>
    internal static bool Names(string cpuInfo, string flag)
        => cpuInfo.Split('\n').FirstOrDefault(static line => line.StartsWith("flags", StringComparison.Ordinal))?.Split(' ').Contains(flag) == true;
}
