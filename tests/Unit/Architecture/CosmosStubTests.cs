// The stand-ins that the Cosmos kit is compiled against have nothing that Cosmos does not have: a request that was invented here once
// kept a kit looking whole that did not compile. Recorded from the real assemblies: tests/CosmosStubs/shapes.txt. Next: CosmosIsoTests.cs
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using RingOS.Kernel.Kits.CosmosGen3;
using Xunit;

namespace RingOS.Tests.Unit.Architecture;

/// <summary>Holds tests/CosmosStubs against the recorded shapes.</summary>
public sealed class CosmosStubTests
{
    private const string Folder = "tests/CosmosStubs";

    private static readonly string[] s_recorded =
        [.. SourceTree.Read(Folder + "/shapes.txt").Split('\n').Where(static line => line.Length > 0 && !line.StartsWith('#'))];

    private static readonly IReadOnlyList<string> s_stubs = CosmosShapes.Of(typeof(ThrownReason).Assembly.Location, "Cosmos.");

    [Fact]
    public void NothingStandsInForWhatCosmosDoesNotHave()
    {
        Assert.NotEmpty(s_stubs);
        Assert.Empty(s_stubs.Except(s_recorded));
    }

    /// <summary>Every type of the stand-ins says from which file of Cosmos's it is.</summary>
    [Fact]
    public void EveryStandInNamesItsFile()
    {
        foreach (string file in Directory.EnumerateFiles(Path.Combine(SourceTree.Root, Folder), "*.cs"))
        {
            string[] lines = File.ReadAllLines(file);
            int[] types = [.. Enumerable.Range(0, lines.Length).Where(at => IsType(lines[at]))];
            Assert.NotEmpty(types);
            Assert.All(types, at => Assert.Matches("^/// <summary>.*[.]cs</summary>$", lines[at - (lines[at - 1].StartsWith('[') ? 2 : 1)]));
        }

        static bool IsType(string line) => new[] { "class ", "struct ", "enum " }.Any(kind
            => line.StartsWith("public ", StringComparison.Ordinal) && line.Contains(kind, StringComparison.Ordinal));
    }
}
