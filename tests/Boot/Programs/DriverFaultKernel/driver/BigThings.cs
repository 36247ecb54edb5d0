// Types whose size is the point. Back to: Mistakes.cs
namespace RingOS.Test.DriverFaultKernel;

/// <summary>Looks like an object with fields, to whoever takes it for another class.</summary>
internal sealed class Numbers
{
    public ulong First { get; init; }
}

/// <summary>32 bytes: no register's content.</summary>
public struct Wide
{
    public ulong First;
    public ulong Second;
    public ulong Third;
    public ulong Last;
}

/// <summary>Eight of something.</summary>
public struct Eight<T>
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

/// <summary>A class whose last field is 128 KiB behind its first.</summary>
public sealed class LargeObject
{
    public Eight<Eight<Eight<Eight<Wide>>>> Before;
    public int Last;
}
