// is, as, casts and array stores. ILC looks all of these up by name, used or not. Next: InterfaceDispatch.cs
using System.Runtime.CompilerServices;

namespace System.Runtime;

internal static unsafe class TypeCast
{
    public static object IsInstanceOfClass(MethodTable* type, object value) => IsInstanceOfAny(type, value);

    public static object IsInstanceOfInterface(MethodTable* type, object value) => IsInstanceOfAny(type, value);

    public static object IsInstanceOfAny(MethodTable* type, object value)
        => value is not null && TypeRelation.IsAssignable(value._methodTable, type) ? value : null;

    public static bool IsInstanceOfException(MethodTable* type, object value) => IsInstanceOfAny(type, value) is not null;

    public static object CheckCastClass(MethodTable* type, object value) => CheckCastAny(type, value);

    public static object CheckCastClassSpecial(MethodTable* type, object value) => CheckCastAny(type, value);

    public static object CheckCastInterface(MethodTable* type, object value) => CheckCastAny(type, value);

    public static object CheckCastAny(MethodTable* type, object value)
    {
        if (value is not null && !TypeRelation.IsAssignable(value._methodTable, type))
            Panic.Fail("invalid cast");
        return value;
    }

    /// <summary>ECMA-335 III.4.26: an array that is declared as one of a base class takes objects of its own element type only.</summary>
    public static void StelemRef(object[] array, nint index, object value)
    {
        if ((nuint)index >= (nuint)array.Length)
            Panic.Fail("array index out of range");
        if (value is not null)
        {
            MethodTable* element = array._methodTable->RelatedType;
            if (element != value._methodTable && !TypeRelation.IsAssignable(value._methodTable, element))
                Panic.Fail("array type mismatch");
        }
        ElementOf(array, index) = value;
    }

    /// <summary>
    /// ECMA-335 III.4.9: whoever has a reference to an element can store there without a check. So the array's elements must be of exactly
    /// the type that the reference says.
    /// </summary>
    public static ref object LdelemaRef(object[] array, nint index, MethodTable* type)
    {
        if ((nuint)index >= (nuint)array.Length)
            Panic.Fail("array index out of range");
        if (array._methodTable->RelatedType != type)
            Panic.Fail("array type mismatch");
        return ref ElementOf(array, index);
    }

    private static ref object ElementOf(object[] array, nint index)
        => ref Unsafe.Add(ref Unsafe.As<byte, object>(ref Unsafe.As<RawArrayData>(array).Data), index);
}
