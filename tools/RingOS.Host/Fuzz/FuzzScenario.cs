// Where system calls are fuzzed: each placement, with the fuzzer's own service in the ring that fits it. Next: FuzzPlan.cs
using System.Collections.Generic;
using System.Linq;
using RingOS.Host.Machines;

namespace RingOS.Host.Fuzz;

/// <summary>A kind of boot.</summary>
/// <param name="Placement">Word of <c>placement=</c>.</param>
/// <param name="PeerDomain">Word of <c>peer-domain=</c>; null for ring 3.</param>
/// <param name="HasGates">The interrupt gate and the call gate lead into the kernel too.</param>
public sealed record FuzzScenario(string Placement, string? PeerDomain, bool HasGates)
{
    /// <summary>Without a network; not among <see cref="Machines.Placement.All"/>.</summary>
    public const string NoPlacement = "none";

    public static readonly IReadOnlyList<FuzzScenario> All =
    [
        new("monolithic", null, HasGates: true),
        new("software", "ring1", HasGates: true),
        new("ring1", "ring1", HasGates: true),
        new("ring1-keys", "ring1-keys", HasGates: false),
        new("ring3", null, HasGates: true),
        new("ring3-queue", null, HasGates: true),
        new("microkernel", null, HasGates: true),
        new(NoPlacement, "ring1", HasGates: true),
    ];

    /// <summary>The ring of the fuzzer's service.</summary>
    public int ServiceRing => PeerDomain is null ? 3 : 1;

    public bool HasNetwork => Placement != NoPlacement;

    /// <exception cref="RingOsException">There is no such placement.</exception>
    public static FuzzScenario Named(string placement)
        => All.FirstOrDefault(scenario => scenario.Placement == placement)
            ?? throw new RingOsException(
                $"unknown placement '{placement}'; there is: {string.Join(", ", All.Select(static scenario => scenario.Placement))}", exitCode: 2);

    /// <summary>The kernel's command line for so many processes: the first, the service, and those beside.</summary>
    public string CommandLine(int processes)
    {
        IEnumerable<string> companions = Enumerable.Range(3, processes - 2).Select(static number => $"also=fuzz,{number}");
        string[] words =
        [
            $"placement={Placement}", "watchdog=100", "peer=fuzz", .. PeerDomain is null ? [] : new[] { $"peer-domain={PeerDomain}" }, .. companions,
            "--", "fuzz", "1",
        ];
        return string.Join(' ', words);
    }
}
