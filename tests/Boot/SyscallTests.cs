// System calls with every kind of wrong argument. The checks themselves run in the guest: Programs/Syscalls. Next: NeighbourTests.cs
using System.Linq;
using System.Threading.Tasks;
using RingOS.Host.Machines;
using Xunit;

namespace RingOS.Tests.Boot;

public sealed class SyscallTests
{
    [Theory]
    [InlineData("pointers", 100)]
    [InlineData("handles", 250)]
    [InlineData("odd-calls", 30)]
    public async Task WrongArgumentsAreAnsweredWithErrno(string part, int leastChecks)
        => RequireAllOk(await new Guest($"-- syscalls {part}").RunAsync(), leastChecks);

    [Fact]
    public async Task LongSleepsAreExactAndNoStormOfInterrupts() => RequireAllOk(await new Guest("-- syscalls time").RunAsync(), 16);

    // Seconds since 1970 in 32 bits end in 2038 with a sign and in 2106 without; the year of a CMOS clock has two digits.
    [Theory]
    [InlineData("2038-01-19T03:14:10")]
    [InlineData("2099-12-31T23:59:50")]
    [InlineData("2106-02-07T06:28:20")]
    public async Task TheWallClockGoesOnBeyond32Bits(string moment)
    {
        Guest guest = new("-- syscalls odd-calls") { Machine = options => options with { ExtraArguments = ["-rtc", $"base={moment},clock=vm"] } };
        GuestRun run = await guest.RunAsync();
        RequireAllOk(run, 30);
        System.DateTimeOffset start = System.DateTimeOffset.Parse(moment + "Z", System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(run.Event("kernel up").Timestamp, start, start.AddSeconds(5));
    }

    [Fact]
    public async Task HandleOfAServiceAllowsCallsOnly()
        => RequireAllOk(await new Guest("peer=echo -- syscalls messages").RunAsync(), 10);

    [Theory]
    [InlineData("monolithic")]
    [InlineData("ring3")]
    [InlineData("microkernel")]
    public async Task SocketsAnswerAlikeInEveryPlacement(string placement)
    {
        using DatagramSink sink = new();
        RequireAllOk(await new Guest($"placement={placement} -- syscalls sockets {sink.Port}").RunAsync(), 200);
    }

    private static void RequireAllOk(GuestRun run, int leastChecks)
    {
        run.NeverPrints("FAILED").EndsWith(GuestEnding.Success).Prints("all checked");
        int checks = run.Lines.Count(static line => line.Text.StartsWith("ok ", System.StringComparison.Ordinal));
        Assert.True(checks >= leastChecks, $"only {checks} checks were made");
    }
}
