// Instructions to phases. Code: tools/RingOS.Trace/PhaseRules.cs, PhaseReader.cs. Next: WriteTimelineTests.cs
using System.Collections.Generic;
using System.Linq;
using RingOS.Trace;
using Xunit;
using static RingOS.Tests.Unit.Trace.SyntheticTrace;

namespace RingOS.Tests.Unit.Trace;

public class PhaseReaderTests
{
    [Theory]
    [InlineData(Main, 3, Phase.Program)]
    [InlineData(Stub, 3, Phase.Stub)]
    [InlineData(SyscallEntry, 0, Phase.Syscall)]
    [InlineData(Write, 0, Phase.Syscall)]
    [InlineData(Copy, 0, Phase.Copy)]
    [InlineData(CopyTail, 0, Phase.Copy)]
    [InlineData(Send, 0, Phase.Headers)]
    [InlineData(Transfer, 0, Phase.Message)]
    [InlineData(Switch, 0, Phase.Switch)]
    [InlineData(Driver, 1, Phase.Driver)]
    [InlineData(Interrupt43, 0, Phase.Interrupt)]
    [InlineData(DriverInterrupt, 1, Phase.Interrupt)]
    [InlineData(Mystery, 0, Phase.Other)]
    public void AMethodHasItsPhase(string method, int cpl, Phase phase)
        => Assert.Equal([phase, phase], PhasesOf(new SyntheticTrace().Run(method, 2, cpl)));

    [Fact]
    public void TheStubOfAServiceCarriesMessages()
        => Assert.Equal([Phase.Message], PhasesOf(new SyntheticTrace().Run(ServiceStub, 3, 3)).Distinct());

    [Fact]
    public void StepsThatWereInlinedAreFoundByTheirSourceLines()
        => Assert.Equal(
            [(Phase.Driver, 8), (Phase.Descriptor, 8), (Phase.Doorbell, 8), (Phase.Driver, 4), (Phase.Interrupt, 8), (Phase.Report, 8),
                (Phase.Interrupt, 2)],
            Runs(PhasesOf(new SyntheticTrace().Run(Driver, 28).Run(DriverInterrupt, 18))));

    [Fact]
    public void WithoutSourceLinesTheDriverIsOnePhase()
    {
        SyntheticTrace system = new SyntheticTrace().Run(Driver, 28);
        PhaseReader reader = new(system.Symbols, SourceLines.None);
        Assert.All(Instructions(system), instruction => Assert.Equal(Phase.Driver, reader.Read(instruction).Phase));
    }

    [Fact]
    public void AnAccessToTheDeviceCountsForWhoeverMakesIt()
        => Assert.Equal(
            [(Phase.Doorbell, 4), (Phase.Interrupt, 4)],
            Runs(PhasesOf(new SyntheticTrace().Run(Driver, 2, offset: TailOffset).Run(Store, 2).Run(DriverInterrupt, 2).Run(Load, 2))));

    [Fact]
    public void AHelperThatAnInterruptDividesStaysWithItsCaller()
        => Assert.Equal(
            [(Phase.Doorbell, 3), (Phase.Interrupt, 5), (Phase.Doorbell, 2)],
            Runs(PhasesOf(new SyntheticTrace()
                .Run(Driver, 2, offset: TailOffset).Run(Store, 1).Run(Interrupt43, 5).Run(Store, 2, offset: 1))));

    [Fact]
    public void ALinkIsAMessageBeforeTheAnswerAndCompletionAfterIt()
        => Assert.Equal(
            [(Phase.Message, 5), (Phase.Switch, 3), (Phase.Completion, 4)],
            Runs(PhasesOf(new SyntheticTrace().Run(Link, 5).Run(Switch, 3).Run(Link, 4, offset: 5))));

    [Fact]
    public void ALinkEnteredAnewBeginsWithAMessageAgain()
        => Assert.Equal(
            [(Phase.Message, 1), (Phase.Switch, 1), (Phase.Completion, 1), (Phase.Headers, 1), (Phase.Message, 2)],
            Runs(PhasesOf(new SyntheticTrace().Run(Link, 1).Run(Switch, 1).Run(Link, 1, offset: 1).Run(Send, 1).Run(Link, 2))));

    [Fact]
    public void ADriverThreadOfTheKernelIsADomainAndTakesItsHelpersAlong()
    {
        SyntheticTrace system = new SyntheticTrace().Run(Send, 2).Run(PoolAt, 1).Run(SoftwareHost, 2).Run(PoolAt, 1).Run(Switch, 1);
        PhaseReader reader = new(system.Symbols, system.Lines);
        Assert.Equal(["kernel", "kernel", "kernel", "driver", "driver", "driver", "kernel"],
            Instructions(system).Select(instruction => reader.Read(instruction).Domain));
    }

    [Fact]
    public void ARuleCanWaitForTheAbsenceOfAMethod()
    {
        SyntheticTrace system = new SyntheticTrace().Run(Send, 1).Run(Mystery, 1).Run(Send, 1);
        PhaseReader reader = new(system.Symbols, SourceLines.None, LayerMap.Default,
            [new(Phase.Copy, Method: "__Send", Without: "something"), new(Phase.Driver)]);
        Assert.Equal([Phase.Copy, Phase.Driver, Phase.Driver], Instructions(system).Select(instruction => reader.Read(instruction).Phase));
    }

    [Fact]
    public void TheFirstRuleDecides()
    {
        SyntheticTrace system = new SyntheticTrace().Run(Driver, 1).Run(Send, 1);
        PhaseReader reader = new(system.Symbols, SourceLines.None, LayerMap.Default,
            [new(Phase.Copy, Method: "__ProvideTransmit", Where: PhaseImages.Service), new(Phase.Driver, Method: "__ProvideTransmit")]);
        Assert.Equal([Phase.Copy, Phase.Other], Instructions(system).Select(instruction => reader.Read(instruction).Phase));
    }

    [Fact]
    public void NoTwoPhasesShareAName()
        => Assert.Equal(System.Enum.GetValues<Phase>().Length, System.Enum.GetValues<Phase>().Select(PhaseNames.Name).Distinct().Count());

    private static List<Phase> PhasesOf(SyntheticTrace system)
    {
        PhaseReader reader = new(system.Symbols, system.Lines);
        return [.. Instructions(system).Select(instruction => reader.Read(instruction).Phase)];
    }

    private static IEnumerable<TracedInstruction> Instructions(SyntheticTrace system)
        => Enumerable.Range(0, system.Trace.Count).Select(index => system.Trace[index]);

    private static List<(Phase, int)> Runs(List<Phase> phases)
    {
        List<(Phase Phase, int Length)> runs = [];
        foreach (Phase phase in phases)
        {
            if (runs.Count > 0 && runs[^1].Phase == phase)
                runs[^1] = (phase, runs[^1].Length + 1);
            else
                runs.Add((phase, 1));
        }
        return runs;
    }
}
