// Two programs side by side: memory, registers and time of one are not the other's. The programs: Programs/Neighbours. Next: RingTests.cs
using System.Globalization;
using System.Threading.Tasks;
using RingOS.Abi;
using RingOS.Host.Machines;
using RingOS.Host.Serial;
using Serilog.Events;
using Xunit;

namespace RingOS.Tests.Boot;

public sealed class NeighbourTests
{
    private const ulong Secret = (2 * BootProtocol.ProgramSpacing) + 0x1_0000_0000 + 0x8_0000; // the companion's heap, and Secret.Offset
    private const long NotMappedForPrograms = 4;

    [Fact]
    public async Task LoopingProgramIsPreempted()
    {
        GuestRun run = await new Guest("also=neighbours -- neighbours witness") { Act = "spin" }.RunAsync();
        run.EndsWith(GuestEnding.Success).Prints("spinning").Prints("the system goes on");
    }

    // It is awake again before its companion has executed an instruction.
    [Fact]
    public async Task AProgramThatYieldsJustBeforeItsQuantumEndsDoesNotStarveItsCompanion()
    {
        GuestRun run = await new Guest("also=neighbours -- neighbours work") { Act = "yield" }.RunAsync();
        run.EndsWith(GuestEnding.Success).Prints("yielding").Prints("the work is done");
    }

    [Fact]
    public async Task ProgramsDoNotSeeEachOthersMemory()
    {
        GuestRun run = await new Guest("also=neighbours -- neighbours peek") { Act = "keep-secret" }.RunAsync();
        run.EndsWith(GuestEnding.ProgramFaulted)
            .Prints(string.Create(CultureInfo.InvariantCulture, $"secret at {Secret}"))
            .Prints("mine is still mine")
            .NeverPrints("the secret");
        LogEvent fault = run.Fault("neighbours").Has("Vector", 14).Has("ErrorCode", NotMappedForPrograms).Has("Ring", 3);
        Assert.Equal(Secret, fault.Address("Address"));
    }

    [Fact]
    public async Task RegistersSurvivePreemption()
    {
        GuestRun run = await new Guest("also=neighbours -- neighbours hold-registers") { Act = "hold-registers-too" }.RunAsync();
        run.EndsWith(GuestEnding.Success).Prints("registers held").NeverPrints("the companion lost");
    }

    [Fact]
    public async Task RegistersDoNotLeakFromProgramToProgram()
    {
        GuestRun run = await new Guest("also=neighbours -- neighbours seek-registers") { Act = "hide-registers" }.RunAsync();
        run.EndsWith(GuestEnding.Success).Prints("hiding").Prints("nothing found");
    }
}
