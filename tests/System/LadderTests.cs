// A small ladder measured for real: every part is there, or says why not. Code: tools/RingOS.Host/Compare/Ladder.cs
using System;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Host.Compare;
using RingOS.Host.Report;
using Serilog.Core;
using Xunit;

namespace RingOS.Tests.System;

/// <summary>Two placements, few datagrams.</summary>
public sealed class LadderTests(SystemFixture fixture) : IClassFixture<SystemFixture>
{
    [Fact]
    public async Task ASmallLadderIsMeasuredAndShown()
    {
        Assert.NotNull(fixture.Archive);
        LadderOptions options = new()
        {
            Comparison = new ComparisonOptions
            {
                Placements = [.. ComparisonOptions.Headline.Take(2)],
                Count = 320,
                Rounds = 1,
                WallSeconds = 1,
            },
            Sizes = [64, 1470],
            SizeCount = 320,
            LatencyCount = 320,
        };
        int steps = 0;

        Ladder ladder = new(options, new LadderSources(null, null), Logger.None, _ => steps++);

        LadderResult result = await ladder.RunAsync(CancellationToken.None);

        // The two parts this ladder has no source for, and nothing else.
        string[] expected = [LadderPart.Receive, LadderPart.Faults];
        Assert.True(result.Gaps.Select(static gap => gap.Part).SequenceEqual(expected), string.Join('\n', result.Gaps));
        Assert.All(result.Comparisons, static comparison => Assert.Equal(2, comparison.Placements.Count));
        Assert.Equal(2 * 2 * 2, result.Sizes.Count);
        Assert.Equal(3 * 2, result.Latencies.Count);
        Assert.All(result.Latencies, static strip => Assert.Equal(320, strip.Buckets.Sum(static bucket => bucket.Count)));
        Assert.Equal(steps, result.Machines.Count);
        using JsonDocument json = JsonDocument.Parse(LadderJson.Format(result));
        Assert.Equal(8, json.RootElement.GetProperty("runs").GetArrayLength());
        Assert.Contains("Not measured (faults)", ReportPage.Format(result), StringComparison.Ordinal);
    }
}
