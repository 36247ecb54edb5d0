// Every instruction, vector and selector that could lead somewhere, from rings 1, 2 and 3: only what is meant to leads anywhere, and nothing
// of it stops the kernel. Intel SDM vol. 3, 5.8 and 6.12. The probes: Programs/SelfTestKernel/WayProbes.asm. Next: KernelFaultTests.cs
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using RingOS.Host.Machines;
using RingOS.Host.Serial;
using Serilog.Events;
using Xunit;

namespace RingOS.Tests.Boot;

public sealed class RingWayTests
{
    private const int Rings = 3;
    private const int CallVector = 0x80;
    private const int SelectorsTried = 0x80;
    private const int CallGate = 0x60;
    private const int Index = ~7;
    private const int LocalTable = 4; // there is none

    private static readonly string[] s_free = ["start", "fill", "start-again"];

    // INTO is no instruction of 64-bit mode; QEMU 10 takes it for one that finds OF clear and goes on.
    private static bool IsFree(string act) => s_free.Contains(act) || (act == "into" && Qemu.Chosen.Version.Major >= 10);

    /// <summary>Descriptors by selector: the ring of a segment.</summary>
    private static readonly Dictionary<int, int> s_code = new() { [0x08] = 0, [0x28] = 3, [0x30] = 1, [0x40] = 2 };

    private static readonly Dictionary<int, int> s_data = new() { [0x10] = 0, [0x20] = 3, [0x38] = 1, [0x48] = 2 };

    /// <summary>One probe's end.</summary>
    /// <param name="Act">Which.</param>
    /// <param name="Ring">From where.</param>
    /// <param name="Parameter">A vector or a selector.</param>
    /// <param name="Vector">Of the exception; 0 if there was none, for nothing here divides.</param>
    /// <param name="ErrorCode">Its error code.</param>
    private sealed record Probe(string Act, int Ring, int Parameter, long Vector, long ErrorCode)
    {
        public bool IsFine => Vector == 0;
    }

    // The registers of a new thread are empty, whatever the last one left in them.
    [Fact]
    public async Task InstructionsShowAndChangeNothingOfOthers()
    {
        IReadOnlyList<Probe> probes = await RunAsync("instructions");
        foreach (Probe probe in probes)
        {
            Assert.True(IsFree(probe.Act) ? probe.IsFine : Expected(probe).Contains(probe.Vector), probe.ToString());
        }
        Assert.Equal(0, probes.Count % Rings);
        Assert.Contains(probes, static probe => probe.Act == "wrfsbase");
    }

    [Fact]
    public async Task OneVectorIsOpen()
    {
        IReadOnlyList<Probe> probes = await RunAsync("vectors");
        Assert.Equal(Rings * 256, probes.Count);
        foreach (Probe probe in probes)
        {
            if (probe.Parameter == CallVector)
                Assert.True(probe.IsFine, probe.ToString());
            else // the error code names the gate; QEMU up to 7.2 counts 16 instead of 8 a gate
                Assert.True(probe.Vector == Vectors.GeneralProtection && (probe.ErrorCode == (probe.Parameter * 8) + 2 || probe.ErrorCode == (probe.Parameter * 16) + 2), probe.ToString());
        }
    }

    [Fact]
    public async Task SegmentRegistersTakeWhatTheRingMayLoad()
    {
        IReadOnlyList<Probe> probes = await RunAsync("loads");
        Assert.Equal(Rings * 5 * SelectorsTried, probes.Count);
        foreach (Probe probe in probes)
        {
            if (IsNullStack(probe))
                continue; // rings below 3 may have one; whether its ring bits must fit, QEMU and the manual do not agree
            Assert.True(probe.IsFine == MayLoad(probe), probe.ToString());
            if (!probe.IsFine)
                Assert.Equal((Vectors.GeneralProtection, probe.Parameter & ~3), (probe.Vector, probe.ErrorCode));
        }
    }

