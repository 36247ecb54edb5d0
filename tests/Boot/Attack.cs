// A boot whose NIC service attacks the kernel at its first large frame, and what came of it. The attacks: Programs/Attacker; the witness:
// Programs/Syscalls/AttackedNetwork.cs. Next: Ring1WallTests.cs, KeysWallTests.cs, Ring3WallTests.cs
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using RingOS.Abi;
using RingOS.Host.Boot;
using RingOS.Host.Machines;
using RingOS.Host.Serial;
using Serilog.Events;
using Xunit;

namespace RingOS.Tests.Boot;

/// <summary>One attack in one placement.</summary>
/// <param name="Placement">Where the attacker lives.</param>
/// <param name="Name">A line of Attacks.asm, or a word of Attack.cs there.</param>
/// <param name="Address">What it is about, if anything.</param>
internal sealed record Attack(string Placement, string Name, ulong Address = 0)
{
    /// <summary>More words of the kernel command line.</summary>
    public string Words { get; init; } = "";

    /// <summary>What a companion does.</summary>
    public string Act { get; init; } = "";

    public string Cpu { get; init; } = new MachineOptions().Cpu;

    public async Task<AttackRun> RunAsync()
    {
        using DatagramSink sink = new();
        string words = string.Create(CultureInfo.InvariantCulture,
            $"placement={Placement} service=service/attacker fault={Name}@{Address:x} {Words} -- syscalls attacked-network {sink.Port}");
        GuestRun run = await new Guest(words) { Act = Act, Machine = options => options with { Cpu = Cpu } }.RunAsync();
        run.NeverPrints("KERNEL PANIC").NeverPrints("FAILED");
        run.EndsWith(GuestEnding.Success).Prints("the program goes on").Prints("all checked");
        return new AttackRun(this, run, sink.Received);
    }
}

/// <summary>The attack is over and the system goes on.</summary>
/// <param name="Attack">What was done.</param>
/// <param name="Run">The machine's run.</param>
/// <param name="Delivered">Datagrams that reached the host.</param>
internal sealed record AttackRun(Attack Attack, GuestRun Run, long Delivered)
{
    /// <summary>What the witness writes, the first of them being the attacker's cue.</summary>
    private const long Written = 400;

    private static readonly Regex s_result = new("^result [0-9]+ ([0-9]+)$");

    /// <summary>The attacker's results; the first is 1 if the attack came to its end.</summary>
    private IReadOnlyList<ulong> Results
        => [.. Run.Lines.Select(static line => s_result.Match(line.Text)).Where(static match => match.Success)
            .Select(static match => ulong.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))];

    /// <summary>The attacker died of it, with this exception; nothing else did, and nothing of the kernel's has changed.</summary>
    public LogEvent IsStoppedBy(long vector, long errorCode) => IsStoppedBy(vector, errorCode, Attack.Placement == "ring3" ? 3 : 1);

    /// <summary>The same in a ring where it had gone by itself.</summary>
    public LogEvent IsStoppedBy(long vector, long errorCode, int ring)
    {
        LogEvent fault = Run.Fault("nic").Has("Vector", vector).Has("ErrorCode", errorCode).Has("Ring", ring);
        IsLost();
        return fault;
    }

    /// <summary>The attacker is gone, whatever of; the kernel's data is what it was.</summary>
    public void IsLost()
    {
        Run.Event("the NIC has lost its driver");
        RequireUnharmed();
        Assert.Equal(0, Delivered);
    }

    /// <summary>A page fault at the address the attack is about.</summary>
    public void IsStoppedByPageFault(long errorCode)
        => Assert.Equal(Attack.Address, IsStoppedBy(Vectors.PageFault, errorCode).Address("Address"));

    /// <summary>Nothing stopped it; the attacker, and everything else, went on working. What it got.</summary>
    public IReadOnlyList<ulong> IsNotStopped()
    {
        IReadOnlyList<ulong> results = Results;
        Assert.True(results.Count > 0 && results[0] == 1, $"the attack did not come to its end:\n{Run.LastLines}");
        Assert.Equal(Written, Delivered);
        return [.. results.Skip(1)];
    }

    /// <summary>The kernel's data is what it was.</summary>
    public AttackRun RequireUnharmed()
    {
        Assert.DoesNotContain(Run.Events, static logged => logged.MessageTemplate.Text.StartsWith("the canary is dead", StringComparison.Ordinal));
        return this;
    }
}

/// <summary>Exceptions. Intel SDM vol. 3, table 6-1.</summary>
internal static class Vectors
{
    public const long Debug = 1;
    public const long InvalidOpcode = 6;
    public const long GeneralProtection = 13;
    public const long PageFault = 14;
}

/// <summary>Bits of a page fault's error code. Intel SDM vol. 3, 4.7.</summary>
internal static class PageFaultBits
{
    public const long Present = 1;
    public const long Write = 2;
    public const long User = 4;
    public const long Fetch = 16;
    public const long ProtectionKey = 32;
}

/// <summary>Places in the kernel and the first program, for attacks.</summary>
internal static class Target
{
    /// <summary>Where the kernel's image shows in the direct map.</summary>
    private const ulong DirectMap = 0xFFFF_8000_0000_0000;

    public const ulong KeptByCanary = 0x5249_4E47_4F53_0A0D; // kernel/diagnostics/Canary.cs

    /// <summary>Where no address can be.</summary>
    public const ulong NonCanonical = 0x0000_8000_0000_0000;

    /// <summary>The program's start-up page (kernel/loader/ProcessLayout.cs); the driver is number 1.</summary>
    public const ulong ProgramStartup = (2 * BootProtocol.ProgramSpacing) + 0xD_0000_0000;

    /// <summary>The first word there: how many arguments the witness has.</summary>
    public const ulong ProgramArguments = 3;

    /// <summary>A routine of the witness, where it runs.</summary>
    public static ulong InProgram(string routine)
        => (2 * BootProtocol.ProgramSpacing) + ElfFile.Read(TestArchive.ElfOf("RingOS.Test.Syscalls")).Symbols.Single(symbol => symbol.Name == routine).Address;

    /// <summary>A word of the kernel's data that nobody writes.</summary>
    public static ulong Canary => TestArchive.AddressOf("kernel_canary");

    public static ulong InDirectMap(ulong imageAddress) => imageAddress - BootProtocol.KernelBase + DirectMap;
}
