// What each ring may do, by the same instructions in rings 1, 2 and 3. Rings 0 to 2 are one to the page tables: ring 1 reads and writes
// the kernel's data. Intel SDM vol. 3, 4.6 and 5.5. The probes: Programs/SelfTestKernel. Next: RingWayTests.cs
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using RingOS.Host.Machines;
using RingOS.Host.Serial;
using Serilog.Events;
using Xunit;

namespace RingOS.Tests.Boot;

/// <summary>One boot runs all probes.</summary>
public sealed class RingProbeRun : IAsyncLifetime
{
    public GuestRun Run { get; private set; } = null!;

    public async Task InitializeAsync()
        => Run = await new Guest("selftest=rings -- hello") { Kernel = TestArchive.SelfTestKernel }.RunAsync();

    public Task DisposeAsync() => Task.CompletedTask;
}

public sealed class RingTests(RingProbeRun probes) : IClassFixture<RingProbeRun>
{
    private const string Fine = "ok";
    private const string Refused = "general protection (#GP)";
    private const string Fault = "page fault (#PF)";
    private const int Probes = 16;

    /// <summary>The table of the lesson: act, what rings 1 and 2 get, what ring 3 gets; a page fault with its error code.</summary>
    [Theory]
    [InlineData("nothing", Fine, 0, Fine, 0)]
    [InlineData("cli", Refused, 0, Refused, 0)]
    [InlineData("hlt", Refused, 0, Refused, 0)]
    [InlineData("read-cr3", Refused, 0, Refused, 0)]
    [InlineData("write-cr3", Refused, 0, Refused, 0)]
    [InlineData("rdmsr", Refused, 0, Refused, 0)]
    [InlineData("lgdt", Refused, 0, Refused, 0)]
    [InlineData("in", Refused, 0, Refused, 0)]
    [InlineData("out", Refused, 0, Refused, 0)]
    [InlineData("read-kernel", Fine, 0, Fault, 5)] // present, user
    [InlineData("write-kernel", Fine, 0, Fault, 7)] // present, write, user
    [InlineData("write-kernel-code", Fault, 3, Fault, 7)] // W^X holds in every ring
    [InlineData("run-kernel", Fine, 0, Fault, 0x15)] // present, user, fetch
    [InlineData("int-80", Fine, 0, Fine, 0)]
    public void EachRingHasItsPrivileges(string act, string lower, long lowerError, string ring3, long ring3Error)
    {
        probes.Run.EndsWith(GuestEnding.Success);
        RequireOutcome(act, 1, lower, lowerError);
        RequireOutcome(act, 2, lower, lowerError);
        RequireOutcome(act, 3, ring3, ring3Error);
    }

    // sysret leads to ring 3: the kernel takes another way back for ring 1, and for ring 2, which nobody uses, it has none.
    [Fact]
    public void SyscallReturnsToTheRingsInUse()
    {
        RequireOutcome("syscall", 1, Fine, 0);
        RequireOutcome("syscall", 2, Fault, 0x15);
        RequireOutcome("syscall", 3, Fine, 0);
    }

    // The error code names the gate; QEMU up to 7.2 counts 16 instead of 8 a gate.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void GatesOfExceptionsAreClosedToEveryRing(int ring)
        => Assert.Contains(Probe("int-14", ring).Number("ErrorCode"), new long?[] { (14 * 8) + 2, (14 * 16) + 2 });

    [Fact]
    public void FaultsAreReportedWithTheRingTheyCameFrom()
    {
        IEnumerable<long?> rings = probes.Run.Events
            .Where(static logged => logged.MessageTemplate.Text.StartsWith("process {Name} ended by", System.StringComparison.Ordinal)
                && logged.Word("Name") == "cli")
            .Select(static logged => logged.Number("Ring"));
        Assert.Equal([1, 2, 3], rings);
    }

    [Fact]
    public void TheSystemGoesOnAfterAllProbes()
    {
        Assert.Equal(3 * Probes, probes.Run.Events.Count(IsProbe));
        probes.Run.EndsWith(GuestEnding.Success).Prints("Hello from ring 3!");
    }

    private void RequireOutcome(string act, int ring, string outcome, long errorCode)
    {
        LogEvent probe = Probe(act, ring);
        Assert.Equal((ring, outcome, errorCode), (ring, probe.Word("Outcome"), probe.Number("ErrorCode")));
    }

    private LogEvent Probe(string act, int ring)
        => Assert.Single(probes.Run.Events, logged => IsProbe(logged) && logged.Word("Act") == act && logged.Number("From") == ring);

    private static bool IsProbe(LogEvent logged) => logged.MessageTemplate.Text.StartsWith("probe ", System.StringComparison.Ordinal);
}
