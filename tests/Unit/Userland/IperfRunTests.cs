// Whole runs of the iperf client against a scripted kernel and server. Next: IperfFailureTests.cs
using System;
using System.Buffers.Binary;
using System.Linq;
using System.Text.Json;
using RingOS.Abi;
using RingOS.Iperf;
using RingOS.User;
using Xunit;

namespace RingOS.Tests.Unit.Userland;

[Collection("Program")]
public sealed class IperfRunTests
{
    private readonly FakeMachine _machine = new();

    [Fact]
    public void PrintsWhatIperfPrints()
    {
        FakeIperfServer server = new();
        _machine.Peer = server.Answer;
        Assert.Equal(0, Run("-c 10.0.2.2 -u -b 5m -t 1.5 -i 0.5"));
        string[] lines = _machine.Lines;
        Assert.Equal("------------------------------------------------------------", lines[0]);
        Assert.Equal("Client connecting to 10.0.2.2, UDP port 5001", lines[1]);
        Assert.Equal("Sending 1470 byte datagrams, IPG target: 2352.00 us", lines[2]);
        Assert.Equal(lines[0], lines[3]);
        Assert.Equal("[  1] local 10.0.2.15 port 49152 connected with 10.0.2.2 port 5001", lines[4]);
        Assert.Equal("[ ID] Interval       Transfer     Bandwidth", lines[5]);
        Assert.Equal("[  1] 0.0000-0.5000 sec   306 KBytes  5.01 Mbits/sec", lines[6]);
        Assert.Equal("[  1] 0.5000-1.0000 sec   306 KBytes  5.01 Mbits/sec", lines[7]);
        Assert.Equal("[  1] 1.0000-1.5000 sec   304 KBytes  4.99 Mbits/sec", lines[8]);
        Assert.Equal("[  1] 0.0000-1.5000 sec   916 KBytes  5.00 Mbits/sec", lines[9]);
        Assert.Equal("[  1] Sent 639 datagrams", lines[10]);
        Assert.Equal("[  1] Server Report:", lines[11]);
        Assert.Equal("[ ID] Interval       Transfer     Bandwidth        Jitter   Lost/Total Datagrams", lines[12]);
        Assert.Equal("[  1] 0.0000-1.5031 sec   917 KBytes  5.00 Mbits/sec   0.004 ms 0/639 (0%)", lines[13]);
        Assert.Equal(14, lines.Length);
    }

    [Fact]
    public void SendsTheAmountAndCountsIdsFromOne()
    {
        FakeIperfServer server = new();
        _machine.Peer = server.Answer;
        Assert.Equal(0, Run("-c 10.0.2.2 -u -b 0 -n 20K"));
        Assert.Equal(15, _machine.Sent.Count);
        Assert.Equal(Enumerable.Range(1, 14).Append(-15), _machine.Sent.Select(Id));
        Assert.All(_machine.Sent.Take(13), datagram => Assert.Equal(1470, datagram.Length));
        Assert.Equal(1370, _machine.Sent[13].Length);
        Assert.Equal(1470, _machine.Sent[14].Length);
        Assert.Equal(-1, BinaryPrimitives.ReadInt32BigEndian(_machine.Sent[14].AsSpan(12)));
        Assert.Empty(_machine.Sleeps.Skip(1));
    }

    [Theory]
    [InlineData(1471, 2, 16)] // one byte is left over: the datagram that carries it still names itself
    [InlineData(1470 + 16, 2, 16)]
    [InlineData(1470, 1, 1470)]
    [InlineData(1, 1, 16)]
    public void LastDatagramHoldsItsHeader(int amount, int datagrams, int lastLength)
    {
        Run("-c 10.0.2.2 -u -b 0 -n " + amount);
        byte[][] data = _machine.Sent.Where(datagram => Id(datagram) > 0).ToArray();
        Assert.Equal(datagrams, data.Length);
        Assert.Equal(lastLength, data[^1].Length);
    }

    [Fact]
    public void StampsTheWallClock()
    {
        _machine.Now = 999_000_000;
        _machine.TicksPerLook = 100_000;
        Run("-c 10.0.2.2 -u -b 0 -n 147000");
        uint[] seconds = _machine.Sent.Take(100).Select(datagram => Word(datagram, 4)).ToArray();
        uint[] microseconds = _machine.Sent.Take(100).Select(datagram => Word(datagram, 8)).ToArray();
        Assert.Equal(1_767_225_601u, seconds[99]);
        for (int i = 1; i < 100; i++)
            Assert.Equal(100u, seconds[i] * 1_000_000 + microseconds[i] - seconds[i - 1] * 1_000_000 - microseconds[i - 1]);
    }

