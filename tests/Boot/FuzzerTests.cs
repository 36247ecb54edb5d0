// The fuzzer must be able to fail: kernels that lose what they must give back are found out, run again to the same end, and the calls
// that it takes are few. The kernel: Programs/BookFaultKernel. Back to: FuzzTests.cs
using System.Threading;
using System.Threading.Tasks;
using RingOS.Host.Boot;
using RingOS.Host.Fuzz;
using Xunit;

namespace RingOS.Tests.Boot;

public sealed class FuzzerTests
{
    private static readonly FuzzPlan s_plan = new()
    {
        Scenario = FuzzScenario.Named("ring3"),
        Seed = 7,
        Calls = 600,
        Processes = 2,
    };

    [Theory]
    [InlineData("lost-packet", "unbalanced packets")]
    [InlineData("lost-frame", "unbalanced frames")]
    [InlineData("heap", "unbalanced heap")]
    [InlineData("panic", "panic")]
    [InlineData("nonsense", "found no-status")]
    public async Task AFaultyKernelIsFoundOut(string fault, string kind)
        => Assert.Equal(kind, (await Machine(fault).RunAsync(s_plan, CancellationToken.None)).Failure?.Kind);

    [Fact]
    public async Task TheSameKernelWithoutAFaultIsNot()
        => Assert.Null((await Machine("none").RunAsync(s_plan, CancellationToken.None)).Failure);

    [Fact]
    public async Task AFailureIsRepeatedExactlyAndMadeSmall()
    {
        const int MostCalls = 10; // five sockets are opened and closed
        FuzzMachine machine = Machine("lost-packet");
        FuzzPlan plan = s_plan with { Calls = 300 };
        FuzzOutcome found = await machine.RunAsync(plan, CancellationToken.None);
        ShrunkFailure shrunk = await new FuzzShrinker(machine, mostRuns: 150).ShrinkAsync(plan, found, static _ => { }, CancellationToken.None);
        Assert.True(shrunk.IsExact, "the second run was not the same");
        Assert.True(shrunk.IsMinimal, $"not minimal after {shrunk.Runs} runs");
        Assert.InRange(shrunk.Smallest.TotalCalls, 2, MostCalls);
        Assert.Equal(shrunk.Smallest.TotalCalls, shrunk.Calls.Count);
    }

    [Fact]
    public async Task TheSamePlanGivesTheSameRunAndAnotherSeedAnother()
    {
        FuzzMachine machine = new(Images.Kernel);
        FuzzPlan plan = s_plan with { Calls = 2_000, Processes = 4 };
        FuzzOutcome first = await machine.RunAsync(plan, CancellationToken.None);
        FuzzOutcome second = await machine.RunAsync(plan, CancellationToken.None);
        FuzzOutcome other = await machine.RunAsync(plan with { Seed = 8 }, CancellationToken.None);
        Assert.Equal((8_000, first.Digest), (second.Calls, second.Digest));
        Assert.NotEqual(first.Digest, other.Digest);
    }

    private static FuzzMachine Machine(string fault)
        => new(TestArchive.ElfOf(TestArchive.BookFaultKernel), $"kernel-fault={fault}");
}
