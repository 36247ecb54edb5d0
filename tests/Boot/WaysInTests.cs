// syscall, int 0x80 and a call gate lead to the same kernel: the same answers, whatever flags the caller brings, and however many
// interrupts come meanwhile. Intel SDM vol. 3, 5.8 and 6.12. Kernel side: arch/x64/gates.asm. Next: SoftwareWallTests.cs
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using RingOS.Abi;
using RingOS.Host.Serial;
using Serilog.Events;
using Xunit;

namespace RingOS.Tests.Boot;

public sealed class WaysInTests
{
    private const string Line = "written through a way in";
    private const ulong Trap = 1 << 8;
    private const ulong Direction = 1 << 10;
    private const ulong NestedTask = 1 << 14;
    private const ulong AlignmentCheck = 1 << 18;
    private const int Ways = 3;
    private const int Requests = 4;

    [Theory]
    [InlineData("ring3", 0)]
    [InlineData("ring3", Direction)]
    [InlineData("ring3", NestedTask)]
    [InlineData("ring3", AlignmentCheck)]
    [InlineData("ring3", Direction | NestedTask | AlignmentCheck)]
    [InlineData("ring1", 0)]
    [InlineData("ring1", Direction)]
    [InlineData("ring1", NestedTask)]
    [InlineData("ring1", AlignmentCheck)]
    [InlineData("ring1", Direction | NestedTask | AlignmentCheck)]
    public async Task AnswersAreTheSame(string placement, ulong flags)
    {
        AttackRun run = await new Attack(placement, "ways-in", flags).RunAsync();
        IReadOnlyList<ulong> answers = run.RequireUnharmed().IsNotStopped();
        long[] expected = [0, Line.Length + 1, -(long)Status.NoSuchSyscall, -(long)Status.NoSuchSyscall];
        for (int way = 0; way < Ways; way++)
            Assert.Equal(expected, answers.Skip(way * Requests).Take(Requests).Select(static answer => unchecked((long)answer)));
        Assert.Equal(Ways, run.Run.Lines.Count(static line => line.Text == Line));
    }

    // A program that steps itself into the kernel gets its own trap, or goes on: never does the kernel stop.
    [Theory]
    [InlineData("ring1")]
    [InlineData("ring3")]
    public async Task SteppingThroughAWayInIsTheCallersOwnAffair(string placement)
    {
        AttackRun run = await new Attack(placement, "ways-in", Trap).RunAsync();
        LogEvent fault = run.IsStoppedBy(Vectors.Debug, 0);
        Assert.NotEqual(0ul, fault.Address("Instruction"));
    }

    // The gate takes the flag off, so this one goes on.
    [Theory]
    [InlineData("ring1")]
    [InlineData("ring3")]
    public async Task SteppingThroughACallGateEndsAtTheGate(string placement)
        => Assert.Equal(0ul, (await new Attack(placement, "step-through-gate").RunAsync()).RequireUnharmed().IsNotStopped()[0]);

    [Theory]
    [InlineData("ring1", 0)]
    [InlineData("ring1", 1)]
    [InlineData("ring1", 2)]
    [InlineData("ring3", 0)]
    [InlineData("ring3", 1)]
    [InlineData("ring3", 2)]
    [InlineData("ring1-keys", 0)]
    public async Task InterruptsMayComeAnywhereInIt(string placement, ulong way)
    {
        Attack attack = new(placement, "ways-in-often", way) { Words = "also=neighbours", Act = "storm" };
        Assert.Equal(0ul, (await attack.RunAsync()).RequireUnharmed().IsNotStopped()[0]);
    }
}
