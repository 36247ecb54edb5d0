// Type handles, exceptions and attributes that source code names. Next: Math.cs
using System.Runtime.CompilerServices;

namespace System;

public struct RuntimeTypeHandle
{
    private nint _value;
}

public struct RuntimeMethodHandle
{
    private nint _value;
}

public struct RuntimeFieldHandle
{
    private nint _value;
}

public class Type
{
    [Intrinsic]
    public static Type GetTypeFromHandle(RuntimeTypeHandle handle) => null;

    [Intrinsic]
    public static bool operator ==(Type left, Type right) => (object)left == (object)right;

    [Intrinsic]
    public static bool operator !=(Type left, Type right) => (object)left != (object)right;
}

public class RuntimeType : Type;

/// <summary>There is no catching in images: throwing one is a panic with its message.</summary>
public class Exception
{
    public Exception()
    {
    }

    public Exception(string message) => Message = message;

    public string Message { get; }
}

public class InvalidOperationException : Exception
{
    public InvalidOperationException()
    {
    }

    public InvalidOperationException(string message)
        : base(message)
    {
    }
}

public class NotSupportedException : Exception
{
    public NotSupportedException()
    {
    }

    public NotSupportedException(string message)
        : base(message)
    {
    }
}

public class Attribute;

public enum AttributeTargets
{
    Class = 4,
    Struct = 8,
    Enum = 16,
    Constructor = 32,
    Method = 64,
    Property = 128,
    Field = 256,
    Parameter = 2048,
    All = 0x7FFF,
}

public sealed class AttributeUsageAttribute(AttributeTargets validOn) : Attribute
{
    public bool AllowMultiple { get; set; }

    public bool Inherited { get; set; }
}

public class ParamArrayAttribute : Attribute;

public class FlagsAttribute : Attribute;

public class ObsoleteAttribute : Attribute
{
    public ObsoleteAttribute()
    {
    }

    public ObsoleteAttribute(string message)
    {
    }

    public ObsoleteAttribute(string message, bool error)
    {
    }
}
