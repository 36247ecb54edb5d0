// netstat against a scripted kernel, and the names of counters. Back to: FakeMachine.cs
using System;
using System.Linq;
using System.Text;
using RingOS.Abi;
using RingOS.Netstat;
using RingOS.User;
using Xunit;

namespace RingOS.Tests.Unit.Userland;

[Collection("Program")]
public sealed class NetstatTests
{
    private readonly FakeMachine _machine = new();

    [Fact]
    public void PrintsEveryCounterUnderItsName()
    {
        Assert.Equal(0, Run(""));
        string[] lines = _machine.Lines;
        Assert.Equal(2 + (int)NicCounter.Count + (int)KernelCounter.Count, lines.Length);
        Assert.Equal("NIC", lines[0]);
        Assert.Equal("  Frames sent                               4000", lines[1]);
        Assert.Equal("  Excessive collisions                      4003", lines[1 + (int)NicCounter.ExcessiveCollisions]);
        Assert.Equal("  Transmit ring full                        4012", lines[1 + (int)NicCounter.TransmitRingFull]);
        Assert.Equal("Kernel", lines[1 + (int)NicCounter.Count]);
        Assert.StartsWith("  Address space switches   ", lines[2 + (int)NicCounter.Count + (int)KernelCounter.AddressSpaceSwitches]);
        Assert.All(lines.Where(static line => line[0] == ' '), static line => Assert.Equal(48, line.Length));
    }

    [Fact]
    public void TheLargestNumberFits()
    {
        _machine.NicCounters = _ => ulong.MaxValue;
        Assert.Equal(0, Run(""));
        Assert.Equal("  Excessive collisions      18446744073709551615", _machine.Lines[1 + (int)NicCounter.ExcessiveCollisions]);
    }

    [Fact]
    public void WithoutANicItSaysSo()
    {
        _machine.NicCounters = null;
        Assert.Equal(1, Run(""));
        Assert.Equal("netstat: no NIC: No such file or directory", Assert.Single(_machine.Lines));
    }

    [Fact]
    public void ADriverThatDoesNotAnswerIsAnError()
    {
        _machine.NicOutcome = Status.PeerGone;
        Assert.Equal(1, Run(""));
        Assert.Equal("netstat: no NIC: Service is gone", Assert.Single(_machine.Lines));
        Assert.Equal(1, _machine.Closed);
    }

    [Theory]
    [InlineData("-x", 1, "netstat: invalid option -x")]
    [InlineData("eth0", 1, "netstat: invalid option eth0")]
    [InlineData("--help", 0, "Usage: netstat: prints the counters of the NIC and of the kernel")]
    public void HasNoOptions(string words, int exitCode, string line)
    {
        Assert.Equal(exitCode, Run(words));
        Assert.Equal(line, Assert.Single(_machine.Lines));
    }

    [Fact]
    public void CountersAreCalledAsInTheirEnumerations()
    {
        Assert.Equal(
            Enum.GetNames<NicCounter>()[..^1],
            Enumerable.Range(0, (int)NicCounter.Count).Select(static counter => Encoding.ASCII.GetString(CounterNames.Of((NicCounter)counter))));
        Assert.Equal(
            Enum.GetNames<KernelCounter>()[..^1],
            Enumerable.Range(0, (int)KernelCounter.Count).Select(static counter => Encoding.ASCII.GetString(CounterNames.Of((KernelCounter)counter))));
    }

    private static int Run(string arguments) => NetstatCommand.Run(FakeMachine.CommandLine("netstat " + arguments));
}
