// Bounds-checked views of memory: how everything above lib/Hardware touches bytes. Next: Delegate.cs
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace System;

public readonly ref partial struct Span<T>
{
    private readonly ref T _reference;
    private readonly int _length;

    public Span(T[] array)
    {
        if (array is null)
        {
            this = default;
            return;
        }
        RefuseCovariance(array);
        _reference = ref MemoryMarshal.GetArrayDataReference(array);
        _length = array.Length;
    }

    public Span(T[] array, int start, int length)
    {
        if (array is null)
        {
            this = OfNothing(start, length);
            return;
        }
        if ((ulong)(uint)start + (uint)length > (uint)array.Length)
            Panic.Fail("span outside its array");
        RefuseCovariance(array);
        _reference = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(array), (nint)(uint)start);
        _length = length;
    }

    internal Span(ref T reference, int length)
    {
        _reference = ref reference;
        _length = length;
    }

    public int Length => _length;

    public bool IsEmpty => _length == 0;

    internal ref T Reference => ref _reference;

    public ref T this[int index]
    {
        [Intrinsic]
        get
        {
            if ((uint)index >= (uint)_length)
                Panic.Fail("span index out of range");
            return ref Unsafe.Add(ref _reference, (nint)(uint)index);
        }
    }

    public static implicit operator Span<T>(T[] array) => new(array);

    public static implicit operator ReadOnlySpan<T>(Span<T> span) => new(ref span._reference, span._length);

    public Span<T> Slice(int start)
    {
        if ((uint)start > (uint)_length)
            Panic.Fail("slice outside its span");
        return new Span<T>(ref Unsafe.Add(ref _reference, (nint)(uint)start), _length - start);
    }

    public Span<T> Slice(int start, int length)
    {
        if ((ulong)(uint)start + (uint)length > (uint)_length)
            Panic.Fail("slice outside its span");
        return new Span<T>(ref Unsafe.Add(ref _reference, (nint)(uint)start), length);
    }

    public void Clear()
    {
        for (int i = 0; i < _length; i++)
            Unsafe.Add(ref _reference, i) = default;
    }

    public void Fill(T value)
    {
        for (int i = 0; i < _length; i++)
            Unsafe.Add(ref _reference, i) = value;
    }

    public void CopyTo(Span<T> destination) => ((ReadOnlySpan<T>)this).CopyTo(destination);

    // A span is a way to store without a check: the array's elements must be of exactly this type, as for a reference to one of them
    // (TypeCast.LdelemaRef, which this is). Of value types there is no covariance, and nothing is compiled.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RefuseCovariance(T[] array)
    {
        if (default(T) is null && array.Length != 0)
            _ = KeepReference(ref array[0]);
    }

    // Null is an array without elements.
    private static Span<T> OfNothing(int start, int length)
    {
        if ((start | length) != 0)
            Panic.Fail("span outside its array");
        return default;
    }

    private static bool KeepReference(ref T element) => false;

    public Enumerator GetEnumerator() => new(this);

    public ref struct Enumerator
    {
        private readonly Span<T> _span;
        private int _index;

        internal Enumerator(Span<T> span)
        {
            _span = span;
            _index = -1;
        }

        public readonly ref T Current => ref _span[_index];

        public bool MoveNext() => ++_index < _span.Length;
    }
}

public readonly ref partial struct ReadOnlySpan<T>
{
    private readonly ref T _reference;
    private readonly int _length;

    public ReadOnlySpan(T[] array)
    {
        if (array is null)
        {
            this = default;
            return;
        }
        _reference = ref MemoryMarshal.GetArrayDataReference(array);
        _length = array.Length;
    }

    public ReadOnlySpan(T[] array, int start, int length)
    {
        if ((ulong)(uint)start + (uint)length > (uint)array.Length)
            Panic.Fail("span outside its array");
        _reference = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(array), (nint)(uint)start);
        _length = length;
    }

    internal ReadOnlySpan(ref T reference, int length)
    {
        _reference = ref reference;
        _length = length;
    }

    public int Length => _length;

    public bool IsEmpty => _length == 0;

    internal ref T Reference => ref _reference;

    public ref readonly T this[int index]
    {
        [Intrinsic]
        get
        {
            if ((uint)index >= (uint)_length)
                Panic.Fail("span index out of range");
            return ref Unsafe.Add(ref _reference, (nint)(uint)index);
        }
    }

    public static implicit operator ReadOnlySpan<T>(T[] array) => new(array);

    public ReadOnlySpan<T> Slice(int start)
    {
        if ((uint)start > (uint)_length)
            Panic.Fail("slice outside its span");
        return new ReadOnlySpan<T>(ref Unsafe.Add(ref _reference, (nint)(uint)start), _length - start);
    }

    public ReadOnlySpan<T> Slice(int start, int length)
    {
        if ((ulong)(uint)start + (uint)length > (uint)_length)
            Panic.Fail("slice outside its span");
        return new ReadOnlySpan<T>(ref Unsafe.Add(ref _reference, (nint)(uint)start), length);
    }

    public void CopyTo(Span<T> destination)
    {
        if ((uint)_length > (uint)destination.Length)
            Panic.Fail("copy beyond the destination span");
        // Backwards when the destination lies inside the source, so that overlapping copies are right.
        if (Unsafe.IsAddressGreaterThan(ref destination.Reference, ref _reference))
        {
            for (int i = _length - 1; i >= 0; i--)
                Unsafe.Add(ref destination.Reference, i) = Unsafe.Add(ref _reference, i);
            return;
        }
        for (int i = 0; i < _length; i++)
            Unsafe.Add(ref destination.Reference, i) = Unsafe.Add(ref _reference, i);
    }

    public Enumerator GetEnumerator() => new(this);

    public ref struct Enumerator
    {
        private readonly ReadOnlySpan<T> _span;
        private int _index;

        internal Enumerator(ReadOnlySpan<T> span)
        {
            _span = span;
            _index = -1;
        }

        public readonly ref readonly T Current => ref _span[_index];

        public bool MoveNext() => ++_index < _span.Length;
    }
}

public static class MemoryExtensions
{
    public static Span<T> AsSpan<T>(this T[] array) => new(array);

    public static Span<T> AsSpan<T>(this T[] array, int start, int length) => new(array, start, length);

    public static ReadOnlySpan<char> AsSpan(this string text)
        => text is null ? default : new ReadOnlySpan<char>(ref text.Reference, text.Length);

    public static bool SequenceEqual(this ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (left.Length != right.Length)
            return false;
        for (int i = 0; i < left.Length; i++)
        {
            if (left[i] != right[i])
                return false;
        }
        return true;
    }

    public static bool SequenceEqual(this Span<byte> left, ReadOnlySpan<byte> right) => SequenceEqual((ReadOnlySpan<byte>)left, right);
}
