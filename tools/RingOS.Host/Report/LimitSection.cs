// What the figures do not say, and how to get them again. Back to: ReportPage.cs
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Xml.Linq;
using RingOS.Host.Compare;

namespace RingOS.Host.Report;

/// <summary>Writes the limits of the figures and the way to repeat them.</summary>
internal static class LimitSection
{
    private static readonly string[] s_limits =
    [
        "Instructions are counted, not cycles. A processor executes several at once, or waits hundreds of cycles for one.",
        "Caches, TLBs, branch prediction and the price of a gate are not in them: a system call, a far call and an add all count one each. "
            + "The events stand beside the instructions for that reason.",
        "QEMU counts every turn of a repeated string instruction; processors do not. The guest is told that fast string instructions are "
            + "missing, so its copies are loops of wide moves.",
        "In plain TCG, loading a page table and writing the protection-key register each flush QEMU's whole TLB. Processors with tagged "
            + "TLBs need not flush for the first, and never do for the second: the clock figures of the placements that switch address "
            + "spaces or keys are worse than theirs would be.",
        "QEMU's e1000 has sent a frame when the doorbell's write returns, and its wire has no length. Latencies are those of the software.",
        "Two settings of the dials are two experiments. A batch divides the price of a wall by its length; it does not lower the wall.",
        "One processor, one flow, one NIC. Nothing here says how a design scales.",
        "A fault that was stopped shows that this wall stopped this fault, not that it stops all.",
    ];

    public static IEnumerable<XElement> Write()
    {
        yield return Html.Heading("What the figures do not say", "limits");
        yield return Html.Items(s_limits);
    }

    /// <summary>Commands, versions and the seed.</summary>
    public static IEnumerable<XElement> WriteRepetition(LadderResult result)
    {
        yield return Html.Heading("To repeat it", "repeat");
        yield return Html.Paragraph("This command made the page. Counted figures come out the same, those against the clock do not.");
        yield return Html.Code(result.Options.Command);
        yield return Versions(result).ToHtml();
        yield return Html.Paragraph("The first machine of each kind, as it was started (in the folder of the boot archive):");
        foreach (MachineRecord machine in result.Machines.DistinctBy(static machine => machine.Kind))
            yield return Html.Code($"# {machine.Kind}\n{machine.QemuCommand}");
        yield return Html.Paragraph("The kernel command lines of all machines, each once:");
        yield return Html.Code(string.Join('\n', result.Machines.Select(static machine => machine.KernelCommandLine).Distinct()));
    }

    private static ReportTable Versions(LadderResult result) => new(
        ["tool", "version"],
        [
            .. result.Versions.Select(static pair => (IReadOnlyList<string>)[pair.Key, pair.Value]),
            ["seed", LadderResult.Seed.ToString(CultureInfo.InvariantCulture)],
        ])
    {
        HoldsWords = true,
    };
}
