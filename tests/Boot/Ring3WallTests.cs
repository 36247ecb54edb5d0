// ring3: a driver in an address space of its own. The attacks: Programs/Attacker/Attacks.asm. Next: WaysInTests.cs
using System.Threading.Tasks;
using RingOS.Host.Serial;
using Xunit;

namespace RingOS.Tests.Boot;

public sealed class Ring3WallTests
{
    private const string Ring3 = "ring3";
    private const long Denied = PageFaultBits.Present | PageFaultBits.User;

    [Theory]
    [MemberData(nameof(Ring1WallTests.PrivilegedInstructions), MemberType = typeof(Ring1WallTests))]
    public async Task PrivilegedInstructionsAndPortsAreRefused(string instruction)
        => (await new Attack(Ring3, instruction).RunAsync()).IsStoppedBy(Vectors.GeneralProtection, 0);

    [Fact]
    public async Task TheKernelIsOutOfReach()
    {
        (await new Attack(Ring3, "read", Target.Canary).RunAsync()).IsStoppedByPageFault(Denied);
        (await new Attack(Ring3, "write", Target.Canary).RunAsync()).IsStoppedByPageFault(Denied | PageFaultBits.Write);
        (await new Attack(Ring3, "run", TestArchive.AddressOf("write_msr")).RunAsync()).IsStoppedByPageFault(Denied | PageFaultBits.Fetch);
    }

    [Fact]
    public async Task TheDirectMapIsOutOfReach()
    {
        ulong alias = Target.InDirectMap(Target.Canary);
        (await new Attack(Ring3, "read", alias).RunAsync()).IsStoppedByPageFault(Denied);
        (await new Attack(Ring3, "write", alias).RunAsync()).IsStoppedByPageFault(Denied | PageFaultBits.Write);
    }

    // Not even mapped: another address space is loaded.
    [Fact]
    public async Task MemoryOfTheProgramIsNotThere()
        => (await new Attack(Ring3, "read-with-ac", Target.ProgramStartup).RunAsync()).IsStoppedByPageFault(PageFaultBits.User);

    [Fact]
    public async Task PushingIntoTheKernelIsStopped()
    {
        AttackRun run = await new Attack(Ring3, "stack-push", Target.Canary + sizeof(ulong)).RunAsync();
        Assert.Equal(Target.Canary, run.IsStoppedBy(Vectors.PageFault, Denied | PageFaultBits.Write).Address("Address"));
    }

    [Theory]
    [InlineData("stack-syscall")]
    [InlineData("stack-interrupt")]
    public async Task BadStackPointersDoNoHarm(string attack)
    {
        AttackRun run = await new Attack(Ring3, attack, Target.NonCanonical) { Words = "also=neighbours", Act = "storm" }.RunAsync();
        Assert.Equal(0ul, run.RequireUnharmed().IsNotStopped()[0]);
    }
}
