// Reinterpretation of memory. Compiler intrinsics: safe code above lib/Hardware has no business here, so Visibility.cs decides who sees
// them. Next: Visibility.cs
using System.Runtime.InteropServices;

namespace System.Runtime.CompilerServices
{
    static unsafe partial class Unsafe
    {
        [Intrinsic]
        public static extern ref T Add<T>(ref T source, int elementOffset);

        [Intrinsic]
        public static extern ref T Add<T>(ref T source, nint elementOffset);

        [Intrinsic]
        public static extern ref TTo As<TFrom, TTo>(ref TFrom source);

        [Intrinsic]
        public static extern T As<T>(object value)
            where T : class;

        [Intrinsic]
        public static extern void* AsPointer<T>(ref T value);

        [Intrinsic]
        public static extern ref T AsRef<T>(void* source);

        [Intrinsic]
        public static extern ref T AsRef<T>(scoped ref readonly T source);

        [Intrinsic]
        public static extern int SizeOf<T>();

        [Intrinsic]
        public static extern bool IsAddressGreaterThan<T>(ref readonly T left, ref readonly T right);

        [Intrinsic]
        public static extern T ReadUnaligned<T>(ref readonly byte source);

        [Intrinsic]
        public static extern T ReadUnaligned<T>(void* source);

        [Intrinsic]
        public static extern void WriteUnaligned<T>(ref byte destination, T value);

        [Intrinsic]
        public static extern void WriteUnaligned<T>(void* destination, T value);
    }

    static partial class RuntimeHelpers
    {
        public static int OffsetToStringData => 12;

        [Intrinsic]
        public static extern void InitializeArray(Array array, RuntimeFieldHandle field);

        [Intrinsic]
        public static extern ReadOnlySpan<T> CreateSpan<T>(RuntimeFieldHandle field);

        [Intrinsic]
        public static bool IsReferenceOrContainsReferences<T>() => IsReferenceOrContainsReferences<T>();
    }

    [StructLayout(LayoutKind.Sequential)]
    internal class RawArrayData
    {
        public uint Length;
        public uint Padding;
        public byte Data;
    }
}

namespace System.Runtime.InteropServices
{
    static partial class MemoryMarshal
    {
        public static Span<T> CreateSpan<T>(ref T reference, int length) => new(ref reference, length);

        public static ReadOnlySpan<T> CreateReadOnlySpan<T>(ref readonly T reference, int length)
            => new(ref System.Runtime.CompilerServices.Unsafe.AsRef(in reference), length);

        public static ref T GetReference<T>(Span<T> span) => ref span.Reference;

        public static ref T GetReference<T>(ReadOnlySpan<T> span) => ref span.Reference;

        [System.Runtime.CompilerServices.Intrinsic]
        public static ref T GetArrayDataReference<T>(T[] array)
            => ref System.Runtime.CompilerServices.Unsafe.As<byte, T>(
                ref System.Runtime.CompilerServices.Unsafe.As<System.Runtime.CompilerServices.RawArrayData>(array).Data);
    }
}
