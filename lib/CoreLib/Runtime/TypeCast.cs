// is, as, casts and array stores. ILC looks all of these up by name, used or not. Next: InterfaceDispatch.cs
using System.Runtime.CompilerServices;

namespace System.Runtime;

internal static unsafe class TypeCast
{
    public static object IsInstanceOfClass(MethodTable* type, object value)
        => value is not null && IsClass(value._methodTable, type) ? value : null;

    public static object IsInstanceOfInterface(MethodTable* type, object value)
        => value is not null && Implements(value._methodTable, type) ? value : null;

    public static object IsInstanceOfAny(MethodTable* type, object value)
        => value is not null && IsAny(value._methodTable, type) ? value : null;

    public static bool IsInstanceOfException(MethodTable* type, object value)
        => value is not null && IsClass(value._methodTable, type);

    public static object CheckCastClass(MethodTable* type, object value)
    {
        if (value is not null && !IsClass(value._methodTable, type))
            Panic.Fail("invalid cast");
        return value;
    }

    public static object CheckCastClassSpecial(MethodTable* type, object value) => CheckCastClass(type, value);

    public static object CheckCastInterface(MethodTable* type, object value)
    {
        if (value is not null && !Implements(value._methodTable, type))
            Panic.Fail("invalid cast");
        return value;
    }

    public static object CheckCastAny(MethodTable* type, object value)
    {
        if (value is not null && !IsAny(value._methodTable, type))
            Panic.Fail("invalid cast");
        return value;
    }

    public static void StelemRef(object[] array, nint index, object value)
    {
        if ((nuint)index >= (nuint)array.Length)
            Panic.Fail("array index out of range");
        if (value is not null)
        {
            MethodTable* element = array._methodTable->RelatedType;
            if (element != value._methodTable && !IsAny(value._methodTable, element))
                Panic.Fail("array type mismatch");
        }
        ElementOf(array, index) = value;
    }

    public static ref object LdelemaRef(object[] array, nint index, MethodTable* type)
    {
        if ((nuint)index >= (nuint)array.Length)
            Panic.Fail("array index out of range");
        return ref ElementOf(array, index);
    }

    private static ref object ElementOf(object[] array, nint index)
        => ref Unsafe.Add(ref Unsafe.As<byte, object>(ref Unsafe.As<RawArrayData>(array).Data), index);

    private static bool IsAny(MethodTable* type, MethodTable* wanted) => IsClass(type, wanted) || Implements(type, wanted);

    private static bool IsClass(MethodTable* type, MethodTable* wanted)
    {
        for (; type != null; type = type->RelatedType)
        {
            if (type == wanted)
                return true;
            if (!type->IsCanonical)
                return false;
        }
        return false;
    }

    private static bool Implements(MethodTable* type, MethodTable* wanted)
    {
        MethodTable** interfaces = MethodTable.Interfaces(type);
        for (int i = 0; i < type->InterfaceCount; i++)
        {
            if (interfaces[i] == wanted)
                return true;
        }
        return false;
    }
}
