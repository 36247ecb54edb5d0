// How the program ends is how the machine ends. Numbers: lib/Abi/BootProtocol.cs. Next: SyscallTests.cs
using System.Threading.Tasks;
using RingOS.Host.Machines;
using RingOS.Host.Serial;
using Xunit;

namespace RingOS.Tests.Boot;

public sealed class ProgramEndTests
{
    [Theory]
    [InlineData(0, GuestEnding.Success, 0)]
    [InlineData(1, GuestEnding.ProgramFailed, 1)]
    [InlineData(30, GuestEnding.ProgramFailed, 30)]
    [InlineData(31, GuestEnding.ProgramFailed, 31)]
    [InlineData(32, GuestEnding.ProgramFailed, 31)]
    [InlineData(256, GuestEnding.ProgramFailed, 31)]
    [InlineData(-1, GuestEnding.ProgramFailed, 31)]
    public async Task ExitCodesComeThrough(int code, GuestEnding ending, int programCode)
    {
        GuestRun run = await new Guest($"-- misbehave exit {code}").RunAsync();
        run.EndsWith(ending).Event("process {Name} returned").Has("ExitCode", (uint)code);
        Assert.Equal(programCode, run.ProgramCode);
    }

    [Fact]
    public async Task FaultOfTheProgramEndsTheMachine()
    {
        GuestRun run = await new Guest("-- misbehave divide").RunAsync();
        run.EndsWith(GuestEnding.ProgramFaulted).Fault("misbehave").Has("Vector", 0);
    }

    [Fact]
    public async Task EndOfACompanionDoesNot()
    {
        GuestRun run = await new Guest("also=misbehave -- neighbours witness") { Act = "no such act" }.RunAsync();
        run.EndsWith(GuestEnding.Success).Prints("no such act").Prints("the system goes on");
    }

    [Fact]
    public async Task ArgumentsArriveAsTheyWereGiven()
    {
        GuestRun run = await new Guest("-- hello one  two=2 -- three").RunAsync();
        run.EndsWith(GuestEnding.Success)
            .Prints("argument 0: hello")
            .Prints("argument 1: one")
            .Prints("argument 2: two=2")
            .Prints("argument 3: --")
            .Prints("argument 4: three");
    }
}
