// One table says what is needed; the container's list follows it. Code: tools/RingOS.Host/RequiredTool.cs
using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using RingOS.Host;
using Xunit;

namespace RingOS.Tests.Unit.Host;

public sealed partial class RequiredToolTests
{
    private static readonly string s_container = File.ReadAllText(Path.Combine(Repository.Root, ".devcontainer", "Containerfile"));

    [Fact]
    public void TheContainerHasEveryPackageAndGit()
    {
        string[] needed = [.. RequiredTool.All.Where(static tool => tool.IsInstallable && tool.Uses != ToolUse.Cosmos).Select(static tool => tool.Package).Append("git").Distinct().Order()];
        string[] installed = [.. PackageLine().Matches(s_container).Select(static match => match.Groups[1].Value).Order()];
        Assert.Equal(needed, installed);
    }

    [Fact]
    public void MissingPackagesAreNamedOnceAndOnlyWhatAptBrings()
    {
        FoundTool[] found =
        [
            new(new RequiredTool("dotnet", "dotnet-sdk-10.0", new Version(10, 0), "--version", ToolUse.Build), null, null),
            new(new RequiredTool("one", "pair", null, null, ToolUse.Iso), null, null),
            new(new RequiredTool("two", "pair", null, null, ToolUse.Iso), null, null),
            new(new RequiredTool("old", "old", new Version(7, 2), null, ToolUse.Boot), "/usr/bin/old", "7.1"),
            new(new RequiredTool("good", "good", null, null, ToolUse.Boot), "/usr/bin/good", null),
        ];
        Assert.Equal(["pair"], FoundTool.MissingPackages(found));
        Assert.Equal(
            "dotnet is missing, one is missing, two is missing, old 7.1 is too old (7.2 or later is needed): "
            + "install the .NET SDK 10: https://dotnet.microsoft.com/download/dotnet/10.0; sudo apt install pair old",
            FoundTool.Refusal(found));
        Assert.Null(FoundTool.Refusal(found[4..]));
    }

    // A line of the list: eight blanks, a name, a backslash.
    [GeneratedRegex(@"^ {8}([a-z0-9][a-z0-9.+-]+) \\$", RegexOptions.Multiline)]
    private static partial Regex PackageLine();
}
