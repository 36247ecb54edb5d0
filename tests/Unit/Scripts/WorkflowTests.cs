// What runs elsewhere calls only commands that exist, and on the systems that the documentation names. Subject: .github/workflows
using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using RingOS.Cli;
using RingOS.Tests.Unit.Architecture;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace RingOS.Tests.Unit.Scripts;

public sealed class WorkflowTests
{
    private const string Launcher = "./ringos ";

    private static readonly YamlMappingNode s_workflow = Load(".github/workflows/ci.yml");

    /// <summary>Every call of the launcher, less its name.</summary>
    public static TheoryData<string> Calls => [.. Lines()];

    [Theory]
    [MemberData(nameof(Calls))]
    public void EveryCommandExists(string call)
        => Assert.Empty(Program.Commands().Parse(call).Errors.Select(static error => error.Message));

    [Theory]
    [MemberData(nameof(Calls))]
    public void TheReadmeHasIt(string call)
        => Assert.Contains($"./ringos {call.Split(' ')[0]}", SourceTree.Read("README.md"), StringComparison.Ordinal);

    [Theory]
    [InlineData("compare --everything")]
    [InlineData("measure")]
    [InlineData("hub --hosts many")]
    public void WhatDoesNotExistIsSeen(string call) => Assert.NotEmpty(Program.Commands().Parse(call).Errors);

    [Fact]
    public void TheTwoCommandsOfTheReadmeAreAmongThem()
        => Assert.All(["compare", "test"], static word => Assert.Contains(Lines(), line => line.Split(' ')[0] == word));

    [Theory]
    [InlineData("Debian 12", "debian:12")]
    [InlineData("Debian 13", "debian:13")]
    [InlineData("Ubuntu 24.04", "")]
    public void EverySystemOfTheDocumentationIsThere(string system, string image)
    {
        Assert.Contains(system, SourceTree.Read("docs/platforms.md"), StringComparison.Ordinal);
        var systems = (YamlSequenceNode)Job()["strategy"]["matrix"]["include"];
        Assert.Contains(systems, entry => Text(entry["system"]) == system && Text(entry["image"]) == image);
    }

    private static IEnumerable<string> Lines()
        => Steps().Where(static step => step.Children.ContainsKey("run"))
            .SelectMany(static step => Text(step["run"]).Split('\n'))
            .Where(static line => line.StartsWith(Launcher, StringComparison.Ordinal))
            .Select(static line => line[Launcher.Length..].Trim());

    private static YamlNode Job() => ((YamlMappingNode)s_workflow["jobs"]).Children.Values.Single();

    private static IEnumerable<YamlMappingNode> Steps() => ((YamlSequenceNode)Job()["steps"]).Cast<YamlMappingNode>();

    private static string Text(YamlNode node) => ((YamlScalarNode)node).Value ?? "";

    private static YamlMappingNode Load(string path)
    {
        YamlStream stream = [];
        stream.Load(new StringReader(SourceTree.Read(path)));
        return (YamlMappingNode)stream.Documents[0].RootNode;
    }
}
