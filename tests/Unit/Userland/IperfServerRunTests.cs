// Whole runs of the iperf server against a scripted kernel. Next: UdpEchoTests.cs
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CsCheck;
using RingOS.Abi;
using RingOS.Iperf;
using RingOS.User;
using Xunit;

namespace RingOS.Tests.Unit.Userland;

[Collection("Program")]
public sealed class IperfServerRunTests
{
    private const int Length = 1470;

    private readonly FakeMachine _machine = new() { Sender = new SocketAddress { Address = 0x0A000202, Port = 40000 } };
    private readonly Queue<byte[]> _script = new();

    public IperfServerRunTests() => _machine.Arrival = () => _script.Count == 0 ? null : _script.Dequeue();

    [Fact]
    public void PrintsWhatIperfsServerPrints()
    {
        _machine.TicksPerLook = 2_000_000;
        Receive(Enumerable.Range(1, 20).Append(-21));
        Assert.Equal(0, Run("-s -u"));
        Assert.Equal(
        [
            "------------------------------------------------------------",
            "Server listening on UDP port 5001",
            "------------------------------------------------------------",
            "[  1] local 10.0.2.15 port 49152 connected with 10.0.2.2 port 40000",
            "[ ID] Interval       Transfer     Bandwidth        Jitter   Lost/Total Datagrams",
            "[  1] 0.0000-0.0420 sec  30.1 KBytes  5.88 Mbits/sec   1.452 ms 0/21 (0%)",
        ], _machine.Lines);
        Assert.Equal(5001, _machine.BoundPort);
    }

    [Fact]
    public void AnswersWithTheReportOfIperf()
    {
        Receive([1, 2, 5, 3, 9, -11]); // 4, 6, 7, 8 and 10 never come, 3 comes late
        Run("-s -u -p 7000");
        byte[] answer = Assert.Single(_machine.Sent);
        Assert.Equal((0x0A000202u, 40000), (_machine.SentTo[0].Address, _machine.SentTo[0].Port));
        Assert.Equal(128, answer.Length);
        Assert.Equal(-11, Field(answer, 0));
        ServerReport report = new();
        Assert.True(report.TryParse(answer));
        Assert.Equal((5UL, 1UL, 11UL), (report.Lost, report.OutOfOrder, report.Datagrams));
        Assert.Equal(6u * Length, report.Bytes); // with the final one, as iperf counts
        Assert.Equal(unchecked((int)0x8800_0000), Field(answer, 16));
    }

    [Fact]
    public void EveryRepetitionOfTheEndGetsTheSameAnswer()
    {
        Receive([1, 2, -3, -4, 7, -5]); // a stray datagram in between changes nothing
        Run("-s -u");
        Assert.Equal([-3, -4, -5], _machine.Sent.Select(answer => Field(answer, 0)));
        Assert.Equal(_machine.Sent[0][16..], _machine.Sent[2][16..]);
        Assert.Equal(250_000_000u, _machine.Timeouts[^1]);
    }

    [Fact]
    public void TheEventCountsDataDatagrams()
    {
        Receive([1, 2, 4, 3, 6, -7]);
        Run("-s -u --json");
        JsonElement line = Event();
        Assert.StartsWith("iperf receive window: ", line.GetProperty("@mt").GetString());
        (string Name, long Value)[] expected =
        [
            ("Datagrams", 5), ("Bytes", 6 * Length), ("Lost", 1), ("OutOfOrder", 1), ("IdleTicks", 0), ("Syscalls", 0),
            ("WindowTicks", 6_000), // a look at the clock for each datagram after the first, one at the end
        ];
        foreach ((string name, long value) in expected)
            Assert.True(line.GetProperty(name).GetInt64() == value, name);
        foreach (string name in Enum.GetNames<KernelCounter>().Except([nameof(KernelCounter.Count)]))
            Assert.True(line.TryGetProperty(name, out _), name);
    }

    [Fact]
    public void StopsAtTheCountAndDoesNotAnswer()
    {
        Receive(Enumerable.Range(1, 10));
        Assert.Equal(0, Run("-s -u -n 4 --json"));
        Assert.Equal(4, Event().GetProperty("Datagrams").GetInt64());
        Assert.Equal(6, _script.Count);
        Assert.Empty(_machine.Sent);
    }

    [Fact]
    public void GivesUpAfterSilence()
    {
        Receive([1, 2, 3]);
        Assert.Equal(0, Run("-s -u -t 2"));
        Assert.Equal([2_000_000_000u], _machine.Timeouts);
        Assert.Contains(" 0/3 (0%)", _machine.Lines[^1]);

        FakeMachine silent = new();
        Assert.Equal(1, Run("-s -u -t 2"));
        Assert.Equal("read failed: Connection timed out", silent.Lines[^1]);
    }

    [Fact]
    public void OtherSendersAndOtherDatagramsAreNotHeard()
    {
        SocketAddress client = _machine.Sender;
        int step = 0;
        _machine.Arrival = () =>
        {
            _machine.Sender = step == 3 ? new SocketAddress { Address = 0x0A000202, Port = 1 } : client;
            return step++ switch
            {
                0 => Datagram(-9), // the end of a run that nobody here heard
                1 => new byte[15],
                2 => Datagram(1),
                3 => Datagram(2),
                4 => new byte[3],
                5 => Datagram(2),
                6 => Datagram(-3),
                _ => null,
            };
        };
        Run("-s -u --json");
        Assert.Equal((2, 0), (Event().GetProperty("Datagrams").GetInt64(), Event().GetProperty("Lost").GetInt64()));
    }

