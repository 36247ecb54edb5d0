// Versions and test results are read from what tools print. Code: tools/RingOS.Host
using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Host;
using RingOS.Host.Testing;
using Xunit;

namespace RingOS.Tests.Unit.Host;

public sealed class ToolTests
{
    [Theory]
    [InlineData("NASM version 2.16.01", "2.16.01")]
    [InlineData("QEMU emulator version 7.2.22 (Debian 1:7.2+dfsg-7)\nCopyright (c) 2003-2022", "7.2.22")]
    [InlineData("Debian LLD 14.0.6 (compatible with GNU linkers)", "14.0.6")]
    [InlineData("grub-mkrescue (GRUB) 2.06-13", "2.06")]
    [InlineData("no numbers here 7", null)]
    public void VersionsAreFound(string text, string? version) => Assert.Equal(version, FoundTool.FindVersion(text));

    [Theory]
    [InlineData("/usr/bin/x", "7.2.22", true)]
    [InlineData("/usr/bin/x", "7.2", true)]
    [InlineData("/usr/bin/x", "8.0", true)]
    [InlineData("/usr/bin/x", "7.1.9", false)]
    [InlineData("/usr/bin/x", null, false)]
    [InlineData(null, null, false)]
    public void MissingOldAndUnknownToolsAreNotGood(string? path, string? version, bool isGood)
    {
        RequiredTool tool = new("x", "x", new Version(7, 2), "--version", ToolUse.Boot);
        Assert.Equal(isGood, new FoundTool(tool, path, version).IsGood);
    }

    [Fact]
    public async Task AMissingProgramIsNamed()
    {
        RingOsException failure = await Assert.ThrowsAsync<RingOsException>(
            () => ExternalTool.RunAsync("no-such-tool", [], CancellationToken.None));
        Assert.Contains("no-such-tool", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ToolsKeepTheirExitCodeAndBothOutputs()
    {
        ToolResult result = await ExternalTool.RunAsync("sh", ["-c", "echo out; echo err >&2; exit 3"], CancellationToken.None);
        Assert.Equal(3, result.ExitCode);
        Assert.Contains("out\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("err\n", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<Counters total=\"12\" executed=\"11\" passed=\"9\" failed=\"2\" />", 1, "9 passed, 2 failed")]
    [InlineData("<Counters total=\"12\" executed=\"12\" passed=\"12\" failed=\"0\" />", 0, "12 passed, 0 failed")]
    [InlineData("<Counters total=\"12\" executed=\"5\" passed=\"5\" failed=\"0\" />", 1, "5 passed, 1 failed")] // the host crashed
    [InlineData("<Counters", 0, "0 passed, 1 failed")]
    public void TotalsComeFromTheResultsFile(string counters, int exitCode, string line)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["a.trx"], $"<TestRun xmlns=\"urn:x\"><ResultSummary>{counters}</ResultSummary></TestRun>");
        Assert.Equal(line, TestTotals.Of(folder["a.trx"], exitCode).ToString());
    }

    [Fact]
    public void AMissingResultsFileIsAFailureIfTheHostFailed()
    {
        Assert.Equal(new TestTotals(0, 1), TestTotals.Of("/nowhere/a.trx", 1));
        Assert.Equal(new TestTotals(3, 1), new TestTotals(1, 1) + new TestTotals(2, 0));
    }
}
