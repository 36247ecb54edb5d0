// ring1: what a driver in ring 1 cannot do, and what nothing keeps it from. To page tables rings 0 to 2 are alike. Intel SDM vol. 3, 5.5
// and 4.6. The attacks: Programs/Attacker/Attacks.asm. Next: KeysWallTests.cs
using System.Threading.Tasks;
using RingOS.Host.Machines;
using RingOS.Host.Serial;
using Xunit;

namespace RingOS.Tests.Boot;

public sealed class Ring1WallTests
{
    private const string Ring1 = "ring1";
    private const string Keys = "ring1-keys";
    private const long KernelCode = 0x08;

    /// <summary>Instructions of ring 0, and ports.</summary>
    public static TheoryData<string> PrivilegedInstructions =>
    [
        "in", "out", "cli", "sti", "hlt", "rdmsr", "wrmsr", "wrmsr-keys", "read-cr3", "write-cr3", "write-cr0", "write-cr4", "lgdt", "lidt",
        "ltr", "clts", "invlpg", "swapgs", "sysret",
    ];

    [Theory]
    [MemberData(nameof(PrivilegedInstructions))]
    public async Task PrivilegedInstructionsAndPortsAreRefused(string instruction)
    {
        (await new Attack(Ring1, instruction).RunAsync()).IsStoppedBy(Vectors.GeneralProtection, 0);
        (await new Attack(Keys, instruction).RunAsync()).IsStoppedBy(Vectors.GeneralProtection, 0);
    }

    [Theory]
    [InlineData("iretq-to-ring-0")]
    [InlineData("retf-to-ring-0")]
    public async Task ReturnsDoNotLeadInwards(string instruction)
    {
        (await new Attack(Ring1, instruction).RunAsync()).IsStoppedBy(Vectors.GeneralProtection, KernelCode);
        (await new Attack(Keys, instruction).RunAsync()).IsStoppedBy(Vectors.GeneralProtection, KernelCode);
    }

    // The error code names the gate: number * 8 + 2 in the manual, number * 16 + 2 in QEMU up to 7.2.
    [Theory]
    [InlineData("int-14", 14)]
    [InlineData("int-32", 32)]
    public async Task GatesOfExceptionsAndDevicesAreClosed(string instruction, int gate)
    {
        AttackRun run = await new Attack(Ring1, instruction).RunAsync();
        run.IsStoppedBy(Vectors.GeneralProtection, run.Run.Fault("nic").Number("ErrorCode") == (gate * 8) + 2 ? (gate * 8) + 2 : (gate * 16) + 2);
    }

    [Fact]
    public async Task ReadingTheKernelsDataIsNotStopped()
        => Assert.Equal(Target.KeptByCanary, (await new Attack(Ring1, "read", Target.Canary).RunAsync()).RequireUnharmed().IsNotStopped()[0]);

    // Nobody notices before the kernel looks, when the program has ended.
    [Fact]
    public async Task WritingTheKernelsDataIsNotStopped()
    {
        AttackRun run = await new Attack(Ring1, "write", Target.Canary).RunAsync();
        run.IsNotStopped();
        Assert.Equal(0xDEAD_BEEF_DEAD_BEEF, run.Run.Event("the canary is dead").Address("Value"));
    }

    // Its text is executable in every ring below 3; the first instruction that needs ring 0 ends it.
    [Theory]
    [InlineData(Ring1)]
    [InlineData(Keys)] // keys do not govern fetches
    public async Task RunningTheKernelsCodeIsStoppedAtItsFirstPrivilegedInstruction(string placement)
    {
        const string Routine = "write_msr"; // kernel/arch/x64/cpu.asm: some moves, then wrmsr
        const ulong MovesLength = 11;
        ulong start = TestArchive.AddressOf(Routine);
        AttackRun run = await new Attack(placement, "run", start).RunAsync();
        Assert.Equal(start + MovesLength, run.IsStoppedBy(Vectors.GeneralProtection, 0).Address("Instruction"));
    }

    [Theory]
    [InlineData(Ring1)]
    [InlineData(Keys)]
    public async Task MemoryOfTheProgramThatRunsIsKeptByAccessPrevention(string placement)
        => (await new Attack(placement, "read", Target.ProgramStartup).RunAsync()).IsStoppedByPageFault(PageFaultBits.Present); // SMAP

    // Ring 1 may set RFLAGS.AC, and that is what SMAP asks; keys do not govern pages of programs.
    [Theory]
    [InlineData(Ring1)]
    [InlineData(Keys)]
    public async Task MemoryOfTheProgramThatRunsIsOpenToWhoSetsAlignmentCheck(string placement)
        => Assert.Equal(Target.ProgramArguments, (await new Attack(placement, "read-with-ac", Target.ProgramStartup).RunAsync()).IsNotStopped()[0]);

    // By the manual #GP, because nobody has set it up; #UD on processors that have none in 64-bit mode, as QEMU's.
    [Fact]
    public async Task SysenterLeadsNowhere()
    {
        AttackRun run = await new Attack(Ring1, "sysenter").RunAsync();
        run.IsStoppedBy(run.Run.Fault("nic").Number("Vector") == Vectors.InvalidOpcode ? Vectors.InvalidOpcode : Vectors.GeneralProtection, 0);
    }

    [Fact]
    public async Task StackPointerIntoTheKernelDoesNoHarmByItself()
        => Assert.Equal(0ul, (await new Attack(Ring1, "stack-syscall", Target.Canary).RunAsync()).RequireUnharmed().IsNotStopped()[0]);
}
