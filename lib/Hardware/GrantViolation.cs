// What happens when safe code reaches outside its grant: its domain stops. Next: Fence.cs
using System;

namespace RingOS.Hardware;

/// <summary>A driver touched what it was not granted. There are no exceptions in images: the domain's panic handler decides.</summary>
public static class GrantViolation
{
    public static void Fail(string what) => throw new InvalidOperationException(what);
}
