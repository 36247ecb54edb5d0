// Arrays: bounds, lengths, and covariance. ECMA-335 III.4.9 (ldelema), III.4.20 (newarr), III.4.26 (stelem). Next: SpanCases.cs
using System.Runtime.CompilerServices;

namespace RingOS.Test.Language;

internal static unsafe class ArrayCases
{
    private const string Bounds = "array index out of range";
    private const string Mismatch = "array type mismatch";
    private const string Length = "array length out of range";

    public static void Run()
    {
        Trial.Refused("ldelema-covariant", Mismatch, &ElementOfCovariant);
        Trial.Refused("ldelema-covariant-interface", Mismatch, &ElementOfInterfaces);
        Trial.Refused("ldelema-covariant-generic", Mismatch, &ElementByGeneric);
        Trial.Refused("ldelema-covariant-out", Mismatch, &ElementByOut);
        Trial.Holds("ldelema-covariant-in", &ElementByIn); // a reference that is only read by
        Trial.Refused("ldelema-covariant-nested", Mismatch, &ElementOfArrays);
        Trial.Holds("ldelema-exact", &ElementOfExact);
        Trial.Holds("ldelema-struct", &ElementOfStructs);
        Trial.Refused("ldelema-index", Bounds, &ElementOutside);
        Trial.Refused("stelem-covariant", Mismatch, &StoreOther);
        Trial.Refused("stelem-covariant-base", Mismatch, &StoreBase);
        Trial.Refused("stelem-covariant-interface", Mismatch, &StoreOtherAsInterface);
        Trial.Refused("stelem-covariant-nested", Mismatch, &StoreOtherArray);
        Trial.Holds("stelem-derived", &StoreDerived);
        Trial.Holds("stelem-null", &StoreNull);
        Trial.Holds("stelem-array", &StoreArray);
        Trial.Holds("stelem-array-covariant", &StoreCovariantArray);
        Trial.Holds("stelem-interface", &StoreImplementer);
        Trial.Refused("index-negative", Bounds, &IndexNegative);
        Trial.Refused("index-length", Bounds, &IndexLength);
        Trial.Refused("index-unsigned", Bounds, &IndexUnsigned);
        Trial.Refused("index-long", Bounds, &IndexLong);
        Trial.Refused("index-empty", Bounds, &IndexEmpty);
        Trial.Refused("index-reference", Bounds, &IndexReference);
        Trial.Refused("length-negative", Length, &LengthNegative);
        Trial.Refused("length-long", Length, &LengthLong);
        Trial.Refused("length-product", Length, &LengthProduct);
        Trial.Refused("length-references", Length, &LengthReferences);
        Trial.Refused("length-heap", "out of heap", &LengthHeap);
        Trial.Refused("length-heap-references", "out of heap", &LengthHeapReferences);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static object[] Things() => new Thing[] { new(), new() };

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ref T At<T>(T[] array, int index) => ref array[index];

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Fill(out object slot) => slot = new Other();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool Look(in object slot) => slot is not null;

    private static bool ElementOfCovariant()
    {
        ref object slot = ref Things()[0];
        slot = new Other();
        return true;
    }

    private static bool ElementOfInterfaces()
    {
        IThing[] things = Opaque.Of<IThing[]>(new Thing[1]);
        ref IThing slot = ref things[0];
        slot = new Thing();
        return true;
    }

    private static bool ElementByGeneric()
    {
        At<object>(Things(), 1) = new Other();
        return true;
    }

    private static bool ElementByOut()
    {
        Fill(out Things()[0]);
        return true;
    }

    private static bool ElementByIn() => Look(in Things()[0]);

    private static bool ElementOfArrays()
    {
        object[][] nested = Opaque.Of<object[][]>(new string[1][]);
        ref object[] slot = ref nested[0];
        slot = [new Other()];
        return true;
    }

    private static bool ElementOfExact()
    {
        object[] objects = Opaque.Of(new object[2]);
        ref object slot = ref objects[1];
        slot = "here";
        return (string)At(objects, 1) == "here";
    }

    private static bool ElementOfStructs()
    {
        Holder[] holders = Opaque.Of(new Holder[3]);
        ref Holder slot = ref holders[2];
        slot.Count = 4;
        return holders[2].Count == 4 && holders[1].Count == 0;
    }

    private static bool ElementOutside()
    {
        ref object slot = ref Opaque.Of(new object[2])[Opaque.Of(2)];
        return slot is null;
    }

    private static bool StoreOther()
    {
        Things()[0] = new Other();
        return true;
    }

    private static bool StoreBase()
    {
        object[] things = Opaque.Of<object[]>(new SpecialThing[1]);
        things[0] = new Thing();
        return true;
    }

    private static bool StoreOtherAsInterface()
    {
        object[] things = Opaque.Of<object[]>(new IThing[1]);
        things[0] = new Other();
        return true;
    }

    private static bool StoreOtherArray()
    {
        object[][] nested = Opaque.Of<object[][]>(new string[1][]);
        nested[0] = new object[1];
        return true;
    }

    private static bool StoreDerived()
    {
        object[] things = Things();
        things[0] = new SpecialThing { Number = 8 };
        return ((Thing)things[0]).Number == 8;
    }

    private static bool StoreNull()
    {
        object?[] things = Things();
        things[1] = null;
        return things[1] is null;
    }

    private static bool StoreArray()
    {
        object[] objects = Opaque.Of(new object[1]);
        objects[0] = new int[3];
        return ((int[])objects[0]).Length == 3;
    }

    private static bool StoreCovariantArray()
    {
        object[][] nested = Opaque.Of(new object[1][]);
        nested[0] = new string[] { "x" };
        return nested[0] is string[];
    }

    private static bool StoreImplementer()
    {
        IThing[] things = Opaque.Of(new IThing[1]);
        things[0] = new SpecialThing();
        return things[0].Number == 7;
    }

    private static bool IndexNegative() => Opaque.Of(new int[2])[Opaque.Of(-1)] == 0;

    private static bool IndexLength()
    {
        Opaque.Of(new byte[2])[Opaque.Of(2)] = 1;
        return true;
    }

    private static bool IndexUnsigned() => Opaque.Of(new int[2])[Opaque.Of(uint.MaxValue)] == 0;

    private static bool IndexLong() => Opaque.Of(new int[2])[Opaque.Of(0x1_0000_0000L)] == 0;

    private static bool IndexEmpty() => Opaque.Of(new int[0])[Opaque.Of(0)] == 0;

    private static bool IndexReference()
    {
        Things()[Opaque.Of(-1)] = "x";
        return true;
    }

    private static bool LengthNegative() => Opaque.Of(new int[Opaque.Of(-1)]).Length < 0;

    private static bool LengthLong() => Opaque.Of(new byte[Opaque.Of(0x1_0000_0001L)]).Length == 1;

    // 8 bytes each: the product is 8 modulo 2^64.
    private static bool LengthProduct() => Opaque.Of(new long[Opaque.Of(0x2000_0000_0000_0001L)]).Length == 1;

    private static bool LengthReferences() => Opaque.Of(new object[Opaque.Of(0x2000_0000_0000_0001L)]).Length == 1;

    private static bool LengthHeap() => Opaque.Of(new long[Opaque.Of(int.MaxValue)]).Length == 0;

    private static bool LengthHeapReferences() => Opaque.Of(new object[Opaque.Of(int.MaxValue)]).Length == 0;
}
