// The faults a driver commits, and the words for what becomes of the system. Guest side: drivers/hosts/Faulty. Next: ExpectedOutcomes.cs
using System.Collections.Generic;
using System.Linq;

namespace RingOS.Host.Faults;

/// <summary>Names of faults: the rows of the matrix, and words of the kernel's <c>fault=</c>.</summary>
public static class Fault
{
    /// <summary>A store to a word of kernel data.</summary>
    public const string WildWrite = "wild-write";

    /// <summary>Turns off the processor's write protection, CR0.WP.</summary>
    public const string Privileged = "privileged";

    /// <summary>Computes for ever.</summary>
    public const string Loop = "loop";

    /// <summary>Ends.</summary>
    public const string Exit = "exit";

    /// <summary>A wild write through descriptor memory, for a driver that has no addresses: a second way to the cell of <see cref="WildWrite"/>.</summary>
    public const string WildDma = "wild-dma";

    /// <summary>The rows.</summary>
    public static readonly IReadOnlyList<string> All = [WildWrite, Privileged, Loop, Exit];

    /// <exception cref="RingOsException">There is no such fault.</exception>
    public static string Named(string name)
        => All.Contains(name) ? name : throw new RingOsException($"unknown fault '{name}'; there is: {string.Join(", ", All)}", exitCode: 2);
}

/// <summary>What becomes of the system, from harmless to worst.</summary>
public static class Outcome
{
    /// <summary>Such a driver cannot be built.</summary>
    public const string Refused = "refused by the compiler";

    /// <summary>The driver came back, and datagrams flowed again.</summary>
    public const string Restarted = "restarted";

    /// <summary>The kernel and the programs went on without a network.</summary>
    public const string NoNic = "kernel alive, no NIC";

    /// <summary>Nothing was observed: the fault was not committed, or nobody noticed.</summary>
    public const string NoEffect = "no effect";

    /// <summary>The kernel ran on with its data or its protection spoiled.</summary>
    public const string SilentCorruption = "silent corruption";

    /// <summary>The kernel stopped with a report.</summary>
    public const string Panic = "panic";

    /// <summary>The kernel no longer answered.</summary>
    public const string Hang = "hang";

    /// <summary>The machine was reset without a word.</summary>
    public const string Reset = "reset";

    /// <summary>The placement did not start, so there is no outcome.</summary>
    public const string NotStarted = "did not start";
}
