// The keyword `unsafe` only where the style allows it. Comments and literals do not count. Next: SourceStyleTests.cs
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace RingOS.Tests.Unit.Architecture;

/// <summary>Scans the sources of the images and tools.</summary>
public sealed partial class UnsafeKeywordTests
{
    private static readonly string[] s_allowed =
        ["lib/CoreLib/", "lib/Hardware/", "kernel/arch/", "kernel/memory/", "kernel/kits/", "userland/lib/native/",
            "tools/RingOS.RemoteDevices/", "tools/RingOS.Instrument/"];

    [Fact]
    public void UnsafeCodeIsInEightFolders()
    {
        List<string> others =
        [
            .. SourceTree.Files("*.cs", "lib", "kernel", "drivers", "userland", "tools")
                .Where(static path => !s_allowed.Any(folder => path.StartsWith(folder, StringComparison.Ordinal)))
                .Where(static path => UsesUnsafe(SourceTree.Read(path))),
        ];
        Assert.Empty(others);
    }

    [Theory]
    [InlineData("public unsafe class A;", true)]
    [InlineData("x(); /* no */ unsafe { }", true)]
    [InlineData("string s = \"\\\"//\"; unsafe { }", true)]
    [InlineData("char c = '\"'; unsafe { }", true)]
    [InlineData("// unsafe\nint isunsafe;", false)]
    [InlineData("/* unsafe\n unsafe */", false)]
    [InlineData("string s = \"unsafe // \"; string t = @\"a\"\"unsafe\";", false)]
    [InlineData("string s = \"\"\"\n unsafe \" \"\"\";", false)]
    [InlineData("Unsafe.Add(ref x, 1); int unsafely;", false)]
    public void TheScanKnowsCode(string source, bool isUnsafe) => Assert.Equal(isUnsafe, UsesUnsafe(source));

    private static bool UsesUnsafe(string source) => Keyword().IsMatch(NotCode().Replace(source, " "));

    // Comments, raw, verbatim and ordinary strings, characters: whichever starts first.
    [GeneratedRegex("""
        //[^\n]* | /\*.*?\*/ | "{3}.*?"{3} | @"(?:[^"]|"")*" | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)+'
        """, RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex NotCode();

    [GeneratedRegex(@"\bunsafe\b")]
    private static partial Regex Keyword();
}