    [Fact]
    public void SecondsMoveOnInTheMiddleOfARun()
    {
        _machine.Now = 990_000_000;
        _machine.TicksPerLook = 200_000;
        Run("-c 10.0.2.2 -u -b 0 -t 0.5");
        uint[] stamps = _machine.Sent.Where(datagram => Id(datagram) > 0).Select(MicrosecondStamp).ToArray();
        Assert.Equal(1_767_225_601u, Word(_machine.Sent[500], 4));
        for (int i = 1; i < stamps.Length; i++)
            Assert.InRange(stamps[i] - stamps[i - 1], 199u, 201u); // cut off to whole microseconds at the second's edge
    }

    [Fact]
    public void RepeatsTheFinalDatagramUntilAnswered()
    {
        FakeIperfServer server = new() { IgnoredFinals = 3 };
        _machine.Peer = server.Answer;
        Assert.Equal(0, Run("-c 10.0.2.2 -u -b 0 -n 1470"));
        Assert.Equal(new[] { 1, -2, -3, -4, -5 }, _machine.Sent.Select(Id));
        Assert.Contains("[  1] Server Report:", _machine.Lines);
    }

    [Fact]
    public void GivesUpOnASilentServer()
    {
        ulong before = _machine.Now;
        Assert.Equal(0, Run("-c 10.0.2.2 -u -b 0 -n 1470"));
        Assert.Equal("[  1] WARNING: did not receive ack of last datagram after 200 tries.", _machine.Lines[^1]);
        Assert.InRange(_machine.Now - before, 2_000_000_000u, 2_100_000_000u);
    }

    [Fact]
    public void KeepsThePaceWhenRefused()
    {
        _machine.EmptyInbox = Status.ConnectionRefused;
        ulong before = _machine.Now;
        Run("-c 10.0.2.2 -u -b 0 -n 1470");
        Assert.InRange(_machine.Now - before, 2_000_000_000u, 2_100_000_000u);
    }

    [Fact]
    public void PassesOverMalformedReports()
    {
        int finals = 0;
        _machine.Peer = datagram => Id(datagram) >= 0 ? null : ++finals switch
        {
            1 => [],
            2 => new byte[55],
            3 => new byte[128],
            4 => FakeIperfServer.Report(2, 3, 0, 0, 1, 0),
            _ => FakeIperfServer.Report(2, 0, 0, 2940, 1000, 0),
        };
        Assert.Equal(0, Run("-c 10.0.2.2 -u -b 0 -n 1470"));
        Assert.Equal(5, finals);
        Assert.EndsWith("0/2 (0%)", _machine.Lines[^1]);
    }

    [Theory]
    [InlineData(Status.WouldBlock)]
    [InlineData(Status.Interrupted)]
    [InlineData(Status.ConnectionRefused)]
    [InlineData(Status.NoBufferSpace)]
    public void UsesAnIdAgainAfterAPassingFailure(Status why)
    {
        FakeIperfServer server = new();
        _machine.Peer = server.Answer;
        _machine.WriteOutcome = write => write is 2 or 3 ? why : Status.Ok;
        Assert.Equal(0, Run("-c 10.0.2.2 -u -b 0 -n 7350 --json"));
        Assert.Equal(new[] { 1, 2, 3, 4, 5, -6 }, _machine.Sent.Select(Id));
        Assert.Contains(_machine.Lines, line => line.EndsWith("/sec  write errors: 2"));
        Assert.Equal(2, Event().GetProperty("WriteErrors").GetInt32());
    }

    [Theory]
    [InlineData(Status.IoError, "Input/output error")]
    [InlineData(Status.HostUnreachable, "No route to host")]
    public void StopsAtAFatalFailure(Status why, string words)
    {
        _machine.WriteOutcome = write => write == 2 ? why : Status.Ok;
        Assert.Equal(1, Run("-c 10.0.2.2 -u -b 0 -n 7350"));
        Assert.Equal(3, _machine.Writes);
        Assert.Contains("write failed: " + words, _machine.Lines);
        Assert.Contains("[  1] Sent 2 datagrams", _machine.Lines);
        Assert.Contains(_machine.Lines, line => line.EndsWith("write errors: 1"));
    }

    [Fact]
    public void SaysWhyItCannotConnect()
    {
        _machine.ConnectOutcome = Status.HostUnreachable;
        Assert.Equal(1, Run("-c 10.0.2.2 -u"));
        Assert.Equal("connect failed: No route to host", _machine.Lines[^1]);
        Assert.Empty(_machine.Sent);
    }

    [Fact]
    public void PacesByItsTarget()
    {
        Run("-c 10.0.2.2 -u -b 50m -t 1");
        int data = _machine.Sent.Count(datagram => Id(datagram) > 0);
        Assert.InRange(data, 4251, 4253); // 50 Mbit/s in datagrams of 1470 bytes: one every 235.2 us
        for (int i = 1; i < data; i++)
            Assert.InRange(_machine.SentAt[i] - _machine.SentAt[i - 1], 230_000u, 240_000u);
    }

