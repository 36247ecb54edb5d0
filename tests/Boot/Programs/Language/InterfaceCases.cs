// Which implementation an interface call finds: ECMA-335 II.12.2; defaults, variance, structs, statics. Next: StaticCases.cs
namespace RingOS.Test.Language;

internal static unsafe class InterfaceCases
{
    public static void Run()
    {
        Trial.Holds("interface-default", &Default);
        Trial.Holds("interface-default-overridden", &Overridden);
        Trial.Holds("interface-default-by-interface", &OverriddenByInterface);
        Trial.Holds("interface-class-before-default", &ClassBeforeDefault);
        Trial.Holds("interface-default-generic", &DefaultGeneric);
        Trial.Holds("interface-default-of-struct", &DefaultOfStruct);
        Trial.Holds("interface-explicit", &Explicit);
        Trial.Holds("interface-inherited-virtual", &InheritedVirtual);
        Trial.Holds("interface-reimplemented", &Reimplemented);
        Trial.Holds("interface-variant-call", &VariantCall);
        Trial.Holds("interface-exact-before-variant", &ExactBeforeVariant);
        Trial.Holds("interface-many-types", &ManyTypes);
        Trial.Holds("interface-constrained", &Constrained);
        Trial.Holds("interface-static", &StaticMember);
        Trial.Holds("in-is-not-changed", &InIsNotChanged);
        Trial.Holds("readonly-is-not-changed", &ReadonlyIsNotChanged);
        Trial.Holds("ref-is-the-variable", &RefIsTheVariable);
    }

    private static bool Default() => Opaque.Of<INamed>(new Plain()).Name() == 1;

    private static bool Overridden() => Opaque.Of<INamed>(new Named()).Name() == 2;

    private static bool OverriddenByInterface() => Opaque.Of<INamed>(new Titled()).Name() == 3;

    private static bool ClassBeforeDefault() => Opaque.Of<INamed>(new NamedAndTitled()).Name() == 2;

    private static bool DefaultGeneric() => Opaque.Of<IShow<int>>(new Shows()).Show(5) == 5;

    private static bool DefaultOfStruct() => Opaque.Of<INamed>(new PlainValue { Number = 4 }).Name() == 1;

    private static bool Explicit() => Opaque.Of<IThing>(new Hidden()).Number == 12;

    private static bool InheritedVirtual() => Opaque.Of<INamed>(new DerivedNamed()).Name() == 5;

    private static bool Reimplemented() => Opaque.Of<INamed>(new Renamed()).Name() == 6;

    private static bool VariantCall() => (string)Opaque.Of<ISource<object>>(new TextSource()).Get() == "text"
        && Opaque.Of<ISource<Thing>>(new ThingSource()).Get().Number == 9 && Opaque.Of<ISink<string>>(new AnySink()).Put("x") == 1;

    private static bool ExactBeforeVariant() => (string)Opaque.Of<ISource<object>>(new Both()).Get() == "object"
        && Opaque.Of<ISource<string>>(new Both()).Get() == "string";

    // More types than a call site remembers.
    private static bool ManyTypes()
    {
        INamed[] all = [new Plain(), new Named(), new Titled(), new NamedAndTitled(), new DerivedNamed(), new Renamed(), new Plain()];
        int sum = 0;
        for (int round = 0; round < 2; round++)
        {
            foreach (INamed one in all)
                sum += one.Name();
        }
        return sum == 2 * (1 + 2 + 3 + 2 + 5 + 6 + 1);
    }

    private static bool Constrained() => NameOf(new PlainValue()) == 1 && NameOf(new CountingValue()) == 1 && NameOf(new Named()) == 2;

    private static int NameOf<T>(T value)
        where T : INamed
        => value.Name();

    private static bool StaticMember() => Make<Metre>() == 1000 && Make<Mile>() == 1609;

    private static int Make<T>()
        where T : IUnit
        => T.Millimetres;

    private static bool InIsNotChanged()
    {
        Mutable value = new() { Count = 1 };
        Look(in value);
        return value.Count == 1;
    }

    private static void Look(in Mutable value) => value.Increase(); // on a copy

    private static bool ReadonlyIsNotChanged()
    {
        Keeper keeper = Opaque.Of(new Keeper());
        return keeper.Increase() == 0;
    }

    private static bool RefIsTheVariable()
    {
        Mutable value = new();
        View view = new(ref value);
        view.Target.Increase();
        return value.Count == 1;
    }

    private interface INamed
    {
        int Name() => 1;
    }

    private interface ITitled : INamed
    {
        int INamed.Name() => 3;
    }

    private interface IShow<T>
    {
        T Show(T value) => value;
    }

    private interface IUnit
    {
        static abstract int Millimetres { get; }
    }

    private sealed class Plain : INamed;

    private class Named : INamed
    {
        public virtual int Name() => 2;
    }

    private sealed class Titled : ITitled;

    private sealed class NamedAndTitled : Named, ITitled;

    private sealed class DerivedNamed : Named
    {
        public override int Name() => 5;
    }

    private sealed class Renamed : Named, INamed
    {
        int INamed.Name() => 6;
    }

    private sealed class Shows : IShow<int>;

    private sealed class Hidden : IThing
    {
        int IThing.Number => 12;
    }

    private sealed class Both : ISource<object>, ISource<string>
    {
        object ISource<object>.Get() => "object";

        string ISource<string>.Get() => "string";
    }

    private struct PlainValue : INamed
    {
        public int Number;
    }

    private struct CountingValue : INamed
    {
        private int _count;

        public int Name() => ++_count;
    }

    private readonly struct Metre : IUnit
    {
        public static int Millimetres => 1000;
    }

    private readonly struct Mile : IUnit
    {
        public static int Millimetres => 1609;
    }

    private struct Mutable
    {
        public int Count;

        public void Increase() => Count++;
    }

    private sealed class Keeper
    {
        private readonly Mutable _kept;

        public int Increase()
        {
            _kept.Increase(); // on a copy
            return _kept.Count;
        }
    }

    private readonly ref struct View(ref Mutable target)
    {
        private readonly ref Mutable _target = ref target;

        public ref Mutable Target => ref _target;
    }
}
