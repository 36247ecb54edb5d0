// A short campaign of the fuzzer in every placement, by system calls and by frames. `ringos fuzz` runs long ones. The fuzzer:
// Programs/Fuzz. Next: FuzzerTests.cs
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Host.Boot;
using RingOS.Host.Fuzz;
using Xunit;

namespace RingOS.Tests.Boot;

public sealed class FuzzTests
{
    private const long Calls = 30_000;
    private const long Frames = 3_000;

    public static TheoryData<string> Placements => [.. FuzzScenario.All.Select(static scenario => scenario.Placement)];

    public static TheoryData<string> PlacementsWithNetwork
        => [.. FuzzScenario.All.Where(static scenario => scenario.HasNetwork).Select(static scenario => scenario.Placement)];

    [Theory]
    [MemberData(nameof(Placements))]
    public async Task WhateverProgramsCallNothingGivesWayAndNothingIsLost(string placement)
    {
        FuzzOptions options = new() { Calls = Calls, Seed = 2026, Scenarios = [FuzzScenario.Named(placement)] };
        FuzzResult result = await new FuzzCampaign(options, new FuzzMachine(Images.Kernel)).RunAsync(static (_, _) => { }, CancellationToken.None);
        Assert.Null(result.Failure);
        Assert.True(result.Calls >= Calls, $"only {result.Calls} calls were made");
        Assert.True(result.Answers.Count > 50, $"only {result.Answers.Count} kinds of answers were seen");
    }

    [Theory]
    [MemberData(nameof(PlacementsWithNetwork))]
    public async Task WhateverFramesComeTheGuestAnswersTheNextQuestion(string placement)
    {
        FuzzOptions options = new FuzzOptions { Calls = 0, Frames = Frames, Seed = 2026, Scenarios = [FuzzScenario.Named(placement)] }.ForFrames();
        FuzzResult result = await new FuzzCampaign(options, new FrameMachine(Images.Kernel)).RunAsync(static (_, _) => { }, CancellationToken.None);
        Assert.Null(result.Failure);
        Assert.Equal(Frames, result.Calls);
    }
}
