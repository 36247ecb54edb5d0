// Layouts that two sides share say their size, and say it right. Next: SameDriverTests.cs
using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using RingOS.Abi;
using RingOS.Kernel.Arch.X64;
using RingOS.User;
using Xunit;

namespace RingOS.Tests.Unit.Architecture;

/// <summary>Compares every struct's <c>Size</c> constant with what the compiler makes of its fields.</summary>
public sealed class LayoutTests
{
    /// <summary>Structs with a Size of the ABI, the kernel, the drivers and the user library.</summary>
    public static TheoryData<Type> Layouts => [.. Structs];

    private static IEnumerable<Type> Structs
        => new[] { typeof(SyscallNumber).Assembly, typeof(Registers).Assembly }
            .SelectMany(static assembly => assembly.GetTypes())
            .Where(static type => type is { IsValueType: true, IsEnum: false } && SizeField(type) is not null && HasPublicFields(type));

    // A view of memory has a private address instead: its Size is that of what it looks at.
    private static bool HasPublicFields(Type type) => type.GetFields(BindingFlags.Public | BindingFlags.Instance).Length > 0;

    [Theory]
    [MemberData(nameof(Layouts))]
    public void SizeIsTheSize(Type layout) => Assert.Equal(SizeField(layout)!.GetRawConstantValue(), SizeOf(layout));

    [Fact]
    public void TheSharedLayoutsAreAmongThem()
        => Assert.Subset(
            Structs.ToHashSet(),
            new HashSet<Type> { typeof(StartupBlock), typeof(SocketAddress), typeof(Registers), typeof(MessageRegisters) });

    private static FieldInfo? SizeField(Type type)
        => type.GetField("Size", BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static) is { IsLiteral: true } field
            ? field
            : null;

    private static int SizeOf(Type type)
        => (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type).Invoke(null, null)!;
}
