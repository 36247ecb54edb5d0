// Delegates: what they are bound to, and that a null is refused when they are made. ECMA-335 II.14.6. Next: InterfaceCases.cs
using System;

namespace RingOS.Test.Language;

internal static unsafe class DelegateCases
{
    public static void Run()
    {
        Trial.Holds("delegate-static", &Static);
        Trial.Holds("delegate-instance", &Instance);
        Trial.Holds("delegate-virtual", &Virtual);
        Trial.Holds("delegate-struct", &Struct);
        Trial.Holds("delegate-closure", &Closure);
        Trial.Holds("delegate-extension", &Extension);
        Trial.Holds("delegate-generic-static", &GenericStatic);
        Trial.Refused("delegate-generic-instance", "delegates to generic methods of objects are not supported", &GenericInstance);
        Trial.Holds("delegate-generic-type", &GenericType);
        Trial.Holds("delegate-variant", &Variant);
        Trial.Refused("delegate-null", "null reference", &NullInstance);
    }

    private static bool Static() => Opaque.Of<Func<int, int>>(Twice)(21) == 42;

    private static bool Instance() => Opaque.Of<Func<int>>(new Maker(3).Number)() == 3;

    private static bool Virtual() => Opaque.Of<Func<string>>(Opaque.Of<object>(new Maker(3)).ToString)() == "maker";

    private static bool Struct() => Opaque.Of<Func<int>>(new Value(4).Number)() == 4;

    private static bool Closure()
    {
        int captured = Opaque.Of(5);
        Action increase = () => captured++;
        Opaque.Of(increase)();
        return captured == 6;
    }

    private static bool Extension() => Opaque.Of<Func<int>>("four".Measure)() == 4;

    private static bool GenericStatic() => Opaque.Of<Func<string>>(NameOf<string>)() == "text" && Opaque.Of<Func<string>>(NameOf<int>)() == "other";

    private static bool GenericInstance() => Opaque.Of<Func<object, bool>>(new Maker(3).Is<string>)("x")
        && !Opaque.Of<Func<object, bool>>(new Maker(3).Is<Thing>)("x") && Opaque.Of<Func<object, bool>>(new Maker(3).Is<int>)(5);

    private static bool GenericType() => Opaque.Of<Func<object, bool>>(new Judge<string>().Is)("x")
        && !Opaque.Of<Func<object, bool>>(new Judge<Thing>().Is)("x");

    private static bool Variant()
    {
        Func<string> text = static () => "text";
        Func<object> any = Opaque.Of(text);
        Action<object> take = static value => _ = value;
        Action<string> takeText = Opaque.Of(take);
        takeText("x");
        return (string)any() == "text";
    }

    private static bool NullInstance() => Opaque.Of<Func<int>>(Opaque.Of<Maker?>(null)!.Number) is not null;

    private static int Twice(int value) => 2 * value;

    private static int Measure(this string text) => text.Length;

    private static string NameOf<T>() => Opaque.Of<object>("x") is T ? "text" : "other";

    private sealed class Maker(int number)
    {
        public int Number() => number;

        public bool Is<T>(object value) => value is T;

        public override string ToString() => "maker";
    }

    private sealed class Judge<T>
    {
        public bool Is(object value) => value is T;
    }

    private readonly struct Value(int number)
    {
        public int Number() => number;
    }
}
