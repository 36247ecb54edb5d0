// Which machines a matrix of faults starts, and that its words are those the guest reads. Subject: tools/RingOS.Host/Faults.
// Next: FaultClassifierTests.cs
using System;
using System.Linq;
using System.Text;
using RingOS.Host;
using RingOS.Host.Faults;
using RingOS.Host.Machines;
using RingOS.Host.Report;
using RingOS.Hosts.Faulty;
using RingOS.Kernel.Boot;
using Xunit;

namespace RingOS.Tests.Unit.Host;

public sealed class FaultTrialTests
{
    private const ulong Canary = 0xFFFF_FFFF_8012_3000;

    private static readonly FaultOptions s_options = new();

    public static TheoryData<string> Placements => [.. ExpectedOutcomes.Placements];

    [Theory]
    [MemberData(nameof(Placements))]
    public void TheGuestUnderstandsEveryWord(string placement)
    {
        foreach (FaultTrial trial in Fault.All.SelectMany(fault => FaultTrial.Of(Named(placement), fault)))
        {
            CommandLine line = new(Encoding.ASCII.GetBytes(trial.CommandLine(s_options, Canary, "iperf -c 10.0.2.2")));
            FaultRequest? request = FaultWords.Parse(line.Value("fault"u8));
            Assert.NotNull(request);
            Assert.NotEqual(FaultKind.None, request.Kind);
            Assert.Equal(trial.Word == Fault.WildWrite ? Canary : 0, request.Address);
            Assert.Equal((ulong)s_options.FaultyFrame, request.After);
            Assert.Equal(placement, Encoding.ASCII.GetString(line.Value("placement"u8)));
            Assert.Equal("3", Encoding.ASCII.GetString(line.Value("restarts"u8)));
            Assert.Equal("iperf", Encoding.ASCII.GetString(line.ProgramName));
        }
    }

    [Fact]
    public void ADriverInTheKernelsImageMisbehavesThere()
    {
        FaultTrial inKernel = Assert.Single(FaultTrial.Of(Named("monolithic"), Fault.Loop));
        Assert.EndsWith("RingOS.Kernel.Faulty.elf", inKernel.Kernel, StringComparison.Ordinal);
        Assert.DoesNotContain("service=", inKernel.CommandLine(s_options, Canary, "x"), StringComparison.Ordinal);
        FaultTrial inService = Assert.Single(FaultTrial.Of(Named("ring1"), Fault.Loop));
        Assert.EndsWith("RingOS.Kernel.Native.elf", inService.Kernel, StringComparison.Ordinal);
        Assert.Contains(" service=service/nic-e1000e-faulty ", inService.CommandLine(s_options, Canary, "x"), StringComparison.Ordinal);
    }

    [Fact]
    public void TheLanguagesWallIsTriedInTwoWaysAndByTheCompiler()
    {
        Placement software = Named("software");
        Assert.Equal([Fault.WildWrite, Fault.WildDma], FaultTrial.Of(software, Fault.WildWrite).Select(static trial => trial.Word));
        Assert.Empty(FaultTrial.Of(software, Fault.Privileged));
        Assert.True(FaultTrial.IsForTheCompiler(software, Fault.Privileged));
        Assert.DoesNotContain(Placements.Except(["software"]), name => FaultTrial.IsForTheCompiler(Named(name), Fault.Privileged));
    }

    // The driver that comes after the faulty one has the same fault in it, and must not get so far.
    [Fact]
    public void TheFaultIsCommittedOnce() => Assert.True(s_options.FaultyFrame > s_options.Count - s_options.FaultyFrame);

    [Fact]
    public void EveryPlacementHasAnExpectation()
        => Assert.All(Placement.All, static placement => Assert.All(Fault.All, fault => Assert.NotNull(ExpectedOutcomes.Of(placement.Name, fault))));

    [Fact]
    public void ADifferenceNamesItsCell()
    {
        FaultOutcome good = new("ring3", Fault.Loop, Outcome.Restarted, "");
        FaultOutcome bad = new("ring3", Fault.Exit, Outcome.Hang, "no end");
        FaultOutcome unknown = new("ring2", Fault.Exit, Outcome.Restarted, "");
        Assert.Equal(
            ["ring3, exit: expected restarted, observed hang (no end)", "ring2, exit: expected nothing, observed restarted ()"],
            ExpectedOutcomes.Differences([good, bad, unknown]));
    }

    [Fact]
    public void BadOptionsAreRefused()
    {
        Assert.Equal(2, Assert.Throws<RingOsException>(static () => Fault.Named("wild")).ExitCode);
        Assert.Equal(2, Assert.Throws<RingOsException>(static () => new FaultOptions { Faults = [] }.Check()).ExitCode);
        Placement[] twice = [Placement.All[0], Placement.All[0]];
        Assert.Equal(2, Assert.Throws<RingOsException>(() => new FaultOptions { Placements = twice }.Check()).ExitCode);
    }

    private static Placement Named(string name) => new(name, "");
}
