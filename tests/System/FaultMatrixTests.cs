// What each wall stops, observed: faults put into the driver of a machine that really runs. Expected: tools/RingOS.Host/Faults/ExpectedOutcomes.cs
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Host.Faults;
using RingOS.Host.Machines;
using RingOS.Host.Report;
using Serilog.Core;
using Xunit;

namespace RingOS.Tests.System;

/// <summary>The matrix of `ringos faults`, a row a test. The one cell that ends by the host's patience alone is left to the command.</summary>
public sealed class FaultMatrixTests(SystemFixture fixture) : IClassFixture<SystemFixture>
{
    public static TheoryData<string, string[]> Rows => new()
    {
        { "monolithic", [Fault.WildWrite, Fault.Privileged, Fault.Exit] },
        { "software", [.. Fault.All] },
        { "ring1", [.. Fault.All] },
        { "ring1-keys", [.. Fault.All] },
        { "ring3", [.. Fault.All] },
        { "ring3-queue", [.. Fault.All] },
        { "microkernel", [.. Fault.All] },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task WhatHappensIsWhatIsExpected(string placement, string[] faults)
    {
        Assert.NotNull(fixture.Archive);
        using FaultLaboratory laboratory = new(new FaultOptions { Placements = [Placement.Named(placement)], Faults = faults }, Logger.None);

        IReadOnlyList<FaultOutcome> observed = await laboratory.RunAsync(static _ => { }, CancellationToken.None);

        Assert.Equal(faults, observed.Select(static outcome => outcome.Fault));
        Assert.Empty(ExpectedOutcomes.Differences(observed));
    }
}
