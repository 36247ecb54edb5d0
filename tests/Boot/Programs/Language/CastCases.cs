// Casts: ECMA-335 I.8.7.1 and III.4.3 (castclass), II.9.5 (variance). Next: BoxCases.cs
using System;

namespace RingOS.Test.Language;

internal static unsafe class CastCases
{
    private const string Invalid = "invalid cast";

    public static void Run()
    {
        Trial.Refused("cast-class", Invalid, &ToOther);
        Trial.Refused("cast-derived", Invalid, &ToDerived);
        Trial.Refused("cast-interface", Invalid, &ToInterface);
        Trial.Refused("cast-array-of-other", Invalid, &ToArrayOfOther);
        Trial.Refused("cast-array-down", Invalid, &ToArrayDown);
        Trial.Refused("cast-array-wider", Invalid, &ToArrayWider);
        Trial.Refused("cast-array-of-booleans", Invalid, &ToArrayOfBooleans);
        Trial.Refused("cast-array-of-values", Invalid, &ToArrayOfValues);
        Trial.Refused("cast-to-array", Invalid, &ToArray);
        Trial.Refused("cast-string-to-array", Invalid, &StringToArray);
        Trial.Refused("cast-generic", Invalid, &ByGeneric);
        Trial.Holds("cast-base", &ToBase);
        Trial.Holds("cast-null", &OfNull);
        Trial.Holds("cast-array-up", &ToArrayUp);
        Trial.Holds("cast-array-to-array", &ToSystemArray);
        Trial.Holds("cast-array-of-unsigned", &ToArrayOfUnsigned);
        Trial.Holds("cast-array-of-enum", &ToArrayOfEnum);
        Trial.Holds("cast-array-of-interface", &ToArrayOfInterface);
        Trial.Holds("as", &As);
        Trial.Holds("is-value-type", &IsValueType);
        Trial.Holds("variance-out", &Out);
        Trial.Holds("variance-in", &In);
        Trial.Holds("variance-nested", &Nested);
        Trial.Holds("variance-array", &ArrayOfVariant);
        Trial.Holds("variance-delegate", &OfDelegate);
        Trial.Holds("variance-endless", &EndlessQuestion);
        Trial.Refused("variance-out-down", Invalid, &OutDown);
        Trial.Refused("variance-in-up", Invalid, &InUp);
        Trial.Refused("variance-of-values", Invalid, &OutOfValues);
        Trial.Refused("variance-delegate-of-values", Invalid, &DelegateOfValues);
        Trial.Refused("variance-other-interface", Invalid, &OtherInterface);
    }

    private static bool ToOther() => ((Other)Opaque.Of<object>(new Thing())).Number != 0;

    private static bool ToDerived() => (SpecialThing)Opaque.Of(new Thing()) is not null;

    private static bool ToInterface() => ((IThing)Opaque.Of<object>(new Other())).Number != 0;

    private static bool ToArrayOfOther() => ((int[])Opaque.Of<object>(new string[1])).Length == 1;

    private static bool ToArrayDown() => ((string[])Opaque.Of(new object[1])).Length == 1;

    private static bool ToArrayWider() => ((long[])Opaque.Of<object>(new int[1])).Length == 1;

    private static bool ToArrayOfBooleans() => ((bool[])Opaque.Of<object>(new byte[1])).Length == 1;

    private static bool ToArrayOfValues() => ((object[])Opaque.Of<object>(new int[1])).Length == 1;

    private static bool ToArray() => ((int[])Opaque.Of<object>(new Thing())).Length == 1;

    private static bool StringToArray() => ((char[])Opaque.Of<object>("text")).Length == 4;

    private static bool ByGeneric() => Cast<Other>(Opaque.Of<object>(new Thing())).Number != 0;

    private static T Cast<T>(object value) => (T)value;

    private static bool ToBase() => ((Thing)Opaque.Of<object>(new SpecialThing())).Number == 7;

    private static bool OfNull() => (Other?)Opaque.Of<object?>(null) is null;

    private static bool ToArrayUp() => ((object[])Opaque.Of<object>(new string[2])).Length == 2;

    private static bool ToSystemArray() => ((Array)Opaque.Of<object>(new int[3])).Length == 3 && Opaque.Of<object>(new Thing()) is not Array;

    private static bool ToArrayOfUnsigned()
    {
        uint[] numbers = (uint[])Opaque.Of<object>(new int[] { -1 });
        Span<uint> span = numbers;
        return numbers[0] == uint.MaxValue && span[0] == uint.MaxValue;
    }

    private static bool ToArrayOfEnum() => ((Color[])Opaque.Of<object>(new int[] { 5 }))[0] == Color.Green;

    private static bool ToArrayOfInterface() => ((IThing[])Opaque.Of<object>(new SpecialThing[] { new() }))[0].Number == 7;

    private static bool As() => Opaque.Of<object>(new Thing()) as Other is null && Opaque.Of<object>(new Thing()) as IThing is not null
        && Opaque.Of<object>(new string[1]) as object[] is not null && Opaque.Of<object>(new object[1]) as string[] is null;

    private static bool IsValueType() => Opaque.Of<object>(Color.Red) is ValueType and Enum && Opaque.Of<object>(1) is ValueType and not Enum;

    private static bool Out()
    {
        ISource<object> source = (ISource<object>)Opaque.Of<object>(new TextSource());
        ISource<Thing> things = Opaque.Of<ISource<Thing>>(new ThingSource());
        return (string)source.Get() == "text" && things.Get().Number == 9;
    }

    private static bool In()
    {
        ISink<string> sink = (ISink<string>)Opaque.Of<object>(new AnySink());
        return sink.Put("x") == 1 && Opaque.Of<ISink<Thing>>(new AnySink()).Put(new Thing()) == 2;
    }

    private static bool Nested() => Opaque.Of<object>(new Box<ISource<string>>(new TextSource())) is ISource<ISource<object>> outer
        && (string)outer.Get().Get() == "text";

    private static bool ArrayOfVariant() => Opaque.Of<object>(new ISource<string>[1]) is ISource<object>[];

    private static bool OfDelegate()
    {
        Func<string> text = static () => "text";
        return (string)((Func<object>)Opaque.Of<object>(text))() == "text";
    }

    private static bool EndlessQuestion() => Opaque.Of<object>(new Endless()) is not ISink<Endless>;

    private static bool OutDown() => (ISource<string>)Opaque.Of<object>(new Box<object>(new Thing())) is not null;

    private static bool InUp() => ((ISink<object>)Opaque.Of<object>(new TextSink())).Put(new Thing()) != 0;

    private static bool OutOfValues() => ((ISource<object>)Opaque.Of<object>(new NumberSource())).Get() is not null;

    private static bool DelegateOfValues()
    {
        Func<int> number = static () => 5;
        return ((Func<object>)Opaque.Of<object>(number))() is not null;
    }

    private static bool OtherInterface() => ((ISource<string>)Opaque.Of<object>(new TextSink())).Get() is not null;

    private sealed class Box<T>(T content) : ISource<T>
    {
        public T Get() => content;
    }
}
