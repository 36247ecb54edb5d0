// The network stack and the direct host contain no unsafe code and keep no static state. Rules: SafeCodeRules.cs. Drivers are held to a list
// of what is allowed instead: SafeDriverTests.cs
using System;
using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using Mono.Cecil;
using Xunit;

namespace RingOS.Tests.Unit.Architecture;

/// <summary>Reads the built assemblies' IL.</summary>
public sealed class SafeCodeTests
{
    // lib/Net reads and writes unaligned words of a span it has checked the length of: Words.cs.
    private static readonly string[] s_spanWords =
    [
        "System.Runtime.CompilerServices.Unsafe::Add",
        "System.Runtime.CompilerServices.Unsafe::ReadUnaligned",
        "System.Runtime.CompilerServices.Unsafe::WriteUnaligned",
        "System.Runtime.InteropServices.MemoryMarshal::GetReference",
    ];

    public static TheoryData<string> Samples =>
        [.. typeof(UnsafeSamples).GetNestedTypes().Select(static type => type.Name)];

    [Fact]
    public void TheDirectHostIsSafeToo() => Assert.Empty(new SafeCodeRules().Check(TypesOf("RingOS.Hosts.Direct")));

    [Fact]
    public void TheNetworkStackReadsWordsOfSpansAndNoMore() => Assert.Empty(new SafeCodeRules(s_spanWords).Check(TypesOf("RingOS.Net")));

    [Fact]
    public void TheNetworkStackDoesNotAllowUnsafeBlocks() => Assert.Equal("false", UnsafeBlocksOf("lib/Net/RingOS.Net.csproj") ?? "false");

    [Theory]
    [MemberData(nameof(Samples))]
    public void TheRulesSeeEveryOffence(string sample)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(typeof(UnsafeSamples).Assembly.Location);
        TypeDefinition type = module.GetType(typeof(UnsafeSamples).FullName).NestedTypes.Single(nested => nested.Name == sample);
        Assert.NotEmpty(new SafeCodeRules(s_spanWords).Check([type, .. type.NestedTypes]));
    }

    [Fact]
    public void WithoutTheExceptionTheNetworkStackWouldOffend()
        => Assert.Contains(new SafeCodeRules().Check(TypesOf("RingOS.Net")),
            static offence => offence.Contains("Unsafe::ReadUnaligned", StringComparison.Ordinal));

    private static string? UnsafeBlocksOf(string project)
        => XDocument.Parse(SourceTree.Read(project)).Descendants("AllowUnsafeBlocks").SingleOrDefault()?.Value;

    private static List<TypeDefinition> TypesOf(string assembly)
        => [.. ModuleDefinition.ReadModule(SourceTree.Assembly(assembly)).GetTypes()];
}
