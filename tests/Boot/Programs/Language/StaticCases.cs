// Static constructors: once, before the first use, and in a circle without waiting. ECMA-335 II.10.5.3. Next: FaultCases.cs
namespace RingOS.Test.Language;

internal static unsafe class StaticCases
{
    private static int s_runs;

    public static void Run()
    {
        Trial.Holds("static-constructor", &BeforeFirstUse);
        Trial.Holds("static-constructor-once", &Once);
        Trial.Holds("static-constructor-circle", &Circle);
        Trial.Holds("static-of-generic", &OfGeneric);
        Trial.Holds("static-references", &References);
    }

    private static bool BeforeFirstUse() => Early.Value == 17;

    private static bool Once()
    {
        _ = Counted.Value;
        _ = Counted.Value;
        return s_runs == 1;
    }

    // Whoever comes second sees the other's field before it has a value: null or 0, never anything else.
    private static bool Circle() => Chicken.Number == 1 && Egg.Number == 2;

    private static bool OfGeneric()
    {
        Slot<string>.Content = Opaque.Of(1);
        Slot<Thing>.Content = Opaque.Of(2);
        return Slot<string>.Content == 1 && Slot<Thing>.Content == 2 && Slot<int>.Content == 0;
    }

    private static bool References() => Texts.All[Opaque.Of(1)] == "two";

    private static class Early
    {
        public static readonly int Value = Opaque.Of(17);

        static Early()
        {
        }
    }

    private static class Counted
    {
        public static readonly int Value = Opaque.Of(++s_runs);

        static Counted()
        {
        }
    }

    private static class Chicken
    {
        public static readonly int Number = Opaque.Of(Egg.Number - 1);

        static Chicken()
        {
        }
    }

    private static class Egg
    {
        public static readonly int Number = Opaque.Of(Chicken.Number + 2);

        static Egg()
        {
        }
    }

    private static class Slot<T>
    {
        public static int Content;
    }

    private static class Texts
    {
        public static readonly string[] All = [Opaque.Of("one"), Opaque.Of("two")];
    }
}
