// ping against a scripted kernel. Back to: FakeMachine.cs
using System;
using System.Text;
using System.Text.Json;
using CsCheck;
using RingOS.Abi;
using RingOS.Ping;
using RingOS.User;
using Xunit;

namespace RingOS.Tests.Unit.Userland;

[Collection("Program")]
public sealed class PingTests
{
    private readonly FakeMachine _machine = new();

    [Fact]
    public void PrintsWhatPingPrints()
    {
        _machine.Peer = Echo;
        Assert.Equal(0, Run("-c 2 10.0.2.2"));
        Assert.Equal(
        [
            "PING 10.0.2.2 (10.0.2.2) 56(84) bytes of data.",
            "64 bytes from 10.0.2.2: icmp_seq=1 time=0.001 ms",
            "64 bytes from 10.0.2.2: icmp_seq=2 time=0.001 ms",
            "--- 10.0.2.2 ping statistics ---",
            "2 packets transmitted, 2 received, 0% packet loss, time 1000ms",
            "rtt min/avg/max/mdev = 0.001/0.001/0.001/0.000 ms",
        ], _machine.Lines);
        Assert.Single(_machine.Sleeps);
    }

    [Fact]
    public void QuietLeavesTheStatisticsAndJsonCounts()
    {
        _machine.Peer = request => request[7] == 2 ? null : Echo(request);
        Assert.Equal(0, Run("-q --json -i 0 -c 3 10.0.2.2"));
        Assert.DoesNotContain("bytes from", _machine.Output);
        JsonElement window = JsonDocument.Parse(_machine.Lines[^1]).RootElement;
        Assert.Equal("ping window: {RoundTrips} round trips in {WindowTicks} ticks", window.GetProperty("@mt").GetString());
        Assert.Equal(2, window.GetProperty("RoundTrips").GetInt64());
        Assert.InRange(window.GetProperty("WindowTicks").GetInt64(), 1_000_000_000, 1_001_000_000); // the reply that never came
        Assert.Equal(3, window.GetProperty("Syscalls").GetInt64());
    }

    [Fact]
    public void RequestsAreIcmpEchoes()
    {
        Run("-c 2 -s 4 -i 0 10.0.2.2");
        Assert.Equal("080000000000000108090A0B", Convert.ToHexString(_machine.Sent[0]));
        Assert.Equal("080000000000000208090A0B", Convert.ToHexString(_machine.Sent[1]));
    }

    [Fact]
    public void FailsWithoutAnyReply()
    {
        Assert.Equal(1, Run("-c 3 -i 0.01 10.0.2.2"));
        Assert.Equal("no answer yet for icmp_seq=1", _machine.Lines[1]);
        Assert.Equal("3 packets transmitted, 0 received, 100% packet loss, time 3000ms", _machine.Lines[^1]);
    }

    [Fact]
    public void PassesOverForeignReplies()
    {
        _machine.Peer = request =>
        {
            byte[] reply = Echo(request);
            reply[7]++; // another sequence number
            return reply;
        };
        Assert.Equal(1, Run("-c 1 10.0.2.2"));
    }

    [Fact]
    public void OneReplyIsEnough()
    {
        _machine.Peer = request => request[7] == 2 ? Echo(request) : null;
        Assert.Equal(0, Run("-c 3 -i 0.001 10.0.2.2"));
        Assert.Contains("3 packets transmitted, 1 received, 66% packet loss", _machine.Output);
    }

    [Fact]
    public void SaysWhyItCannotSend()
    {
        _machine.WriteOutcome = _ => Status.NetworkDown;
        Assert.Equal(1, Run("-c 1 10.0.2.2"));
        Assert.Equal("ping: sendmsg: Network is down", _machine.Lines[1]);
    }

    [Theory]
    [InlineData("", "ping: usage: ping [-q] [-c count] [-s bytes] [-i seconds] [--json] ADDRESS")]
    [InlineData("-c 0 10.0.2.2", "ping: bad option or value: -c")]
    [InlineData("-c", "ping: bad option or value: -c")]
    [InlineData("-s 1473 10.0.2.2", "ping: bad option or value: -s")]
    [InlineData("-s 9999999999999 10.0.2.2", "ping: bad option or value: -s")]
    [InlineData("-x 1 10.0.2.2", "ping: bad option or value: -x")]
    [InlineData("-c1x 10.0.2.2", "ping: bad option or value: -c1x")]
    [InlineData("-i 0,5 10.0.2.2", "ping: bad option or value: -i")]
    [InlineData("-c 1.5 10.0.2.2", "ping: bad option or value: -c")]
    [InlineData("--count=1 10.0.2.2", "ping: bad option or value: --count=1")]
    [InlineData("10.0.2.2 10.0.2.3", "ping: not one IPv4 address, and there is no name service: 10.0.2.3")]
    [InlineData("host", "ping: not one IPv4 address, and there is no name service: host")]
    public void RefusesInOneLine(string words, string complaint)
    {
        Assert.Equal(1, Run(words));
        Assert.Equal(complaint, Assert.Single(_machine.Lines));
    }

    [Theory]
    [InlineData("-c1 -s1472 -i.5 10.0.2.2")]
    [InlineData("-c 1 -s 1472 -i 0.5 10.0.2.2")]
    public void TheLargestPingFillsAFrame(string words)
    {
        _machine.Peer = Echo;
        Assert.Equal(0, Run(words));
        Assert.Equal(PacketLayout.MaximumEchoMessage, Assert.Single(_machine.Sent).Length);
        Assert.StartsWith("1480 bytes from 10.0.2.2", _machine.Lines[1]);
    }

    [Fact]
    public void TheIntervalIsInSeconds()
    {
        _machine.Peer = Echo;
        Assert.Equal(0, Run("-c 2 -i 0.25 10.0.2.2"));
        Assert.InRange(Assert.Single(_machine.Sleeps), 249_000_000u, 250_000_000u);
    }

    [Fact]
    public void SaysWhyItCannotConnect()
    {
        _machine.ConnectOutcome = Status.NetworkUnreachable;
        Assert.Equal(1, Run("10.0.2.2"));
        Assert.Equal("ping: connect: Network is unreachable", Assert.Single(_machine.Lines));
    }

    [Fact]
    public void StatisticsAreMeanAndDeviation()
    {
        RoundTrips trips = new();
        foreach (ulong microseconds in new ulong[] { 2, 4, 4, 4, 5, 5, 7, 9 })
        {
            trips.OnSent();
            trips.OnReply(microseconds * 1_000_000);
        }
        TextBuffer text = new(100);
        trips.AppendTimes(text);
        Assert.Equal("rtt min/avg/max/mdev = 2.000/5.000/9.000/2.000 ms", Encoding.ASCII.GetString(text.Written));
    }

    [Fact]
    public void SquareRootsAreExact()
        => Gen.ULong.Sample(value =>
        {
            UInt128 root = RoundTrips.SquareRoot(value);
            return root * root <= value && (root + 1) * (root + 1) > value;
        });

    private static byte[] Echo(byte[] request)
    {
        byte[] reply = (byte[])request.Clone();
        reply[0] = 0;
        return reply;
    }

    private static int Run(string arguments) => PingCommand.Run(FakeMachine.CommandLine("ping " + arguments));
}
