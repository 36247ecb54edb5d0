// The part of the core library that can do nothing but compute. Of the other libraries a driver may use all that their reference assemblies
// show. Next: AllowedCode.cs
using System.Collections.Generic;

namespace RingOS.DriverCheck;

/// <summary>Full names, as in metadata.</summary>
public static class AllowedTypes
{
    public const string CoreLibrary = "RingOS.CoreLib";

    /// <summary>Types of the core library that may be named at all. No IntPtr or UIntPtr: what is as wide as an address is none.</summary>
    public static readonly IReadOnlySet<string> OfCoreLibrary = new HashSet<string>
    {
        "System.Object", "System.ValueType", "System.Enum", "System.String", "System.Array", "System.Void",
        "System.Boolean", "System.Char", "System.SByte", "System.Byte", "System.Int16", "System.UInt16", "System.Int32", "System.UInt32",
        "System.Int64", "System.UInt64", "System.Single", "System.Double",
        "System.Nullable`1", "System.Span`1", "System.Span`1/Enumerator", "System.ReadOnlySpan`1", "System.ReadOnlySpan`1/Enumerator",
        "System.MemoryExtensions", "System.Index", "System.Range", "System.ValueTuple`2", "System.ValueTuple`3",
        "System.IDisposable", "System.IEquatable`1",
        "System.Math", "System.Numerics.BitOperations", "System.Buffers.Binary.BinaryPrimitives",
        "System.Exception", "System.InvalidOperationException", "System.NotSupportedException",
    };

    /// <summary>Base classes in the core library. Neither delegates nor attributes are among them.</summary>
    public static readonly IReadOnlySet<string> BasesInCoreLibrary = new HashSet<string>
    {
        "System.Object", "System.ValueType", "System.Enum", "System.Exception", "System.InvalidOperationException",
        "System.NotSupportedException",
    };

    /// <summary>Attributes that tell the C# compiler something, and nobody else.</summary>
    public static readonly IReadOnlySet<string> Attributes = new HashSet<string>
    {
        "System.AttributeUsageAttribute", "System.AttributeTargets", "System.FlagsAttribute", "System.ObsoleteAttribute",
        "System.ParamArrayAttribute", "System.Reflection.DefaultMemberAttribute",
        "System.Runtime.CompilerServices.CompilerGeneratedAttribute", "System.Runtime.CompilerServices.ExtensionAttribute",
        "System.Runtime.CompilerServices.IsReadOnlyAttribute", "System.Runtime.CompilerServices.IsByRefLikeAttribute",
        "System.Runtime.CompilerServices.IsUnmanagedAttribute", "System.Runtime.CompilerServices.RefSafetyRulesAttribute",
        "System.Runtime.CompilerServices.RequiresLocationAttribute", "System.Runtime.CompilerServices.ScopedRefAttribute",
        "System.Runtime.CompilerServices.RequiredMemberAttribute", "System.Runtime.CompilerServices.CompilerFeatureRequiredAttribute",
        "System.Diagnostics.CodeAnalysis.SetsRequiredMembersAttribute", "System.Diagnostics.CodeAnalysis.NotNullWhenAttribute",
        "System.Runtime.InteropServices.InAttribute", "System.Runtime.InteropServices.OutAttribute",
    };

    /// <summary>The compiler defines these in an assembly whose core library lacks them. They may be there, and carry each other.</summary>
    public static readonly IReadOnlySet<string> Embedded = new HashSet<string>
    {
        "Microsoft.CodeAnalysis.EmbeddedAttribute",
        "System.Runtime.CompilerServices.NullableAttribute", "System.Runtime.CompilerServices.NullableContextAttribute",
        "System.Runtime.CompilerServices.NullablePublicOnlyAttribute",
    };

    /// <summary>Modifiers in signatures.</summary>
    public static readonly IReadOnlySet<string> Modifiers = new HashSet<string>
    {
        "System.Runtime.InteropServices.InAttribute", "System.Runtime.CompilerServices.IsExternalInit",
        "System.Runtime.CompilerServices.IsVolatile", "System.Runtime.InteropServices.UnmanagedType",
    };
}
