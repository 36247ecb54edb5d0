// The description of a type that ILC emits and every object points to. Layout: CoreCLR Internal.Runtime.MethodTable. Next: TypeRelation.cs
using System.Runtime.InteropServices;

namespace System.Runtime;

/// <summary>The fixed head of a type description; the virtual method slots and the interface map follow it in memory.</summary>
[StructLayout(LayoutKind.Sequential)]
unsafe partial struct MethodTable
{
    private const uint KindMask = 0x30000;
    private const uint HasDispatchMapFlag = 0x40000;
    private const uint IsTrackedForFinalizerFlag = 0x100000;
    private const uint HasSealedSlotsFlag = 0x400000;
    private const uint HasVarianceFlag = 0x800000;
    private const uint IsGenericFlag = 0x2000000;
    private const int ElementKindShift = 26;
    private const uint ElementKindMask = 0x1F;
    private const uint ObjectOverhead = 16; // header and type pointer
    private const int ValuePaddingShift = 5;
    private const uint ValuePaddingMask = 7;
    private const int NullableOffsetShift = 8;
    private const uint NullableOffsetMask = 7;
    private const int FixedRelativeFields = 2; // type manager, writable data

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

    /// <summary>An interface or delegate of which one type parameter at least is declared <c>in</c> or <c>out</c>.</summary>
    internal readonly bool HasVariance => (Flags & (HasVarianceFlag | IsGenericFlag)) == (HasVarianceFlag | IsGenericFlag);

    internal readonly ElementKind Kind => (ElementKind)((Flags >> ElementKindShift) & ElementKindMask);

    internal readonly bool IsInterface => Kind == ElementKind.Interface;

    internal readonly bool IsArray => Kind is ElementKind.Array or ElementKind.Vector;

    internal readonly bool IsValueType => Kind < ElementKind.Class;

    /// <summary>A number, a boolean, a character, or an enum of one.</summary>
    internal readonly bool IsPrimitive => Kind < ElementKind.ValueType;

    /// <summary>System.Object and System.Array: what every array is besides.</summary>
    internal readonly bool IsRootOfArrays => Kind == ElementKind.SystemArray || (Kind == ElementKind.Class && RelatedType == null);

    /// <summary>Bytes of a value of this value type, as a local or a field.</summary>
    internal readonly uint ValueSize => BaseSize - ObjectOverhead - ((Flags >> ValuePaddingShift) & ValuePaddingMask);

    /// <summary>Where the content of a Nullable begins.</summary>
    internal readonly int NullableValueOffset => 1 << (int)((Flags >> NullableOffsetShift) & NullableOffsetMask);

    internal static nint* VirtualSlots(MethodTable* type) => (nint*)(type + 1);

    internal static MethodTable** Interfaces(MethodTable* type) => (MethodTable**)(VirtualSlots(type) + type->VirtualSlotCount);

    /// <summary>Four counts (instance, default, static, static default), then {interface index, slot, implementation} triples.</summary>
    internal static ushort* DispatchMap(MethodTable* type) => (ushort*)Follow(RelativeFields(type) + FixedRelativeFields);

    /// <summary>Methods that cannot be overridden have no virtual slot but one in a table of 32-bit self-relative addresses.</summary>
    internal static nint SealedSlot(MethodTable* type, int index)
    {
        int* field = RelativeFields(type) + FixedRelativeFields + (type->HasDispatchMap ? 1 : 0) + (type->HasFinalizerField ? 1 : 0);
        return (nint)Follow((int*)Follow(field) + index);
    }

    /// <summary>The generic type of which this is an instantiation.</summary>
    internal static MethodTable* GenericDefinition(MethodTable* type) => (MethodTable*)Follow(GenericFields(type));

    /// <summary>One of its type arguments. A single one is in the field itself; of several there is a table.</summary>
    internal static MethodTable* GenericArgument(MethodTable* type, int index)
    {
        int* field = GenericFields(type) + 1;
        return (MethodTable*)Follow(GenericArity(type) == 1 ? field : (int*)Follow(field) + index);
    }

    /// <summary>How many type arguments it has. A generic definition has no objects, and this in the place of their size.</summary>
    internal static int GenericArity(MethodTable* type) => (int)GenericDefinition(type)->BaseSize;

    /// <summary>How each type parameter varies. Only of types with <see cref="HasVariance"/>.</summary>
    internal static Variance* Variances(MethodTable* type) => (Variance*)Follow(RelativeFields(GenericDefinition(type)) + FixedRelativeFields);

    // After the interface map come 32-bit self-relative fields: type manager, writable data, [dispatch map], [finalizer], [sealed slots],
    // [generic definition, generic arguments]. A generic definition has no interfaces, and its variances in the place of arguments.
    private static int* RelativeFields(MethodTable* type) => (int*)(Interfaces(type) + type->InterfaceCount);

    private static int* GenericFields(MethodTable* type)
        => RelativeFields(type) + FixedRelativeFields
            + (type->HasDispatchMap ? 1 : 0) + (type->HasFinalizerField ? 1 : 0) + ((type->Flags & HasSealedSlotsFlag) != 0 ? 1 : 0);

    private static void* Follow(int* field) => (byte*)field + *field;
}

/// <summary>What a value of a type is made of; an enum has the kind of its underlying type. EETypeElementType.</summary>
internal enum ElementKind : uint
{
    SignedByte = 4,
    Byte = 5,
    Int16 = 6,
    UInt16 = 7,
    Int32 = 8,
    UInt32 = 9,
    Int64 = 10,
    UInt64 = 11,
    IntPtr = 12,
    UIntPtr = 13,
    ValueType = 16,
    Nullable = 18,
    Class = 20,
    Interface = 21,
    SystemArray = 22,
    Array = 23,
    Vector = 24,
}

/// <summary>ECMA-335 II.9.5.</summary>
internal enum Variance : byte
{
    None = 0,
    Covariant = 1,
    Contravariant = 2,
}
