// The dangerous part of the core library, made public. safe/RingOS.CoreLib.Safe.csproj leaves this file out, and drivers are compiled
// against that: for them these types do not exist. Next: ../Runtime/MethodTable.cs
namespace System
{
    using System.Runtime.CompilerServices;

    public static unsafe partial class Panic;

    public static unsafe partial class Buffer;

    public static unsafe partial class SpanHelpers;

    public readonly ref partial struct Span<T>
    {
        /// <param name="start">Address of the first element.</param>
        /// <param name="length">Elements, which the caller vouches for.</param>
        public unsafe Span(void* start, int length)
            : this(ref Unsafe.As<byte, T>(ref *(byte*)start), length)
        {
            if (length < 0)
                Panic.Fail("span of negative length");
        }

        // For `fixed`. Of an empty span it is the element behind the last one.
        public ref T GetPinnableReference() => ref _reference;
    }

    public readonly ref partial struct ReadOnlySpan<T>
    {
        /// <inheritdoc cref="Span{T}(void*, int)"/>
        public unsafe ReadOnlySpan(void* start, int length)
            : this(ref Unsafe.As<byte, T>(ref *(byte*)start), length)
        {
            if (length < 0)
                Panic.Fail("span of negative length");
        }

        public ref readonly T GetPinnableReference() => ref _reference;
    }

    public sealed partial class String
    {
        public ref readonly char GetPinnableReference() => ref _firstChar;
    }
}

namespace System.Runtime
{
    // Native code by name: any routine of the image, privileged instructions among them.
    public sealed partial class RuntimeExportAttribute;

    public sealed partial class RuntimeImportAttribute;

    // A heap placed over somebody else's memory is a way to write there.
    public static unsafe partial class RuntimeHeap;

    public static unsafe partial class RuntimeStartup;

    public unsafe partial struct MethodTable;
}

namespace System.Runtime.CompilerServices
{
    public static unsafe partial class Unsafe;

    public sealed partial class FixedBufferAttribute;

    public sealed partial class InlineArrayAttribute;

    public sealed partial class IntrinsicAttribute;

    public sealed partial class SkipLocalsInitAttribute;

    // Arrays and spans out of an image's bytes.
    public static partial class RuntimeHelpers;

    public partial struct StaticClassConstructionContext;
}

namespace System.Runtime.InteropServices
{
    public static partial class MemoryMarshal;

    public partial interface IDynamicInterfaceCastable;

    // Two fields in one place: a reference made of a number.
    public sealed partial class StructLayoutAttribute;

    public sealed partial class FieldOffsetAttribute;
}