    [Fact]
    public async Task FarTransfersLeadOutwardsOrThroughTheGate()
    {
        IReadOnlyList<Probe> probes = await RunAsync("transfers");
        Assert.Equal(Rings * 4 * SelectorsTried, probes.Count);
        foreach (Probe probe in probes)
        {
            int? ring = LeadsTo(probe);
            if (ring is null)
                Assert.True(probe.Vector == Vectors.GeneralProtection || IsStoppedBySmap(probe), probe.ToString());
            else if (IsStoppedBySmap(probe))
                continue;
            else if (ring == probe.Ring || ring != 3)
                Assert.True(probe.IsFine, probe.ToString());
            else // the probe's code is not ring 3's
                Assert.Equal((Vectors.PageFault, PageFaultBits.Present | PageFaultBits.User | PageFaultBits.Fetch), (probe.Vector, probe.ErrorCode));
        }
    }

    private static long[] Expected(Probe probe) => probe.Act switch
    {
        "icebp" => [Vectors.Debug, Vectors.InvalidOpcode], // the latter in QEMU up to 7.2
        "iretd-to-virtual-8086" => [Vectors.GeneralProtection, Vectors.PageFault],
        "rdfsbase" or "wrfsbase" or "rdgsbase" or "wrgsbase" or "rdpkru" or "wrpkru" or "xgetbv" or "into" or "bound" => [Vectors.InvalidOpcode],
        "xsetbv" or "sysenter" or "sysexit" => [Vectors.GeneralProtection, Vectors.InvalidOpcode], // as the vendor is, and which reason is looked at first
        _ => [Vectors.GeneralProtection],
    };

    private static bool IsNullStack(Probe probe) => probe is { Act: "ss", Parameter: < 4 } && probe.Ring != 3;

    private static bool MayLoad(Probe probe)
    {
        int asked = probe.Parameter & 3;
        int selector = probe.Parameter & Index;
        if ((probe.Parameter & LocalTable) != 0)
            return false;
        if (probe.Act == "ss")
            return s_data.TryGetValue(selector, out int stack) && stack == probe.Ring && asked == probe.Ring;
        if (selector == 0)
            return true;
        return (s_data.TryGetValue(selector, out int ring) || s_code.TryGetValue(selector, out ring)) && ring >= Math.Max(probe.Ring, asked);
    }

    // Null if nowhere.
    private static int? LeadsTo(Probe probe)
    {
        int asked = probe.Parameter & 3;
        int selector = probe.Parameter & Index;
        if ((probe.Parameter & LocalTable) != 0)
            return null;
        bool isReturn = probe.Act is "retf" or "iretq";
        if (selector == CallGate)
            return probe.Act == "call" ? probe.Ring : null;
        if (!s_code.TryGetValue(selector, out int ring))
            return null;
        if (isReturn)
            return ring == asked && asked >= probe.Ring ? ring : null;
        return ring == probe.Ring && asked <= probe.Ring ? ring : null;
    }

    // QEMU up to 7.2 touches the stack of a far transfer in ring 3 with the kernel's rights, which SMAP refuses.
    private static bool IsStoppedBySmap(Probe probe)
        => probe is { Ring: 3, Act: "retf" or "iretq" or "call", Vector: Vectors.PageFault, ErrorCode: PageFaultBits.Present or (PageFaultBits.Present | PageFaultBits.Write) };

    private static async Task<IReadOnlyList<Probe>> RunAsync(string table)
    {
        GuestRun run = await new Guest($"selftest={table} -- hello") { Kernel = TestArchive.SelfTestKernel }.RunAsync();
        run.EndsWith(GuestEnding.Success).Prints("Hello from ring 3!").NeverPrints("KERNEL PANIC");
        return [.. run.Events.Where(static logged => logged.MessageTemplate.Text.StartsWith("probe ", StringComparison.Ordinal)).Select(Read)];
    }

    private static Probe Read(LogEvent logged)
        => new(logged.Word("Act")!, (int)logged.RequiredNumber("From"), (int)logged.RequiredNumber("Parameter"), logged.RequiredNumber("Vector"), logged.RequiredNumber("ErrorCode"));
}
