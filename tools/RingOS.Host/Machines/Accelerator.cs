// What executes a machine's instructions. Next: KvmProbe.cs
using System.Collections.Generic;

namespace RingOS.Host.Machines;

/// <summary>What executes a machine's instructions.</summary>
public enum Accelerator
{
    /// <summary>QEMU's translator: counts every instruction, can be watched, the same everywhere.</summary>
    Tcg,

    /// <summary>The host's own processor: real time, and nobody counts.</summary>
    Kvm,
}

/// <summary>Their names.</summary>
public static class Accelerators
{
    public static readonly IReadOnlyList<string> Words = ["tcg", "kvm"];

    /// <exception cref="RingOsException">There is none of that name.</exception>
    public static Accelerator Named(string word) => word switch
    {
        "tcg" => Accelerator.Tcg,
        "kvm" => Accelerator.Kvm,
        _ => throw new RingOsException($"unknown accelerator '{word}'; there is: {string.Join(", ", Words)}", exitCode: 2),
    };
}
