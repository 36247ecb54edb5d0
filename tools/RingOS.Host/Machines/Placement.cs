// Where the NIC driver can live: the words the kernel command line knows. docs/book explains each. Next: MachineOptions.cs
using System.Collections.Generic;
using System.Linq;

namespace RingOS.Host.Machines;

/// <summary>A placement of the NIC driver, and of the network stack.</summary>
/// <param name="Name">The word on the kernel command line: <c>placement=ring3</c>.</param>
/// <param name="Meaning">One line for help texts.</param>
public sealed record Placement(string Name, string Meaning)
{
    /// <summary>All of them; the first is what the others are compared with.</summary>
    public static readonly IReadOnlyList<Placement> All =
    [
        new("monolithic", "driver and network stack in the kernel, plain calls"),
        new("software", "driver in a thread of the kernel, walled by C# alone, by message"),
        new("ring1", "driver in a ring-1 service in the kernel's half of memory, by message"),
        new("ring1-keys", "the same, with protection keys on the kernel's memory"),
        new("ring3", "driver in a ring-3 service with its own address space, by message"),
        new("ring3-queue", "the same by queues in shared memory"),
        new("microkernel", "driver and network stack in ring-3 services of their own, by message"),
    ];

    /// <exception cref="RingOsException">There is no such placement.</exception>
    public static Placement Named(string name)
        => All.FirstOrDefault(placement => placement.Name == name)
            ?? throw new RingOsException(
                $"unknown placement '{name}'; there is: {string.Join(", ", All.Select(static placement => placement.Name))}", exitCode: 2);
}
