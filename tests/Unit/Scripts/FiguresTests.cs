// Figures in the documents are what commands print, and only that. Subject: docs/figures.sh. Next: LauncherTests.cs
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Host;
using RingOS.Tests.Unit.Host;
using Xunit;

namespace RingOS.Tests.Unit.Scripts;

/// <summary>Runs a copy of the script in a checkout whose ringos is a stand-in.</summary>
public sealed class FiguresTests : IDisposable
{
    private const string Begin = "<!-- figures: ";
    private const string End = "<!-- end of figures -->";
    private const string Page = $"above\n{Begin}./ringos hub --completion wait -->\nold\n{End}\nbetween\n{Begin}./ringos trace | head -n 1 -->\n{End}\nbelow\n";

    private readonly TemporaryFolder _checkout = new();

    public FiguresTests()
    {
        Directory.CreateDirectory(_checkout["docs/book/collision"]);
        Directory.CreateDirectory(_checkout["docs/decisions"]);
        File.Copy(Path.Combine(Repository.Root, "docs/figures.sh"), _checkout["docs/figures.sh"]);
        File.WriteAllText(_checkout["docs/book/collision/README.md"], "text\n");
        File.WriteAllText(_checkout["docs/decisions/0001-one.md"], "text\n");
        File.WriteAllText(_checkout["README.md"], Page);
    }

    public void Dispose() => _checkout.Dispose();

    [Fact]
    public async Task WhatCommandsPrintStandsUnderThem()
    {
        ToolResult result = await RunAsync("#!/bin/sh\nprintf '%s  \\n\\nsecond & \\\\ line\\n\\n\\n' \"$*\"\n");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal($"above\n{Begin}./ringos hub --completion wait -->\n```\nhub --completion wait\n\nsecond & \\ line\n```\n{End}\nbetween\n"
            + $"{Begin}./ringos trace | head -n 1 -->\n```\ntrace\n```\n{End}\nbelow\n", File.ReadAllText(_checkout["README.md"]));
        Assert.Equal("text\n", File.ReadAllText(_checkout["docs/decisions/0001-one.md"]));
    }

    [Fact]
    public async Task OnlyCommandsWithTheWordRun()
    {
        await RunAsync("#!/bin/sh\necho \"new $1\"\n", "hub");
        string page = File.ReadAllText(_checkout["README.md"]);
        Assert.Contains("new hub", page, StringComparison.Ordinal);
        Assert.DoesNotContain("new trace", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACommandThatFailsLeavesItsBlock()
    {
        ToolResult result = await RunAsync("#!/bin/sh\necho half\nexit 3\n");
        Assert.NotEqual(0, result.ExitCode);
        Assert.Equal(Page, File.ReadAllText(_checkout["README.md"]));
    }

    /// <summary>A block without an end would swallow the rest of its page.</summary>
    [Fact]
    public void EveryBlockOfTheDocumentsHasACommandAndAnEnd()
    {
        string[] pages = [.. Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories), Path.Combine(Repository.Root, "README.md")];
        string[][] marks = [.. pages.Select(static page => File.ReadLines(page).Where(IsMark).ToArray())];

        Assert.Contains(marks, static page => page.Length > 0);
        Assert.All(marks.SelectMany(static page => page.Index()), static mark =>
            Assert.StartsWith(mark.Index % 2 == 0 ? Begin + "./ringos " : End, mark.Item, StringComparison.Ordinal));
        Assert.All(marks, static page => Assert.Equal(0, page.Length % 2));
    }

    private static bool IsMark(string line) => line.StartsWith(Begin, StringComparison.Ordinal) || line.StartsWith(End, StringComparison.Ordinal);

    private Task<ToolResult> RunAsync(string ringos, params IEnumerable<string> words)
    {
        File.WriteAllText(_checkout["ringos"], ringos);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_checkout["ringos"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return ExternalTool.RunAsync("bash", [_checkout["docs/figures.sh"], .. words], CancellationToken.None);
    }
}
