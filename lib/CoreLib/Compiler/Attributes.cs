// Attributes that the C# compiler emits or reads by name. Next: Unsafe.cs
namespace System.Reflection
{
    public sealed class DefaultMemberAttribute(string memberName) : Attribute;
}

namespace System.Runtime
{
    /// <summary>Gives a method a native name that assembly can call.</summary>
    sealed partial class RuntimeExportAttribute(string entry) : Attribute;

    /// <summary>A bare call of a native symbol, together with MethodImplOptions.InternalCall.</summary>
    sealed partial class RuntimeImportAttribute(string library, string entry) : Attribute;
}

namespace System.Runtime.InteropServices
{
    public enum LayoutKind
    {
        Sequential = 0,
        Explicit = 2,
        Auto = 3,
    }

    public enum CharSet
    {
        None = 1,
        Ansi = 2,
        Unicode = 3,
        Auto = 4,
    }

    sealed partial class StructLayoutAttribute(LayoutKind kind) : Attribute
    {
        public int Size;
        public int Pack;
        public CharSet CharSet;
    }

    sealed partial class FieldOffsetAttribute(int offset) : Attribute;

    public sealed class InAttribute : Attribute;

    public sealed class OutAttribute : Attribute;

    public enum UnmanagedType
    {
        Bool = 2,
    }

    partial interface IDynamicInterfaceCastable
    {
        bool IsInterfaceImplemented(RuntimeTypeHandle interfaceType, bool throwIfNotImplemented);

        RuntimeTypeHandle GetInterfaceImplementation(RuntimeTypeHandle interfaceType);

        internal static nint GetDynamicInterfaceImplementation(IDynamicInterfaceCastable instance, nint interfaceType, ushort slot) => 0;
    }
}

namespace System.Runtime.CompilerServices
{
    sealed partial class IntrinsicAttribute : Attribute;

    sealed partial class SkipLocalsInitAttribute : Attribute;

    public sealed class IndexerNameAttribute(string name) : Attribute;

    public enum MethodImplOptions
    {
        NoInlining = 8,
        NoOptimization = 0x40,
        AggressiveInlining = 0x100,
        InternalCall = 0x1000,
    }

    public sealed class MethodImplAttribute(MethodImplOptions options) : Attribute;

    public sealed class ExtensionAttribute : Attribute;

    public sealed class CompilerGeneratedAttribute : Attribute;

    public sealed class IsReadOnlyAttribute : Attribute;

    public sealed class IsByRefLikeAttribute : Attribute;

    public sealed class IsUnmanagedAttribute : Attribute;

    public sealed class IsExternalInit;

    public static class IsVolatile;

    sealed partial class FixedBufferAttribute(Type elementType, int length) : Attribute;

    public sealed class UnsafeValueTypeAttribute : Attribute;

    public sealed class RequiresLocationAttribute : Attribute;

    public sealed class RefSafetyRulesAttribute(int version) : Attribute;

    public sealed class ScopedRefAttribute : Attribute;

    sealed partial class InlineArrayAttribute(int length) : Attribute;

    public sealed class RequiredMemberAttribute : Attribute;

    public sealed class CompilerFeatureRequiredAttribute(string featureName) : Attribute;

    public static class RuntimeFeature
    {
        public const string PortablePdb = nameof(PortablePdb);
        public const string DefaultImplementationsOfInterfaces = nameof(DefaultImplementationsOfInterfaces);
        public const string UnmanagedSignatureCallingConvention = nameof(UnmanagedSignatureCallingConvention);
        public const string CovariantReturnsOfClasses = nameof(CovariantReturnsOfClasses);
        public const string ByRefFields = nameof(ByRefFields);
        public const string ByRefLikeGenerics = nameof(ByRefLikeGenerics);
        public const string VirtualStaticsInInterfaces = nameof(VirtualStaticsInInterfaces);
        public const string NumericIntPtr = nameof(NumericIntPtr);
    }
}

namespace System.Diagnostics.CodeAnalysis
{
    public sealed class DoesNotReturnAttribute : Attribute;

    public sealed class NotNullWhenAttribute(bool returnValue) : Attribute;

    public sealed class UnscopedRefAttribute : Attribute;

    public sealed class SetsRequiredMembersAttribute : Attribute;
}
