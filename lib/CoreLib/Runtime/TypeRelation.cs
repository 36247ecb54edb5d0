// Which object may be where which type is declared: ECMA-335 I.8.7.1 (assignment compatibility) and II.9.5 (variance). Next: TypeCast.cs
namespace System.Runtime;

/// <summary>The one answer for casts, array stores and interface calls.</summary>
internal static unsafe class TypeRelation
{
    // Contravariant types can refer to each other without end. What is deeper than this is refused, which is safe.
    private const int MostNesting = 32;

    /// <summary>An object of this type is also one of the wanted type.</summary>
    public static bool IsAssignable(MethodTable* type, MethodTable* wanted) => IsAssignable(type, wanted, MostNesting);

    /// <summary>An interface that a type has serves for another: the same, or one that differs in variant arguments only.</summary>
    public static bool IsVariantOf(MethodTable* type, MethodTable* wanted) => IsVariantOf(type, wanted, MostNesting);

    private static bool IsAssignable(MethodTable* type, MethodTable* wanted, int nesting)
    {
        if (type == wanted)
            return true;
        if (nesting == 0)
            return false;
        if (wanted->IsArray)
            return IsSameShape(type, wanted) && AreElementsAssignable(type->RelatedType, wanted->RelatedType, nesting - 1);
        if (wanted->IsInterface)
            return Implements(type, wanted, nesting) || (type->IsInterface && IsVariantOf(type, wanted, nesting));
        if (!type->IsCanonical)
            return type->IsArray && wanted->IsRootOfArrays;
        return IsDerived(type, wanted) || IsVariantOf(type, wanted, nesting);
    }

    private static bool IsDerived(MethodTable* type, MethodTable* wanted)
    {
        for (; type != null; type = type->RelatedType)
        {
            if (type == wanted)
                return true;
        }
        return wanted->Kind == ElementKind.Class && wanted->RelatedType == null; // an interface is an object, too
    }

    private static bool Implements(MethodTable* type, MethodTable* wanted, int nesting)
    {
        MethodTable** interfaces = MethodTable.Interfaces(type);
        for (int i = 0; i < type->InterfaceCount; i++)
        {
            if (interfaces[i] == wanted || IsVariantOf(interfaces[i], wanted, nesting))
                return true;
        }
        return false;
    }

    private static bool IsVariantOf(MethodTable* type, MethodTable* wanted, int nesting)
    {
        if (!type->HasVariance || !wanted->HasVariance || MethodTable.GenericDefinition(type) != MethodTable.GenericDefinition(wanted))
            return false;
        Variance* variances = MethodTable.Variances(wanted);
        for (int i = 0; i < MethodTable.GenericArity(wanted); i++)
        {
            if (!IsArgumentAssignable(MethodTable.GenericArgument(type, i), MethodTable.GenericArgument(wanted, i), variances[i], nesting))
                return false;
        }
        return true;
    }

    private static bool IsArgumentAssignable(MethodTable* argument, MethodTable* wanted, Variance variance, int nesting) => variance switch
    {
        _ when argument == wanted => true,
        Variance.Covariant => !argument->IsValueType && IsAssignable(argument, wanted, nesting - 1),
        Variance.Contravariant => !wanted->IsValueType && IsAssignable(wanted, argument, nesting - 1),
        _ => false,
    };

    // The size of an array's type description is that of its bounds: the rank.
    private static bool IsSameShape(MethodTable* type, MethodTable* wanted) => type->Kind == wanted->Kind && type->BaseSize == wanted->BaseSize;

    private static bool AreElementsAssignable(MethodTable* element, MethodTable* wanted, int nesting)
    {
        if (element->IsValueType || wanted->IsValueType)
            return element == wanted || (element->IsPrimitive && wanted->IsPrimitive && WithoutSign(element->Kind) == WithoutSign(wanted->Kind));
        return IsAssignable(element, wanted, nesting);
    }

    // ECMA-335 I.8.7.1, reduced types: an array of ints is also one of uints, and of enums over either.
    private static ElementKind WithoutSign(ElementKind kind) => kind switch
    {
        ElementKind.Byte => ElementKind.SignedByte,
        ElementKind.UInt16 => ElementKind.Int16,
        ElementKind.UInt32 => ElementKind.Int32,
        ElementKind.UInt64 => ElementKind.Int64,
        ElementKind.UIntPtr => ElementKind.IntPtr,
        _ => kind,
    };
}
