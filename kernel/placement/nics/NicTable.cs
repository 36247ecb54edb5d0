// The NICs there are drivers for. A new one is a file beside this one, a line here, a driver in drivers/nic and its service in
// drivers/hosts/Service. The host's table: tools/RingOS.Host/Machines/NicModel.cs. Next: E1000Nic.cs
using System;
using System.Runtime.CompilerServices;

namespace RingOS.Kernel.Placement.Nics;

/// <summary>Finds a NIC by its word on the command line.</summary>
public static class NicTable
{
    /// <summary>What is said of any other word.</summary>
    public const string Unknown = "no such NIC; there is e1000, e1000e, rtl8139, bcm5721";

    /// <summary>What is taken if the command line names none: the one whose every frame can interrupt in every QEMU.</summary>
    public static NicKind Default => new E1000eNic();

    /// <summary>All of them.</summary>
    /// <remarks>Not inlined: the compiler would put the array on the stack, and clear it there through an SSE register.</remarks>
    public static NicKind[] All
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        get =>
        [
            new E1000Nic(),
            new E1000eNic(),
            new Rtl8139Nic(),
            new Bcm5721Nic(),
        ];
    }

    /// <summary>Null for a word that is none of them.</summary>
    public static NicKind? Named(ReadOnlySpan<byte> name)
    {
        foreach (NicKind kind in All)
        {
            if (kind.IsNamed(name))
                return kind;
        }
        return null;
    }
}
