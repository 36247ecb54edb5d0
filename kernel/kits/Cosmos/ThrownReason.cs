// Why something was thrown, in the words of the native kit (lib/CoreLib/Runtime/Panic.cs). Back to: Kernel.cs
using System;

namespace RingOS.Kernel.Kits.CosmosGen3;

/// <summary>A text for an exception, without its resources: those of the full library are read through allocations and reflection.</summary>
public static class ThrownReason
{
    public static string Of(Exception thrown) => thrown switch
    {
        IndexOutOfRangeException => "array index out of range",
        NullReferenceException => "null reference",
        DivideByZeroException => "division by zero",
        OverflowException => "arithmetic overflow",
        ArrayTypeMismatchException => "array type mismatch",
        InvalidCastException => "invalid cast",
        OutOfMemoryException => "out of heap",
        ArgumentOutOfRangeException => "argument out of range",
        ArgumentException => "bad argument",
        NotImplementedException => "not implemented",
        _ => thrown.Message, // our own: given where it is thrown
    };
}