    [Fact]
    public void JsonEventHoldsExactCounts()
    {
        _machine.Peer = new FakeIperfServer().Answer;
        Assert.Equal(0, Run("-c 10.0.2.2 -u -b 0 -n 14700 --json"));
        JsonElement line = Event();
        Assert.Equal("iperf window: {Datagrams} datagrams of {Bytes} bytes in {WindowTicks} ticks", line.GetProperty("@mt").GetString());
        Assert.Equal("Information", line.GetProperty("@l").GetString());
        Assert.StartsWith("2026-01-01T00:00:00.", line.GetProperty("@t").GetString());
        (string Name, long Value)[] expected =
        [
            ("Datagrams", 10), ("Bytes", 1470), ("WriteErrors", 0), ("WriteErrorsNoBuffer", 0),
            ("WriteErrorsIo", 0), ("WriteErrorsAgain", 0), ("WriteErrorsOther", 0), ("OutageTicks", 0), ("OutageDatagrams", 0), ("IdleTicks", 0), ("TicksPerSecond", 1_000_000_000),
            ("RingCrossings", 20), ("AddressSpaceSwitches", 0), ("ThreadSwitches", 0), ("Messages", 0), ("Notifications", 0),
            ("Interrupts", 10), ("CopiedBytes", 640), ("Syscalls", 10), ("ServerReceived", 11), ("ServerLost", 0), ("ServerOutOfOrder", 0),
        ];
        foreach ((string name, long value) in expected)
            Assert.True(line.GetProperty(name).GetInt64() == value, name);
        Assert.Equal(10_000, line.GetProperty("WindowTicks").GetInt64()); // a look at the clock for each datagram, one at the end
    }

    [Fact]
    public void JsonEventNamesEveryKernelCounter()
    {
        Run("-c 10.0.2.2 -u -b 0 -n 1470 --json");
        foreach (string name in Enum.GetNames<KernelCounter>().Except([nameof(KernelCounter.Count)]))
            Assert.True(Event().TryGetProperty(name, out _), name);
    }

    [Fact]
    public void JsonEventSaysNullForWhatIsNotKnown()
    {
        _machine.HasKernelDevice = false;
        Run("-c 10.0.2.2 -u -b 0 -n 1470 --json");
        Assert.Equal(JsonValueKind.Null, Event().GetProperty("Syscalls").ValueKind);
        Assert.Equal(JsonValueKind.Null, Event().GetProperty("ServerReceived").ValueKind);
    }

    [Fact]
    public void WindowStartsAfterASleepOfAMillisecond()
    {
        Run("-c 10.0.2.2 -u -b 0 -n 1470");
        Assert.Equal(1_000_000u, _machine.Sleeps[0]);
    }

    [Fact]
    public void LatencyIsThatOfEveryWrite()
    {
        _machine.Peer = new FakeIperfServer().Answer;
        _machine.WriteTicks = write => write == 3 ? 50_000u : write == 4 ? 8_000u : 700u;
        Assert.Equal(0, Run("-c 10.0.2.2 -u -b 0 -n 14700 --latency"));
        Assert.Equal((10, 1_700, 1_700, 51_000), (Number("Count"), Number("Minimum"), Number("Median"), Number("Maximum")));
        Assert.InRange(Number("P99"), 50_000, 51_000);
        Assert.Equal("1536:8,8192:1,49152:1", Event().GetProperty("Histogram").GetString());
        Assert.StartsWith("iperf latency: ", Event().GetProperty("@mt").GetString());
    }

    [Fact]
    public void WithoutLatencyNobodyLooksAtTheClockTwice()
    {
        Run("-c 10.0.2.2 -u -b 0 -n 14700 --json");
        long plain = Number("WindowTicks");
        FakeMachine other = new();
        Run("-c 10.0.2.2 -u -b 0 -n 14700 --json --latency");
        JsonElement timed = JsonDocument.Parse(other.Lines.First(line => line.Contains("iperf window"))).RootElement;
        Assert.Equal(plain + 2 * 10 * 1000, timed.GetProperty("WindowTicks").GetInt64());
    }

    private long Number(string name) => Event().GetProperty(name).GetInt64();

    private static int Run(string arguments) => IperfCommand.Run(FakeMachine.CommandLine("iperf " + arguments));

    private static int Id(byte[] datagram) => BinaryPrimitives.ReadInt32BigEndian(datagram);

    private static uint MicrosecondStamp(byte[] datagram)
        => Word(datagram, 4) % 1000 * 1_000_000 + Word(datagram, 8);

    private static uint Word(byte[] datagram, int offset) => BinaryPrimitives.ReadUInt32BigEndian(datagram.AsSpan(offset));

    // Of the window, or of latencies.
    private JsonElement Event() => JsonDocument.Parse(_machine.Lines.Single(static line => line.Contains("\"iperf window")
        || line.Contains("\"iperf latency"))).RootElement;
}
