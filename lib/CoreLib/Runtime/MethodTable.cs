// The description of a type that ILC emits and every object points to. Layout: CoreCLR Internal.Runtime.MethodTable. Next: TypeCast.cs
using System.Runtime.InteropServices;

namespace System.Runtime;

/// <summary>The fixed head of a type description; the virtual method slots and the interface map follow it in memory.</summary>
[StructLayout(LayoutKind.Sequential)]
unsafe partial struct MethodTable
{
    private const uint KindMask = 0x30000;
    private const uint HasDispatchMapFlag = 0x40000;
    private const uint IsTrackedForFinalizerFlag = 0x100000;

    internal uint Flags; // bits 15:0 = size of an element, for arrays and strings
    internal uint BaseSize;
    internal MethodTable* RelatedType; // base class, or element type of an array
    internal ushort VirtualSlotCount;
    internal ushort InterfaceCount;
    internal uint HashCode;

    internal readonly ushort ComponentSize => (ushort)Flags;

    /// <summary>An ordinary class or struct: <see cref="RelatedType"/> is its base.</summary>
    internal readonly bool IsCanonical => (Flags & KindMask) == 0;

    internal readonly bool HasDispatchMap => (Flags & HasDispatchMapFlag) != 0;

    internal readonly bool HasFinalizerField => (Flags & IsTrackedForFinalizerFlag) != 0;

    internal static nint* VirtualSlots(MethodTable* type) => (nint*)(type + 1);

    internal static MethodTable** Interfaces(MethodTable* type) => (MethodTable**)(VirtualSlots(type) + type->VirtualSlotCount);
}
