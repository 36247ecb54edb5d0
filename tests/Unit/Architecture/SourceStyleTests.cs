// What the style says of every source file: an opening comment that leads to files that are there, no #if, plain ASCII, not too long. Next: SyscallFileTests.cs
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace RingOS.Tests.Unit.Architecture;

/// <summary>Reads every C# and assembly file that is ours.</summary>
public sealed partial class SourceStyleTests
{
    private const int MostLines = 350;
    private static readonly string[] s_folders = ["lib", "kernel", "drivers", "userland", "tools", "build"];

    [Fact]
    public void EveryFileOpensWithItsPurpose()
        => AssertNone(Sources(), static path => !OpensWithComment(path, SourceTree.Read(path)));

    [Fact]
    public void EveryFileLeadsToFilesThatAreThere()
        => Assert.Empty(Sources().Concat(Tests()).SelectMany(static path => NeighboursOf(SourceTree.Read(path)).Where(name => !IsThere(path, name)).Select(name => $"{path} -> {name}")));

    [Fact]
    public void VariationLivesInFoldersNotInConditions()
        => AssertNone(Sources(), static path => Lines(path).Any(IsConditional));

    [Fact]
    public void EveryFileIsAscii() => AssertNone(Sources().Concat(Texts()), static path => !IsAscii(path));

    [Fact]
    public void NoFileIsLong() => AssertNone(Sources(), static path => Lines(path).Count() > MostLines);

    [Theory]
    [InlineData("a.cs", "// Purpose\nclass A;", true)]
    [InlineData("a.asm", "; Purpose\n", true)]
    [InlineData("a.cs", "using System;\n// late", false)]
    [InlineData("a.asm", "// not assembly", false)]
    public void AnOpeningCommentIsRecognised(string path, string text, bool opens) => Assert.Equal(opens, OpensWithComment(path, text));

    [Theory]
    [InlineData("// Purpose. Next: Other.cs\nusing System; // Next: None.cs", "Other.cs")]
    [InlineData("; Purpose, which is long.\n; Back to: ../a/b.asm\n", "../a/b.asm")]
    [InlineData("// Side by side with: x/Y.cs. Next: Z.csproj", "x/Y.cs Z.csproj")]
    [InlineData("// Next to: Other.cs", "")]
    public void NeighboursAreRecognised(string text, string names) => Assert.Equal(names, string.Join(' ', NeighboursOf(text)));

    [Theory]
    [InlineData("#if RING3", true)]
    [InlineData("  # elif DEBUG", true)]
    [InlineData(" %if !(%1 == 8)", false)] // within an assembly macro
    [InlineData("// no #if", false)]
    public void AConditionIsRecognised(string line, bool isConditional) => Assert.Equal(isConditional, IsConditional(line));

    private static void AssertNone(IEnumerable<string> paths, Func<string, bool> offends)
    {
        List<string> offenders = [.. paths.Where(offends)];
        Assert.Empty(offenders);
    }

    private static IEnumerable<string> Sources()
        => SourceTree.Files("*.cs", s_folders).Concat(SourceTree.Files("*.asm", s_folders));

    private static IEnumerable<string> Tests() => SourceTree.Files("*.cs", "tests").Concat(SourceTree.Files("*.asm", "tests"));

    private static IEnumerable<string> Texts()
        => s_folders.SelectMany(static folder =>
            new[] { "*.csproj", "*.props", "*.targets", "*.ld" }.SelectMany(pattern => SourceTree.Files(pattern, folder)));

    private static IEnumerable<string> Lines(string path) => File.ReadLines(Path.Combine(SourceTree.Root, path));

    // Those named in the opening comment.
    private static IEnumerable<string> NeighboursOf(string text)
        => Neighbour().Matches(string.Join('\n', text.Split('\n').TakeWhile(static line => line.StartsWith("//", StringComparison.Ordinal) || line.StartsWith(';'))))
            .Select(static match => match.Groups["file"].Value);

    private static bool IsThere(string path, string name)
        => File.Exists(Path.Combine(SourceTree.Root, Path.GetDirectoryName(path)!, name)) || File.Exists(Path.Combine(SourceTree.Root, name));

    [GeneratedRegex(@"(?:Next|Back to|Side by side with):\s+(?<file>[\w./-]+\.(?:csproj|cs|asm|inc|ld))\b")]
    private static partial Regex Neighbour();

    private static bool OpensWithComment(string path, string text)
        => text.StartsWith(path.EndsWith(".asm", StringComparison.Ordinal) ? "; " : "// ", StringComparison.Ordinal);

    private static bool IsConditional(string line)
    {
        string directive = line.TrimStart();
        return directive.StartsWith('#') && directive[1..].TrimStart() is string rest
            && (rest.StartsWith("if", StringComparison.Ordinal) || rest.StartsWith("elif", StringComparison.Ordinal));
    }

    private static bool IsAscii(string path)
    {
        byte[] text = File.ReadAllBytes(Path.Combine(SourceTree.Root, path));
        return Array.TrueForAll(text, static value => value is (>= 32 and < 127) or (byte)'\n');
    }
}
