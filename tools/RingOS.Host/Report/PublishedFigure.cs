// What others have published or what was counted of them: never measured by this run, and said so. Next: PrimitiveSection.cs
using System.Collections.Generic;

namespace RingOS.Host.Report;

/// <summary>A figure of another system.</summary>
/// <param name="Who">The system.</param>
/// <param name="Operation">What was measured.</param>
/// <param name="Value">As published; a range stays one.</param>
/// <param name="Unit">Instructions and cycles are different things.</param>
/// <param name="Conditions">On what.</param>
/// <param name="Source">Who says so.</param>
public sealed record PublishedFigure(string Who, string Operation, string Value, string Unit, string Conditions, string Source)
{
    public const string Instructions = "instructions";

    private const string Cycles = "cycles";
    private const string Percent = "% more time";
    private const string Singularity = "Singularity";
    private const string Athlon = "AMD Athlon 64";
    private const string Hunt2005 = "Hunt et al., An Overview of the Singularity Project, 2005";
    private const string Hunt2007 = "Hunt and Larus, Singularity: Rethinking the Software Stack, 2007";
    private const string X64 = "x86-64";
    private const string L4Re = "L4Re";
    private const string L4ReFigures = "L4Re's published figures";

    /// <summary>In the order of the table: those that count what we count come first.</summary>
    public static readonly IReadOnlyList<PublishedFigure> All =
    [
        new(L4Re, "null system call", "147-148", Instructions, X64, L4ReFigures),
        new(L4Re, "IPC round trip, one address space", "543-557", Instructions, X64, L4ReFigures),
        new(L4Re, "IPC round trip, two address spaces", "587-613", Instructions, X64, L4ReFigures),
        new("seL4", "IPC call, two address spaces", "718", Cycles, "Intel Core i7-6700", "the seL4 project's performance page"),
        new("seL4", "IPC reply, two address spaces", "576", Cycles, "Intel Core i7-6700", "the seL4 project's performance page"),
        new(Singularity, "call into the kernel", "80", Cycles, Athlon, Hunt2005),
        new(Singularity, "thread yield", "365", Cycles, Athlon, Hunt2005),
        new(Singularity, "message ping-pong", "1,040", Cycles, Athlon, Hunt2005),
        new(Singularity, "WebFiles with paging on", "6.3", Percent, Athlon, Hunt2007),
        new(Singularity, "WebFiles, and an address space of its own", "18.9", Percent, Athlon, Hunt2007),
        new(Singularity, "WebFiles, and in ring 3", "33.0", Percent, Athlon, Hunt2007),
        new(Singularity, "WebFiles as a full microkernel", "37.7", Percent, Athlon, Hunt2007),
    ];
}