    // A stranger's one datagram makes nobody deaf: its sender is given up when it is silent and another one begins.
    [Fact]
    public void AClientThatFellSilentGivesWay()
    {
        SocketAddress client = _machine.Sender;
        SocketAddress stranger = new() { Address = 0x0A000203, Port = 9 };
        int step = 0;
        _machine.Arrival = () =>
        {
            _machine.Sender = step == 0 ? stranger : client;
            _machine.Now += step == 2 ? DatagramReceiver.SilenceNanoseconds : 0;
            return step++ switch
            {
                0 => Datagram(7),
                1 => Datagram(1), // too soon
                2 => Datagram(2),
                3 => Datagram(3),
                4 => Datagram(-4),
                _ => null,
            };
        };
        Assert.Equal(0, Run("-s -u --json"));
        Assert.Contains("[  1] local 10.0.2.15 port 49152 connected with 10.0.2.3 port 9", _machine.Lines);
        Assert.Contains("[  1] WARNING: this client fell silent, and another one sends: given up", _machine.Lines);
        Assert.Contains("[  1] local 10.0.2.15 port 49152 connected with 10.0.2.2 port 40000", _machine.Lines);
        Assert.Equal((2, 3 * Length), (Event().GetProperty("Datagrams").GetInt64(), Event().GetProperty("Bytes").GetInt64()));
        Assert.All(_machine.SentTo, to => Assert.Equal(client.Port, to.Port));
        Assert.Single(_machine.Sent);
    }

    [Fact]
    public void ReportsOfEarlierAnswersDoNotEndIt()
    {
        int step = 0;
        _machine.EmptyInbox = Status.HostUnreachable;
        _machine.Arrival = () => step++ switch { 0 => Datagram(1), 2 => Datagram(2), 5 => Datagram(3), _ => null };
        Assert.Equal(0, Run("-s -u -n 3 --json"));
        Assert.Equal(3, Event().GetProperty("Datagrams").GetInt64());
    }

    [Fact]
    public void SaysWhyItCannotListen()
    {
        _machine.BindOutcome = Status.AddressInUse;
        Assert.Equal(1, Run("-s -u"));
        Assert.Equal("bind failed: Address already in use", Assert.Single(_machine.Lines));
    }

    [Fact]
    public void OldClientsCountFromZero()
    {
        ReceiveCounts counts = new();
        counts.Start(Datagram(0), 0);
        Assert.True(counts.Take(Datagram(1), 1000));
        Assert.False(counts.Take(Datagram(-2), 2000));
        Assert.Equal((2UL, 0UL, 0UL), (counts.Datagrams, counts.Lost, counts.OutOfOrder));
    }

    // Whatever order distinct datagrams come in, what is missing is what is lost.
    [Fact]
    public void LostIsWhatNeverCame()
        => Gen.Int[1, 60].Array[1, 40].Sample(ids =>
        {
            int[] distinct = [.. ids.Distinct()];
            ReceiveCounts counts = new();
            counts.Start(Datagram(distinct[0]), 0);
            foreach (int id in distinct.Skip(1))
                counts.Take(Datagram(id), 0);
            counts.Take(Datagram(-61), 0);
            return counts.Datagrams == (ulong)distinct.Length && counts.Lost == 60u - (ulong)distinct.Length;
        });

    // The percentile of the histogram is at most 1/2048 below that of a sorted list.
    [Fact]
    public void PercentilesAgreeWithASortedList()
        => Gen.ULong[0, 1ul << 36].Array[1, 200].Sample(values =>
        {
            WriteLatency latency = new();
            foreach (ulong value in values)
                latency.Add(value);
            ulong[] sorted = [.. values.Order()];
            ulong exact = sorted[(values.Length * 99 + 99) / 100 - 1];
            ulong found = latency.Percentile(99);
            return found <= exact && exact - found <= exact / 2048 && latency.Maximum == sorted[^1] && latency.Minimum == sorted[0];
        });

    private static int Run(string arguments) => IperfCommand.Run(FakeMachine.CommandLine("iperf " + arguments));

    private void Receive(IEnumerable<int> ids)
    {
        foreach (int id in ids)
            _script.Enqueue(Datagram(id));
    }

    private static byte[] Datagram(int id)
    {
        byte[] datagram = new byte[Length];
        BinaryPrimitives.WriteInt32BigEndian(datagram, id);
        BinaryPrimitives.WriteInt32BigEndian(datagram.AsSpan(12), id < 0 ? -1 : 0);
        BinaryPrimitives.WriteUInt32BigEndian(datagram.AsSpan(16), DatagramHeader.WideIds);
        return datagram;
    }

    private static int Field(byte[] packet, int offset) => BinaryPrimitives.ReadInt32BigEndian(packet.AsSpan(offset));

    private JsonElement Event() => JsonDocument.Parse(_machine.Lines.Single(line => line.StartsWith('{'))).RootElement;
}
