// Elementary operations: read from three runs, and what their differences say. Code: tools/RingOS.Host/Compare/PrimitiveCosts.cs
using System;
using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using RingOS.Host;
using RingOS.Host.Compare;
using RingOS.Host.Machines;
using RingOS.Host.Report;
using RingOS.Host.Serial;
using Xunit;

namespace RingOS.Tests.Unit.Host;

public sealed class PrimitiveCostsTests
{
    private const string Event =
        """{"@mt":"primitives: null syscall {NullSyscall}","NullSyscall":43,"IpcRoundTrip":310,"NullCallGate":51}""";

    private static readonly PrimitiveCosts s_apart = new(35, 400) { NullInterrupt = 61 };
    private static readonly PrimitiveCosts s_within = new(35, 379) { Ring1Syscall = 37, Ring1Interrupt = 45, Ring1CallGate = 62 };
    private static readonly PrimitiveCosts s_withKeys = new(35, 478) { Ring1Syscall = 85 };

    [Fact]
    public void WhatTheProgramSaysIsReadAndTheRestStaysMissing()
    {
        PrimitiveCosts costs = PrimitiveCosts.Of(Run(Event), "test");
        Assert.Equal((43, 310, 51), (costs.NullSyscall, costs.IpcRoundTrip, costs.NullCallGate));
        Assert.Null(costs.KeySwitch);
        Assert.Null(costs.ProcessCreation);
        Assert.Equal([43, 51, 310], PrimitiveKind.All.Select(kind => kind.Cost(costs)).OfType<long>());
        Assert.Throws<RingOsException>(() => PrimitiveCosts.Of(Run("""{"@mt":"primitives: x","NullSyscall":43}"""), "test"));
        Assert.Throws<RingOsException>(() => PrimitiveCosts.Of(Run("hello"), "test"));
    }

    [Fact]
    public void TheCreationIsThatOfTheProgram()
    {
        const string Start = """{"@mt":"process {Name} starts as number {Number} at {Base}","Name":"NAME","LoadTicks":TICKS}""";
        const string End = """{"@mt":"process {Name} returned {ExitCode}","Name":"primitives","ExitCode":0}""";
        static string Line(string name, int ticks) => Start.Replace("NAME", name, StringComparison.Ordinal)
            .Replace("TICKS", $"{ticks}", StringComparison.Ordinal);
        Assert.Equal(700, PrimitiveCosts.Of(Run(Line("echo", 600), Line("primitives", 700), Event, End), "test").ProcessCreation);
        Assert.Null(PrimitiveCosts.Of(Run(Line("echo", 600), Event), "test").ProcessCreation);
    }

    [Fact]
    public void DifferencesBetweenPeersAreSwitches()
    {
        PrimitiveCosts costs = s_apart.Beside(s_within, s_withKeys);
        Assert.Equal((400, 379, 478), (costs.IpcRoundTrip, costs.IpcWithin, costs.IpcWithinKeys));
        Assert.Equal(11, costs.AddressSpaceSwitch); // 10.5
        Assert.Equal(50, costs.KeySwitch); // 49.5
        Assert.Equal((37, 45, 62, 85), (costs.Ring1Syscall, costs.Ring1Interrupt, costs.Ring1CallGate, costs.Ring1KeysSyscall));
        Assert.Equal((35, 61), (costs.NullSyscall, costs.NullInterrupt));
    }

    [Fact]
    public void ARunThatFailedLeavesHolesAndADifferenceBelowNoiseIsNone()
    {
        PrimitiveCosts withoutKeys = s_apart.Beside(s_within, null);
        Assert.Equal((11, null), (withoutKeys.AddressSpaceSwitch, withoutKeys.KeySwitch));
        PrimitiveCosts withoutRing1 = s_apart.Beside(null, s_withKeys);
        Assert.Equal((null, null), (withoutRing1.AddressSpaceSwitch, withoutRing1.KeySwitch));
        Assert.Equal(478, withoutRing1.IpcWithinKeys);
        Assert.Null(s_apart.Beside(new PrimitiveCosts(35, 401), s_withKeys).AddressSpaceSwitch);
    }

    [Fact]
    public void EveryPeerIsAskedForByItsCommandLine()
    {
        Assert.Equal("placement=none peer=echo -- primitives", PrimitivePeer.Apart.CommandLine(byClock: false));
        Assert.Equal("placement=none peer=echo peer-domain=ring1 -- primitives --wall", PrimitivePeer.Within.CommandLine(byClock: true));
        Assert.Equal("placement=none peer=echo peer-domain=ring1-keys -- primitives --entries none",
            PrimitivePeer.WithKeys.CommandLine(byClock: false));
    }

    [Fact]
    public void TheReportShowsTheArithmetic()
    {
        LadderResult result = ReportSample.Full() with
        {
            Primitives = s_apart.Beside(s_within, s_withKeys),
            TimedPrimitives = s_apart with { Ring1Syscall = 601, Ring1Interrupt = 600, Ring1CallGate = 602 },
        };
        XElement page = XElement.Parse(ReportPage.Format(result)["<!DOCTYPE html>\n".Length..]);
        Assert.Equal("(400 - 379) / 2 = 11", MeaningOf(page, "address-space switch")[0]);
        Assert.Equal("(478 - 379) / 2 = 50", MeaningOf(page, "protection-key switch")[0]);
        Assert.Equal("37", MeaningOf(page, "null call from ring 1 (syscall)")[0]);
        Assert.Contains("Of the three ways out of ring 1, syscall takes the fewest instructions (37), and int 0x80 is the quickest by the "
            + "clock of plain TCG (600 ticks):", page.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void TheReportTellsHowFarItIsFromAnInterruptToTheDriver()
    {
        XElement page = XElement.Parse(ReportPage.Format(ReportSample.Full())["<!DOCTYPE html>\n".Length..]);
        List<XElement> rows = [.. page.Descendants("tr")
            .Where(static row => row.Element("th")?.Value == "interrupt to driver (instructions)")];
        Assert.Equal(LadderOptions.Settings.Count, rows.Count);
        Assert.Equal(["301", "302", "303", "304", "305", "-", "307"], rows[0].Elements("td").Select(static cell => cell.Value));
    }

    private static List<string> MeaningOf(XElement page, string operation)
    {
        XElement table = page.Descendants("table")
            .Single(static table => table.Descendants("th").Any(static head => head.Value == "what it is"));
        XElement row = table.Descendants("tr").Single(row => row.Element("th")!.Value == operation);
        return [.. row.Elements("td").Select(static cell => cell.Value)];
    }

    private static GuestRun Run(params string[] lines) => new()
    {
        Ending = GuestEnding.Success,
        Lines = [.. lines.Select(line => new SerialLine(line, GuestEventReader.Read(line)))],
    };
}
