// What the cases are made of. Back to: Trial.cs
namespace RingOS.Test.Language;

internal interface IThing
{
    int Number { get; }
}

internal class Thing : IThing
{
    public int Number { get; set; } = 7;
}

internal sealed class SpecialThing : Thing;

/// <summary>Has the same fields as <see cref="Thing"/>, and is none.</summary>
internal sealed class Other
{
    public long Number = 0x4141_4141_4141_4141;
}

internal struct Pair
{
    public int Left;
    public int Right;
}

internal struct Twin
{
    public int Left;
    public int Right;
}

internal struct Three
{
    public byte A;
    public byte B;
    public byte C;
}

internal struct Holder
{
    public object? Held;
    public int Count;
}

internal enum Color
{
    Red,
    Green = 5,
}

internal enum Small : byte
{
    One = 1,
}

/// <summary>Eight of something.</summary>
internal struct Eight<T>
    where T : struct
{
    public T A;
    public T B;
    public T C;
    public T D;
    public T E;
    public T F;
    public T G;
    public T Last;
}

internal interface ISource<out T>
{
    T Get();
}

internal interface ISink<in T>
{
    int Put(T value);
}

internal sealed class TextSource : ISource<string>
{
    public string Get() => "text";
}

internal sealed class NumberSource : ISource<int>
{
    public int Get() => 5;
}

internal sealed class ThingSource : ISource<SpecialThing>
{
    public SpecialThing Get() => new() { Number = 9 };
}

internal sealed class AnySink : ISink<object>
{
    public int Put(object value) => value is string ? 1 : 2;
}

internal sealed class TextSink : ISink<string>
{
    public int Put(string value) => value.Length;
}

/// <summary>Whether this is an ISink of itself leads to the same question for ever.</summary>
internal sealed class Endless : ISink<ISink<Endless>>
{
    public int Put(ISink<Endless> value) => 0;
}
