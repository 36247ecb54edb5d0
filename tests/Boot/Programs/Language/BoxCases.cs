// Values as objects and back: ECMA-335 III.4.1 (box), III.4.32 (unbox), III.4.33 (unbox.any). Next: DelegateCases.cs
using System;

namespace RingOS.Test.Language;

internal static unsafe class BoxCases
{
    private const string Invalid = "invalid unboxing";

    public static void Run()
    {
        Trial.Holds("unbox", &Exact);
        Trial.Holds("unbox-enum-as-number", &EnumAsNumber);
        Trial.Holds("unbox-number-as-enum", &NumberAsEnum);
        Trial.Holds("box-sizes", &Sizes);
        Trial.Holds("box-is-a-copy", &IsCopy);
        Trial.Refused("unbox-wider", Invalid, &Wider);
        Trial.Refused("unbox-sign", Invalid, &Sign);
        Trial.Refused("unbox-boolean", Invalid, &BooleanAsByte);
        Trial.Refused("unbox-enum-of-other-size", Invalid, &EnumOfOtherSize);
        Trial.Refused("unbox-struct-of-same-fields", Invalid, &SameFields);
        Trial.Refused("unbox-object", Invalid, &OfObject);
        Trial.Refused("unbox-generic", Invalid, &ByGeneric);
        Trial.Refused("unbox-reference", Invalid, &Changed);
        Trial.Holds("nullable-null-is-null", &NullIsNull);
        Trial.Holds("nullable-boxes-content", &BoxesContent);
        Trial.Holds("nullable-unboxes", &Unboxes);
        Trial.Holds("nullable-of-structs", &NullableOfStructs);
        Trial.Refused("nullable-unbox-other", Invalid, &NullableOfOther);
        Trial.Refused("nullable-without-value", "Nullable has no value", &WithoutValue);
        Trial.Refused("overflow-add", "arithmetic overflow", &OverflowAdd);
        Trial.Refused("overflow-multiply", "arithmetic overflow", &OverflowMultiply);
        Trial.Refused("overflow-convert", "arithmetic overflow", &OverflowConvert);
        Trial.Refused("overflow-length", "arithmetic overflow", &OverflowLength);
    }

    private static bool Exact() => (int)Opaque.Of<object>(5) == 5 && ((Pair)Opaque.Of<object>(new Pair { Right = 6 })).Right == 6;

    private static bool EnumAsNumber() => (int)Opaque.Of<object>(Color.Green) == 5;

    private static bool NumberAsEnum() => (Color)Opaque.Of<object>(5) == Color.Green;

    private static bool Sizes()
    {
        Three three = (Three)Opaque.Of<object>(new Three { A = 1, B = 2, C = 3 });
        Eight<Eight<Pair>> many = default;
        many.Last.Last.Right = 8;
        Eight<Eight<Pair>> copy = (Eight<Eight<Pair>>)Opaque.Of<object>(many);
        return three.A == 1 && three.C == 3 && copy.Last.Last.Right == 8 && (byte)Opaque.Of<object>((byte)200) == 200
            && (Holder)Opaque.Of<object>(new Holder { Held = "x" }) is { Held: "x" };
    }

    private static bool IsCopy()
    {
        Pair pair = new() { Left = 1 };
        object box = Opaque.Of<object>(pair);
        pair.Left = 2;
        return ((Pair)box).Left == 1 && pair.Left == 2;
    }

    private static bool Wider() => (long)Opaque.Of<object>(5) == 5;

    private static bool Sign() => (uint)Opaque.Of<object>(5) == 5;

    private static bool BooleanAsByte() => (byte)Opaque.Of<object>(true) == 1;

    private static bool EnumOfOtherSize() => (Small)Opaque.Of<object>(Color.Green) == Small.One;

    private static bool SameFields() => ((Twin)Opaque.Of<object>(new Pair())).Left == 0;

    private static bool OfObject() => (long)Opaque.Of<object>(new Other()) != 0;

    private static bool ByGeneric() => Unbox<long>(Opaque.Of<object>(new Pair())) == 0;

    private static T Unbox<T>(object value) => (T)value;

    // A reference into the box, by way of a method that changes the value in place.
    private static bool Changed() => ((Counter)Opaque.Of<object>(new Pair())).Next() == 1;

    private static bool NullIsNull() => Opaque.Of<object?>(Opaque.Of<int?>(null)) is null;

    private static bool BoxesContent() => (int)Opaque.Of<object?>(Opaque.Of<int?>(5))! == 5
        && (long)Opaque.Of<object?>(Opaque.Of<long?>(6))! == 6
        && (byte)Opaque.Of<object?>(Opaque.Of<byte?>(7))! == 7
        && (short)Opaque.Of<object?>(Opaque.Of<short?>(8))! == 8;

    private static bool Unboxes() => (int?)Opaque.Of<object?>(null) is null && (int?)Opaque.Of<object>(5) == 5
        && (long?)Opaque.Of<object>(6L) == 6 && (byte?)Opaque.Of<object>((byte)7) == 7 && (Color?)Opaque.Of<object>(Color.Green) == Color.Green;

    private static bool NullableOfStructs()
    {
        object? three = Opaque.Of<object?>(Opaque.Of<Three?>(new Three { B = 2, C = 3 }));
        Holder? holder = (Holder?)Opaque.Of<object>(new Holder { Held = "x", Count = 9 });
        return ((Three)three!).C == 3 && holder is { Held: "x", Count: 9 } && ((Three?)three).Value.B == 2;
    }

    private static bool NullableOfOther() => (long?)Opaque.Of<object>(5) == 5;

    private static bool WithoutValue() => Opaque.Of<int?>(null)!.Value == 0;

    private static bool OverflowAdd() => checked(Opaque.Of(int.MaxValue) + Opaque.Of(1)) < 0;

    private static bool OverflowMultiply() => checked(Opaque.Of(0x1_0000_0000L) * Opaque.Of(0x1_0000_0000L)) == 0;

    private static bool OverflowConvert() => checked((byte)Opaque.Of(256)) == 0;

    private static bool OverflowLength() => new byte[Opaque.Of(ulong.MaxValue)].Length < 0;

    private struct Counter
    {
        private int _count;

        public int Next() => ++_count;
    }
}
