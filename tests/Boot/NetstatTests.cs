// netstat in a booted system: what was sent is counted, wherever the driver is. Program: userland/apps/netstat. Back to: Guest.cs
using System.Linq;
using System.Threading.Tasks;
using RingOS.Host.Machines;
using Xunit;

namespace RingOS.Tests.Boot;

public sealed class NetstatTests
{
    [Theory]
    [InlineData("monolithic")]
    [InlineData("ring3")]
    [InlineData("microkernel")]
    public async Task ShowsTheCountersOfDriverAndKernel(string placement)
    {
        GuestRun run = await new Guest($"placement={placement} -- netstat").RunAsync();
        run.EndsWith(GuestEnding.Success).Prints("NIC").Prints("Kernel").Prints("  Late collisions                              0");
        string[] lines = [.. run.Lines.Select(static line => line.Text)];
        Assert.Single(lines, static line => line.StartsWith("  Excessive collisions ", System.StringComparison.Ordinal));
        string syscalls = Assert.Single(lines, static line => line.StartsWith("  Syscalls ", System.StringComparison.Ordinal));
        Assert.False(syscalls.EndsWith(" 0", System.StringComparison.Ordinal), syscalls);
    }

    [Fact]
    public async Task WithoutANicItSaysSoInOneLine()
    {
        GuestRun run = await new Guest("placement=none -- netstat").RunAsync();
        run.EndsWith(GuestEnding.ProgramFailed).Prints("netstat: no NIC: No such file or directory");
    }
}
