// An experiment in a file: whole, or refused in one line. Code: tools/RingOS.Hub/HubJson.cs. Back to: HubSample.cs
using System.Linq;
using System.Text.Json.Nodes;
using RingOS.Host;
using RingOS.Hub;
using Xunit;

namespace RingOS.Tests.Unit.Hub;

public sealed class HubJsonTests
{
    private static readonly string s_whole = HubJson.Format(HubSample.Full());

    [Fact]
    public void WhatWasWrittenIsRead()
    {
        HubDocument document = HubJson.Parse(s_whole, "x");
        Assert.Equal(4, document.Hosts.Count);
        Assert.NotEmpty(document.LostFrames);
        Assert.Contains(document.Hosts, static host => host.FailedWrites.Count > 0);
    }

    [Fact]
    public void TheQemuThatRanItIsKept()
    {
        Assert.Equal("10.0.2", HubJson.Parse(HubJson.Format(HubSample.Full() with { Qemu = "10.0.2" }), "x").Qemu);
        Assert.Null(HubJson.Parse(s_whole, "x").Qemu); // as in the files of before
    }

    // Every value in turn is null: read all the same, or refused, but never something that later code stumbles over.
    [Theory]
    [InlineData("options")]
    [InlineData("hosts")]
    [InlineData("lostFrames")]
    [InlineData("medium")]
    [InlineData("hosts", 0)]
    [InlineData("hosts", 0, "failedWrites")]
    [InlineData("hosts", 0, "failedWrites", 0)]
    [InlineData("hosts", 0, "failedWrites", 0, "endedNanoseconds")]
    [InlineData("lostFrames", 0)]
    [InlineData("lostFrames", 0, "report")]
    [InlineData("lostFrames", 0, "report", "endedAt")]
    [InlineData("lostFrames", 0, "attempts")]
    [InlineData("lostFrames", 0, "attempts", 0)]
    [InlineData("options", "placement")]
    public void NullsAreRefusedInOneLine(params object[] path)
    {
        JsonNode document = JsonNode.Parse(s_whole)!;
        JsonNode parent = path[..^1].Aggregate(document, static (node, step) => step is int index ? node[index]! : node[(string)step]!);
        if (path[^1] is int last)
            parent.AsArray()[last] = null;
        else
            parent.AsObject()[(string)path[^1]] = null;
        string message = Assert.Throws<RingOsException>(() => HubJson.Parse(document.ToJsonString(), "old.json")).Message;
        Assert.Equal("old.json is not an experiment of ringos hub; write it anew with: ./ringos hub --json FILE", message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("not JSON")]
    public void OtherFilesAreRefused(string text) => Assert.Throws<RingOsException>(() => HubJson.Parse(text, "x"));
}
