// Where the echo service is that the program `primitives` calls: what differs between two places is a price. Next: PrimitiveCosts.cs
using RingOS.Host.Boot;

namespace RingOS.Host.Compare;

/// <summary>A place for the peer.</summary>
/// <param name="Title">Its name in steps and gaps.</param>
/// <param name="Domain">The word of <c>peer-domain=</c>; null for none.</param>
/// <param name="Arguments">What else the program must be told.</param>
public sealed record PrimitivePeer(string Title, string? Domain, string Arguments)
{
    /// <summary>Ring 3, in an address space of its own.</summary>
    public static readonly PrimitivePeer Apart = new("peer in ring 3", null, "");

    /// <summary>Ring 1, in the kernel's half: part of the program's address space.</summary>
    public static readonly PrimitivePeer Within = new("peer in ring 1", "ring1", "");

    /// <summary>The same, with protection keys; then `int 0x80` and the call gate are closed.</summary>
    public static readonly PrimitivePeer WithKeys = new("peer in ring 1 with keys", "ring1-keys", " --entries none");

    /// <summary>The kernel's command line.</summary>
    /// <param name="byClock">Long batches, for a machine that does not count instructions.</param>
    public string CommandLine(bool byClock) => KernelCommandLine.Primitives(Domain, Arguments + (byClock ? " --wall" : ""));
}
