// Loops in a timeline. Code: tools/RingOS.Trace/TimelineFold.cs. Next: SourceLineTests.cs
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using RingOS.Trace;
using Xunit;

namespace RingOS.Tests.Unit.Trace;

public class TimelineFoldTests
{
    [Fact]
    public void RoundsAfterTheFirstAreOneRow()
    {
        IReadOnlyList<TimelineRow> rows = TimelineFold.Rows(Steps("m" + string.Concat(Enumerable.Repeat("dea", 5)) + "de" + "s"));
        Assert.Equal([(0, 0), (1, 0), (2, 0), (3, 0), (4, 4), (16, 0), (17, 0), (18, 0)], rows.Select(row => (row.Stamp / 10, row.Repeats)));
        Assert.Equal(12 * 10, rows[4].Length);
        Assert.Equal([Phase.Driver, Phase.Descriptor, Phase.Meanwhile], rows[4].Pattern.Select(step => step.Phase));
    }

    [Fact]
    public void AFewRoundsAreShown()
        => Assert.All(TimelineFold.Rows(Steps("dededesm")), row => Assert.Equal(0, row.Repeats));

    [Fact]
    public void NothingIsLostByFolding()
        => Gen.String[Gen.Char["des"], 0, 60].Sample(text =>
        {
            IReadOnlyList<TimelineStep> steps = Steps(text);
            Assert.Equal(steps, TimelineFold.Rows(steps).SelectMany(row => row.Steps));
        });

    private static IReadOnlyList<TimelineStep> Steps(string letters)
        => [.. letters.Select((letter, index) => new TimelineStep(index * 10, 10, new Lane(0, "kernel"), PhaseOf(letter), []))];

    private static Phase PhaseOf(char letter) => letter switch
    {
        'd' => Phase.Driver,
        'e' => Phase.Descriptor,
        's' => Phase.Switch,
        'm' => Phase.Message,
        _ => Phase.Meanwhile,
    };
}
