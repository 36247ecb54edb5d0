// Spans, strings, indices and ranges: as arrays, and a span stores without asking. Next: CastCases.cs
using System;
using System.Runtime.CompilerServices;

namespace RingOS.Test.Language;

internal static unsafe class SpanCases
{
    private const string Bounds = "array index out of range"; // the compiler checks in the place of the library
    private const string Mismatch = "array type mismatch";
    private const string Slice = "slice outside its span";
    private const string Range = "span outside its array";

    public static void Run()
    {
        Trial.Refused("span-covariant", Mismatch, &Covariant);
        Trial.Refused("span-covariant-range", Mismatch, &CovariantRange);
        Trial.Refused("span-covariant-as-span", Mismatch, &CovariantAsSpan);
        Trial.Refused("span-covariant-conversion", Mismatch, &CovariantConversion);
        Trial.Refused("span-covariant-generic", Mismatch, &CovariantGeneric);
        Trial.Holds("span-exact", &Exact);
        Trial.Holds("span-exact-generic", &ExactGeneric);
        Trial.Holds("span-structs", &Structs);
        Trial.Holds("span-covariant-empty", &CovariantEmpty);
        Trial.Holds("read-only-span-covariant", &ReadOnlyCovariant);
        Trial.Holds("span-null", &Null);
        Trial.Refused("span-null-range", Range, &NullRange);
        Trial.Refused("span-index", Bounds, &Index);
        Trial.Refused("span-index-negative", Bounds, &IndexNegative);
        Trial.Refused("read-only-span-index", Bounds, &ReadOnlyIndex);
        Trial.Refused("span-slice-start", Slice, &SliceStart);
        Trial.Refused("span-slice-length", Slice, &SliceLength);
        Trial.Refused("span-slice-sum", Slice, &SliceSum);
        Trial.Refused("read-only-span-slice-sum", Slice, &ReadOnlySliceSum);
        Trial.Refused("span-range-start", Range, &RangeStart);
        Trial.Refused("span-range-sum", Range, &RangeSum);
        Trial.Refused("read-only-span-range-sum", Range, &ReadOnlyRangeSum);
        Trial.Refused("span-copy-short", "copy beyond the destination span", &CopyShort);
        Trial.Holds("span-copy-overlapping", &CopyOverlapping);
        Trial.Refused("span-enumerator", Bounds, &EnumeratorBefore);
        Trial.Refused("span-negative-length", "span of negative length", &NegativeLength);
        Trial.Refused("string-index", Bounds, &StringIndex);
        Trial.Refused("string-index-negative", Bounds, &StringIndexNegative);
        Trial.Refused("index-from-end", Bounds, &FromEnd);
        Trial.Refused("range-of-span", Slice, &RangeOfSpan);
        Trial.Refused("inline-array-index", Bounds, &InlineArrayIndex);
        Trial.Holds("inline-array", &InlineArray);
        Trial.Holds("stackalloc", &StackAllocation);
        Trial.Refused("stackalloc-index", Bounds, &StackAllocationIndex);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static object[] Things() => new Thing[] { new(), new() };

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Span<T> SpanOf<T>(T[] array) => new(array);

    private static bool Covariant()
    {
        Span<object> span = new(Things());
        span[0] = new Other();
        return true;
    }

    private static bool CovariantRange()
    {
        Span<object> span = new(Things(), 1, 1);
        span.Fill(new Other());
        return true;
    }

    private static bool CovariantAsSpan()
    {
        Things().AsSpan()[0] = new Other();
        return true;
    }

    private static bool CovariantConversion()
    {
        Span<object> span = Things();
        span[0] = new Other();
        return true;
    }

    private static bool CovariantGeneric()
    {
        SpanOf<object>(Things())[0] = new Other();
        return true;
    }

    private static bool Exact()
    {
        Span<Thing> span = Opaque.Of(new Thing[2]);
        span[1] = new SpecialThing { Number = 3 };
        return span[1].Number == 3 && span[0] is null;
    }

    private static bool ExactGeneric() => SpanOf(Opaque.Of(new string[] { "a", "b" })).Length == 2;

    private static bool Structs()
    {
        Holder[] holders = Opaque.Of(new Holder[2]);
        Span<Holder> span = holders;
        span[1].Held = "x";
        return (string?)holders[1].Held == "x";
    }

    private static bool CovariantEmpty() => new Span<object>(Opaque.Of<object[]>(new Thing[0])).IsEmpty;

    private static bool ReadOnlyCovariant()
    {
        ReadOnlySpan<object> span = Things();
        return ((Thing)span[1]).Number == 7;
    }

    private static bool Null() => new Span<int>(Opaque.Of<int[]?>(null)).IsEmpty && new Span<int>(Opaque.Of<int[]?>(null), 0, 0).IsEmpty;

    private static bool NullRange() => new Span<int>(Opaque.Of<int[]?>(null), 0, 1).IsEmpty;

    private static bool Index() => new Span<int>(new int[2])[Opaque.Of(2)] == 0;

    private static bool IndexNegative() => new Span<int>(new int[2])[Opaque.Of(-1)] == 0;

    private static bool ReadOnlyIndex() => new ReadOnlySpan<int>(new int[2])[Opaque.Of(int.MinValue)] == 0;

    private static bool SliceStart() => new Span<int>(new int[2]).Slice(Opaque.Of(-1)).IsEmpty;

    private static bool SliceLength() => new Span<int>(new int[2]).Slice(0, Opaque.Of(-1)).IsEmpty;

    private static bool SliceSum() => new Span<int>(new int[2]).Slice(Opaque.Of(int.MaxValue), Opaque.Of(int.MinValue + 2)).IsEmpty;

    private static bool ReadOnlySliceSum() => new ReadOnlySpan<int>(new int[2]).Slice(Opaque.Of(2), Opaque.Of(int.MaxValue)).IsEmpty;

    private static bool RangeStart() => new Span<int>(new int[2], Opaque.Of(-1), 1).IsEmpty;

    private static bool RangeSum() => new Span<int>(new int[2], Opaque.Of(-1), Opaque.Of(1)).IsEmpty;

    private static bool ReadOnlyRangeSum() => new ReadOnlySpan<int>(new int[2], Opaque.Of(1), Opaque.Of(int.MaxValue)).IsEmpty;

    private static bool CopyShort()
    {
        new Span<int>(new int[3]).CopyTo(new Span<int>(new int[2]));
        return true;
    }

    private static bool CopyOverlapping()
    {
        int[] numbers = Opaque.Of(new int[] { 1, 2, 3, 4 });
        new Span<int>(numbers, 0, 3).CopyTo(new Span<int>(numbers, 1, 3));
        return numbers[1] == 1 && numbers[2] == 2 && numbers[3] == 3;
    }

    private static bool EnumeratorBefore() => new Span<int>(new int[2]).GetEnumerator().Current == 0;

    private static bool NegativeLength()
    {
        int word = 0;
        return new Span<int>(&word, Opaque.Of(-1)).IsEmpty;
    }

    private static bool StringIndex() => Opaque.Of("four")[Opaque.Of(4)] == 'x';

    private static bool StringIndexNegative() => Opaque.Of("four")[Opaque.Of(-1)] == 'x';

    private static bool FromEnd() => Opaque.Of(new int[2])[^Opaque.Of(3)] == 0;

    private static bool RangeOfSpan() => new Span<int>(new int[2])[Opaque.Of(1)..Opaque.Of(3)].IsEmpty;

    private static bool InlineArrayIndex()
    {
        FourWords words = default;
        words[Opaque.Of(4)] = 1;
        return true;
    }

    private static bool InlineArray()
    {
        FourWords words = default;
        words[Opaque.Of(3)] = 5;
        Span<ulong> span = words;
        return span.Length == 4 && span[3] == 5;
    }

    private static bool StackAllocation()
    {
        Span<byte> bytes = stackalloc byte[Opaque.Of(100)];
        bytes.Fill(3);
        return bytes.Length == 100 && bytes[99] == 3;
    }

    private static bool StackAllocationIndex()
    {
        Span<byte> bytes = stackalloc byte[Opaque.Of(100)];
        return bytes[Opaque.Of(100)] == 0;
    }

    [InlineArray(4)]
    private struct FourWords
    {
        public ulong First;
    }
}
