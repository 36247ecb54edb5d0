// Two checkouts are timed in turn, and one that cannot be used is told. Subject: tools/RingOS.Host/Benchmarking. Back to: KvmTests.cs
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Host;
using RingOS.Host.Benchmarking;
using Xunit;

namespace RingOS.Tests.Unit.Host;

public sealed class BenchmarkTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task BothSidesRunInTurnAndTakeTurnsInGoingFirst()
    {
        using Opponent there = await Opponent.PrepareAsync(Checkout("there", exitCode: 0), CancellationToken.None);
        IReadOnlyList<BenchmarkRow> rows = await RunAsync(there, Checkout("here", exitCode: 0), rounds: 2);
        Assert.Equal(
            ["there build", "here compare --no-build", "there compare --no-build", "here hub --no-build", "there hub --no-build",
             "there compare --no-build", "here compare --no-build", "there hub --no-build", "here hub --no-build"],
            File.ReadAllLines(_folder["calls"]));
        Assert.All(rows, static row => Assert.Equal((2, 2, null), (row.Here.Count, row.There.Count, row.Failure)));
        Assert.All(rows, static row => Assert.All(row.Here.Concat(row.There), static seconds => Assert.True(seconds > 0)));
    }

    [Fact]
    public async Task ACommandThatFailsIsGivenUpWithItsLastLineAndTheOthersGoOn()
    {
        using Opponent there = await Opponent.PrepareAsync(Checkout("there", exitCode: 0), CancellationToken.None);
        IReadOnlyList<BenchmarkRow> rows = await RunAsync(there, Checkout("here", exitCode: 3), rounds: 2);
        Assert.Equal("compare of this checkout failed: ringos: no luck", rows[0].Failure);
        Assert.False(rows[0].HasFigures);
        Assert.Equal(["there build", "here compare --no-build", "here hub --no-build"], File.ReadAllLines(_folder["calls"]));
    }

    [Fact]
    public async Task AnOpponentThatDoesNotBuildIsTold()
    {
        string folder = Checkout("there", exitCode: 1);
        await AssertRefusedAsync(folder, $"building {folder} failed: ringos: no luck");
    }

    [Fact]
    public async Task WhatIsNeitherCommitNorCheckoutIsRefused()
    {
        await AssertRefusedAsync(_folder.Root, "the folder has no launcher named ringos");
        await AssertRefusedAsync("no-such-commit", "neither a folder nor a commit of this repository");
        await AssertRefusedAsync("--help", "neither a folder nor a commit of this repository");
    }

    [Theory]
    [InlineData(null, "compare hub explain compare-all", true)]
    [InlineData("counting", "", true)]
    [InlineData("explain, hub", "hub explain", false)] // in their own order: explain explains what hub left
    public void NamesChoose(string? list, string names, bool withCounting)
    {
        (IReadOnlyList<BenchmarkedCommand> commands, bool counting) = BenchmarkedCommand.Chosen(list);
        Assert.Equal((names, withCounting), (string.Join(' ', commands.Select(static command => command.Name)), counting));
    }

    [Theory]
    [InlineData("")]
    [InlineData("hub,faults")]
    public void UnknownNamesAreRefused(string list)
        => Assert.Contains("there is compare, hub, explain, compare-all, counting",
            Assert.Throws<RingOsException>(() => BenchmarkedCommand.Chosen(list)).Message, StringComparison.Ordinal);

    [Fact]
    public void MediansAreComparedAndRatesAreOfTheMedian()
    {
        Assert.Equal(2, Benchmark.Median([9, 1, 2]));
        Assert.Equal(2, Benchmark.Median([9, 1, 2, 3]));
        Assert.Equal(0.5, new BenchmarkRow(BenchmarkedCommand.All[0], [1, 2, 9], [4, 1, 5]).Ratio);
        CountingCost cost = new(100_000, Counted: [6, 5, 50], Uncounted: [5, 4, 6], Instructions: 180_000_000);
        Assert.Equal((1.2, 30_000_000), (cost.Ratio, cost.InstructionsPerSecond));
    }

    private static async Task AssertRefusedAsync(string against, string words)
    {
        RingOsException refusal = await Assert.ThrowsAsync<RingOsException>(() => Opponent.PrepareAsync(against, CancellationToken.None));
        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    private static Task<IReadOnlyList<BenchmarkRow>> RunAsync(Opponent there, string here, int rounds)
        => new Benchmark(here, there, rounds, static _ => { }).RunAsync(BenchmarkedCommand.Chosen("compare,hub").Commands, CancellationToken.None);

    // A launcher that keeps what it was called with.
    private string Checkout(string name, int exitCode)
    {
        string folder = Directory.CreateDirectory(_folder[name]).FullName;
        string launcher = Path.Combine(folder, "ringos");
        File.WriteAllText(launcher, $"#!/bin/sh\necho \"{name} $*\" >> '{_folder["calls"]}'\necho 'ringos: no luck' >&2\nexit {exitCode}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(launcher, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return folder;
    }
}
