// The root of every object and the structs both compilers know by name. Layout: CoreCLR's "Object layout". Next: String.cs
using System.Runtime;

namespace System;

public unsafe class Object
{
    // Contract with ILC: the first field of every object points to its type.
    internal MethodTable* _methodTable;

    public Object()
    {
    }

    ~Object()
    {
    }

    public virtual bool Equals(object other) => (object)this == other;

    public virtual int GetHashCode() => 0;

    public virtual string ToString() => "object";
}

public struct Void;

public struct Boolean
{
    private bool _value;
}

public struct Char
{
    private char _value;
}

public struct SByte
{
    public const sbyte MaxValue = 127;
    public const sbyte MinValue = -128;
    private sbyte _value;
}

public struct Byte
{
    public const byte MaxValue = 0xFF;
    public const byte MinValue = 0;
    private byte _value;
}

public struct Int16
{
    public const short MaxValue = 0x7FFF;
    public const short MinValue = unchecked((short)0x8000);
    private short _value;
}

public struct UInt16
{
    public const ushort MaxValue = 0xFFFF;
    public const ushort MinValue = 0;
    private ushort _value;
}

public struct Int32
{
    public const int MaxValue = 0x7FFFFFFF;
    public const int MinValue = unchecked((int)0x80000000);
    private int _value;
}

public struct UInt32
{
    public const uint MaxValue = 0xFFFFFFFF;
    public const uint MinValue = 0;
    private uint _value;
}

public struct Int64
{
    public const long MaxValue = 0x7FFFFFFFFFFFFFFF;
    public const long MinValue = unchecked((long)0x8000000000000000);
    private long _value;
}

public struct UInt64
{
    public const ulong MaxValue = 0xFFFFFFFFFFFFFFFF;
    public const ulong MinValue = 0;
    private ulong _value;
}

public unsafe struct IntPtr
{
    private void* _value;
}

public unsafe struct UIntPtr
{
    private void* _value;
}

public struct Single
{
    private float _value;
}

public struct Double
{
    private double _value;
}

public abstract class ValueType;

public abstract class Enum : ValueType;

public struct Nullable<T>
    where T : struct
{
    // Contract with ILC: these two, in this order.
    private readonly bool hasValue;
    internal T value;

    public Nullable(T content)
    {
        value = content;
        hasValue = true;
    }

    public readonly bool HasValue => hasValue;

    public readonly T Value
    {
        get
        {
            if (!hasValue)
                Panic.Fail("Nullable has no value");
            return value;
        }
    }

    public static implicit operator Nullable<T>(T content) => new Nullable<T>(content);

    public readonly T GetValueOrDefault() => value;
}

public abstract class Array
{
    private readonly int _length;

    public int Length => _length;
}

internal class Array<T> : Array;

public struct ValueTuple<T1, T2>(T1 item1, T2 item2)
{
    public T1 Item1 = item1;
    public T2 Item2 = item2;
}

public struct ValueTuple<T1, T2, T3>(T1 item1, T2 item2, T3 item3)
{
    public T1 Item1 = item1;
    public T2 Item2 = item2;
    public T3 Item3 = item3;
}

public interface IDisposable
{
    void Dispose();
}

public interface IEquatable<T>
{
    bool Equals(T other);
}
