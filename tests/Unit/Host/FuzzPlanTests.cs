// What the fuzzer's guest is told, and how a failing plan is made small, without a machine. Subjects: tools/RingOS.Host/Fuzz
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Host;
using RingOS.Host.Fuzz;
using Xunit;

namespace RingOS.Tests.Unit.Host;

public sealed class FuzzPlanTests
{
    private static readonly FuzzPlan s_plan = new() { Scenario = FuzzScenario.Named("ring1"), Seed = ulong.MaxValue, Calls = 1000, Processes = 3 };

    [Fact]
    public void AGuestIsToldEverything()
        => Assert.Equal(
            "seed 18446744073709551615\ncalls 1000\nprocesses 3\nentries 3\nring 1\nnetwork 1\ntrace 0\nkeep 2 5 7\n",
            (s_plan with { Kept = [new CallRange(2, 5, 7)] }).Text);

    [Fact]
    public void NoCallsAtAllIsNotAllOfThem() => Assert.EndsWith("keep 0 0 0\n", (s_plan with { Kept = [] }).Text);

    [Fact]
    public void EveryProcessHasItsPlaceOnTheCommandLine()
        => Assert.Equal(
            "placement=ring1 watchdog=100 peer=fuzz peer-domain=ring1 also=fuzz,3 also=fuzz,4 -- fuzz 1", FuzzScenario.Named("ring1").CommandLine(4));

    [Theory]
    [InlineData(0, 0, 4)]
    [InlineData(-1, 5, 4)]
    [InlineData(5, -1, 4)]
    [InlineData(5, 0, 1)]
    [InlineData(5, 0, 9)]
    public void OptionsThatMakeNoSenseAreRefused(long calls, long frames, int processes)
        => Assert.Throws<RingOsException>(() => new FuzzOptions { Calls = calls, Frames = frames, Processes = processes }.Check());

    [Fact]
    public void FramesNeedANetwork()
        => Assert.Throws<RingOsException>(() => new FuzzOptions { Frames = 5, Scenarios = [FuzzScenario.Named("none")] }.Check());

    // Fails if all of these calls are made, in whatever company.
    [Theory]
    [InlineData(new[] { 2 }, new long[] { 999 })]
    [InlineData(new[] { 1, 3 }, new long[] { 17, 600 })]
    [InlineData(new[] { 1, 1, 2, 3, 3 }, new long[] { 0, 999, 500, 1, 2 })]
    public async Task AFailureIsMadeSmallDownToTheCallsItNeeds(int[] processes, long[] calls)
    {
        CallRange[] needed = [.. processes.Zip(calls, static (process, call) => new CallRange(process, call, call + 1))];
        NeedsCalls runner = new(needed);
        FuzzOutcome found = await runner.RunAsync(s_plan, CancellationToken.None);
        ShrunkFailure shrunk = await new FuzzShrinker(runner, mostRuns: 1_000).ShrinkAsync(s_plan, found, static _ => { }, CancellationToken.None);
        Assert.Equal(needed.OrderBy(static range => (range.Process, range.First)), shrunk.Smallest.Kept!.OrderBy(static range => (range.Process, range.First)));
        Assert.True(shrunk is { IsExact: true, IsMinimal: true, Runs: < 300 }, shrunk.ToString());
    }

    [Fact]
    public async Task WhoMayTakeNoMoreRunsSaysThatMoreMightGo()
    {
        NeedsCalls runner = new([new CallRange(1, 400, 401), new CallRange(2, 900, 901)]);
        FuzzOutcome found = await runner.RunAsync(s_plan, CancellationToken.None);
        ShrunkFailure shrunk = await new FuzzShrinker(runner, mostRuns: 15).ShrinkAsync(s_plan, found, static _ => { }, CancellationToken.None);
        Assert.False(shrunk.IsMinimal);
        Assert.InRange(shrunk.Runs, 1, 17);
        Assert.NotNull((await runner.RunAsync(shrunk.Smallest, CancellationToken.None)).Failure);
    }

    [Fact]
    public async Task ACampaignEndsWithItsFirstFailureAndNamesTheMachinesSeed()
    {
        FuzzOptions options = new() { Calls = 100_000, Seed = 5, CallsPerMachine = 3_000, Processes = 3 };
        NeedsCalls runner = new([new CallRange(1, 1, 2)]) { FailsFromSeed = 7 };
        FuzzResult result = await new FuzzCampaign(options, runner).RunAsync(static (_, _) => { }, CancellationToken.None);
        Assert.Equal((3, 9_000L, 7ul), (result.Machines, result.Calls, result.Failure!.Plan.Seed));
        Assert.Equal("ring1", result.Failure.Plan.Scenario.Placement);
    }

    [Fact]
    public async Task ACampaignMakesAsManyCallsAsWereAskedFor()
    {
        FuzzOptions options = new() { Calls = 10_001, CallsPerMachine = 3_000, Processes = 2 };
        FuzzResult result = await new FuzzCampaign(options, new NeedsCalls([]) { FailsFromSeed = ulong.MaxValue }).RunAsync(static (_, _) => { }, CancellationToken.None);
        Assert.Null(result.Failure);
        Assert.Equal((4, 10_002L), (result.Machines, result.Calls));
    }

    [Fact]
    public void AFrameDependsOnItsSeedAndNumberAndIsNeverEmpty()
    {
        HashSet<string> seen = [];
        for (long number = 0; number < 2_000; number++)
        {
            byte[] frame = FrameMaker.Make(9, number);
            Assert.NotEmpty(frame);
            Assert.Equal(frame, FrameMaker.Make(9, number));
            seen.Add(Convert.ToHexString(frame));
        }
        Assert.True(seen.Count > 1_900);
        Assert.NotEqual(FrameMaker.Make(9, 1), FrameMaker.Make(10, 1));
    }

    [Fact]
    public void AQuestionOfTheGuestIsAnsweredAndNothingElse()
    {
        byte[] question = Convert.FromHexString("FFFFFFFFFFFF5254001234560806" + "0001080006040001525400123456" + "0A00020F" + "000000000000" + "0A000202");
        byte[] answer = PeerFrames.AnswerTo(question)!;
        Assert.Equal("0A000202", Convert.ToHexString(answer[28..32]));
        Assert.Equal("525400123456", Convert.ToHexString(answer[..6]));
        Assert.Null(PeerFrames.AnswerTo(PeerFrames.EchoRequest(1, 2, 3)));
        Assert.Null(PeerFrames.AnswerTo([]));
    }

    // A kernel that gives way once it has seen certain calls.
    private sealed class NeedsCalls(CallRange[] needed) : IFuzzRunner
    {
        public ulong FailsFromSeed { get; init; }

        public Task<FuzzOutcome> RunAsync(FuzzPlan plan, CancellationToken cancellation)
        {
            IReadOnlyList<CallRange> kept = plan.Kept ?? plan.Everything;
            bool fails = plan.Seed >= FailsFromSeed
                && needed.All(call => kept.Any(range => range.Process == call.Process && range.First <= call.First && call.End <= range.End));
            return Task.FromResult(new FuzzOutcome { Failure = fails ? new FuzzFailure("panic", "it gave way") : null, Calls = plan.TotalCalls, Digest = 1 });
        }
    }
}
