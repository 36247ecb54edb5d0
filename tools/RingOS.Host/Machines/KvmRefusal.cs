// What the trial of KVM means, in one sentence. Back to: KvmProbe.cs
using System;
using System.Linq;
using RingOS.Host.Boot;

namespace RingOS.Host.Machines;

/// <summary>Why a system cannot be booted with KVM.</summary>
public static class KvmRefusal
{
    /// <summary>The placement whose wall TCG has and few processors do.</summary>
    public const string NeedsKeys = "ring1-keys";

    private const string Remedy = "; leave out --accel kvm";

    /// <summary>The reason; null if there is none.</summary>
    /// <param name="trial">What the probe's guest did.</param>
    /// <param name="kernelCommandLine">With <c>smap=off</c> the kernel executes no <c>clac</c>.</param>
    public static string? Of(KvmTrial trial, string kernelCommandLine)
    {
        if (KvmProbe.RanToItsEnd(trial))
            return null;
        bool usesAccessPrevention = !KernelCommandLine.Options(kernelCommandLine).Contains("smap=off");
        return trial switch
        {
            { Progress: "RS", Ended: null } => usesAccessPrevention
                ? "KVM of this machine stops at the instruction clac, which the kernel needs for SMAP; add --smap off" + Remedy.Replace("; ", ", or ", StringComparison.Ordinal)
                : null,
            { Ended: null, Progress: "" } => "KVM of this machine does not execute a guest's first instruction" + Remedy,
            { Ended: null } => $"{KvmWatch.ProblemIn(trial.Errors) ?? "the guest of a few instructions did not come to its end"}{Remedy}",
            _ => $"QEMU cannot use KVM on this machine (it says: {LastOf(trial.Errors)}){Remedy}",
        };
    }

    // An assertion of QEMU's comes last, and what led to it before.
    private static string LastOf(string errors)
        => LastLine.Of(errors, static line => !line.Contains("Assertion", StringComparison.Ordinal)) ?? LastLine.Of(errors) ?? "nothing";
}
