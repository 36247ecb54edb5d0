// Which wall stands where, and what it does not stop. The columns of docs/book, as one table. Next: LimitSection.cs
using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using RingOS.Host.Compare;

namespace RingOS.Host.Report;

/// <summary>Writes the protection table.</summary>
internal static class ProtectionSection
{
    private const string Nothing = "nothing";
    private const string ByLanguage = "C# memory safety: no unsafe code, every register and DMA access checked";
    private const string ByPrivilege = "the processor: privilege level above 0";
    private const string ByDeadline = "preemption, and a deadline for every request";
    private const string ByPageTables = "page tables of its own";
    private const string Dma = "DMA: without an IOMMU a descriptor with a wrong address lets the NIC write any memory, whatever the ring";

    // Placement: memory, privileged instructions and ports, time, and what stays open.
    private static readonly Dictionary<string, string[]> s_walls = new()
    {
        ["monolithic"] = [Nothing, Nothing, Nothing, "anything: a bug of the driver is a bug of the kernel. " + Dma],
        ["software"] =
        [
            ByLanguage, "the language: C# has no such instructions", ByDeadline,
            "a bug in the compiler or in the unsafe code of the libraries below the driver. " + Dma,
        ],
        ["ring1"] =
        [
            Nothing, ByPrivilege, ByDeadline,
            "memory: 64-bit paging knows only user and supervisor, and rings 0 to 2 are all supervisor. " + Dma,
        ],
        ["ring1-keys"] =
        [
            "supervisor protection keys", ByPrivilege, ByDeadline,
            "user pages of the address space that is loaded, reading the descriptor tables and the task state, executing kernel text up to "
                + "its first privileged instruction; 16 keys are enough for about 13 drivers. " + Dma,
        ],
        ["ring3"] = [ByPageTables, ByPrivilege, ByDeadline, Dma],
        ["ring3-queue"] =
        [
            ByPageTables, ByPrivilege, ByDeadline,
            "wrong contents of the shared queues, which both sides must check. " + Dma,
        ],
        ["microkernel"] =
        [
            ByPageTables + ", and of the network stack's", ByPrivilege + ", for the stack too", ByDeadline,
            "a network stack that lies to its programs. " + Dma,
        ],
    };

    public static IEnumerable<XElement> Write(LadderResult result)
    {
        yield return Html.Heading("Which wall stands where", "protection");
        yield return Html.Paragraph("What enforces that the driver keeps to its own, and what that does not stop.");
        yield return new ReportTable(
            ["placement", "memory is guarded by", "privileged instructions and ports by", "time by", "what it does not stop"],
            [.. result.Options.Placements.Select(static placement => placement.Name).Where(s_walls.ContainsKey)
                .Select(static name => (IReadOnlyList<string>)[name, .. s_walls[name]])])
        {
            HoldsWords = true,
        }.ToHtml();
    }
}
