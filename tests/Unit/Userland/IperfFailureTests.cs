// What iperf does and tells when writes fail. Back to: IperfRunTests.cs
using System;
using System.Buffers.Binary;
using System.Linq;
using System.Text;
using System.Text.Json;
using RingOS.Abi;
using RingOS.Iperf;
using RingOS.User;
using Xunit;

namespace RingOS.Tests.Unit.Userland;

[Collection("Program")]
public sealed class IperfFailureTests
{
    private readonly FakeMachine _machine = new();

    [Fact]
    public void FailuresAreCountedByReason()
    {
        _machine.Peer = new FakeIperfServer().Answer;
        _machine.WriteOutcome = write => write switch
        {
            1 or 2 or 5 => Status.NoBufferSpace,
            6 => Status.IoError,
            7 or 9 => Status.WouldBlock,
            10 => Status.HostUnreachable,
            _ => Status.Ok,
        };
        Assert.Equal(0, Run("-c 10.0.2.2 -u -b 0 -n 7350 --json --on-write-error continue"));
        Assert.Equal((7, 3, 1), (Number("WriteErrors"), Number("WriteErrorsNoBuffer"), Number("WriteErrorsIo")));
        Assert.Equal((2, 1), (Number("WriteErrorsAgain"), Number("WriteErrorsOther")));
        Assert.Equal("5:1,11:2,105:3,113:1", Event().GetProperty("WriteErrorsByErrno").GetString());
        Assert.Contains("[  1] Failed writes: 1 x EIO, 2 x EAGAIN, 3 x ENOBUFS, 1 x EHOSTUNREACH", _machine.Lines);
        Assert.Contains(_machine.Lines, static line => line.EndsWith("write errors: 7"));
        Assert.Equal(new[] { 1, 2, 3, 4, 5, -6 }, _machine.Sent.Select(Id));
    }

    [Theory]
    [InlineData(Status.NoBufferSpace)]
    [InlineData(Status.ConnectionRefused)]
    public void ARunOfWhichNoWriteSucceededIsNoSuccess(Status why)
    {
        _machine.WriteOutcome = _ => why;
        Assert.Equal(1, Run("-c 10.0.2.2 -u -b 0 -t 0.001"));
        Assert.Contains(_machine.Lines, line => line.EndsWith(" x " + Encoding.ASCII.GetString(Errno.NameOf(why))));
        Assert.Contains("[  1] Sent 1 datagrams", _machine.Lines); // the final one, as iperf counts
    }

    [Fact]
    public void TheLongestOutageIsMeasured()
    {
        _machine.WriteOutcome = write => write is 2 or 5 or 6 or 7 or 9 ? Status.NoBufferSpace : Status.Ok;
        Run("-c 10.0.2.2 -u -b 0 -n 14700 --json");
        Assert.Equal(3, Number("OutageDatagrams"));
        Assert.Equal(7 * 1000, Number("OutageTicks")); // looks at the clock: two after each of the three, one after the good one
    }

    [Fact]
    public void AnOutageThatNeverEndsCountsToTheEnd()
    {
        _machine.WriteOutcome = write => write >= 3 ? Status.NoBufferSpace : Status.Ok;
        Run("-c 10.0.2.2 -u -b 0 -t 0.001 --json");
        Assert.Equal(Number("WriteErrors"), Number("OutageDatagrams"));
        Assert.InRange(Number("OutageTicks"), 990_000, 1_010_000);
    }

    [Fact]
    public void ContinuingGivesUpAfterThirtySeconds()
    {
        _machine.TicksPerLook = 10_000_000;
        _machine.WriteOutcome = write => write >= 3 ? Status.IoError : Status.Ok;
        Assert.Equal(1, Run("-c 10.0.2.2 -u -b 0 -n 147000 --json --on-write-error continue"));
        Assert.Contains("write failed: Input/output error", _machine.Lines);
        Assert.InRange(Number("OutageTicks"), 30_000_000_000, 30_100_000_000);
    }

    [Fact]
    public void AnInputOutputErrorStopsUnlessItIsToBeSurvived()
    {
        _machine.WriteOutcome = static write => write == 3 ? Status.IoError : Status.Ok;
        Assert.Equal(1, Run("-c 10.0.2.2 -u -b 0 -n 14700 --on-write-error stop"));
        Assert.Equal(3, _machine.Sent.Count);
        Assert.Contains("[  1] Failed writes: 1 x EIO", _machine.Lines);
        FakeMachine other = new() { WriteOutcome = _machine.WriteOutcome, Peer = new FakeIperfServer().Answer };
        Assert.Equal(0, Run("-c 10.0.2.2 -u -b 0 -n 14700 --on-write-error continue"));
        Assert.Equal(Enumerable.Range(1, 10).Append(-11), other.Sent.Select(Id));
    }

    [Theory]
    [InlineData("", QueuePolicy.Fail)]
    [InlineData("--full-queue fail", QueuePolicy.Fail)]
    [InlineData("--full-queue block", QueuePolicy.Block)]
    [InlineData("--full-queue again", QueuePolicy.Again)]
    public void TheSocketIsToldWhatAFullQueueMeans(string words, QueuePolicy policy)
    {
        Assert.Equal(0, Run("-c 10.0.2.2 -u -b 0 -n 1470 " + words));
        Assert.Equal(policy, _machine.QueuePolicy);
    }

    [Fact]
    public void AKernelWithoutPoliciesIsAnError()
    {
        _machine.PolicyOutcome = Status.UnsupportedRequest;
        Assert.Equal(1, Run("-c 10.0.2.2 -u -b 0 -n 1470"));
        Assert.StartsWith("ioctl failed: ", _machine.Lines[^1]);
        Assert.Empty(_machine.Sent);
    }

    [Fact]
    public void EveryFailedWriteHasItsEvent()
    {
        _machine.Peer = new FakeIperfServer().Answer;
        _machine.WriteOutcome = static write => write is 2 or 3 ? Status.NoBufferSpace : write == 6 ? Status.IoError : Status.Ok;
        _machine.WriteTicks = static write => write == 6 ? 50_000u : 0;
        Assert.Equal(0, Run("-c 10.0.2.2 -u -b 0 -n 14700 --json --on-write-error continue"));
        JsonElement[] events = Failures();
        Assert.Equal([3, 4, 7], events.Select(static one => one.GetProperty("Write").GetInt32()));
        Assert.Equal([3, 3, 5], events.Select(static one => one.GetProperty("Datagram").GetInt32()));
        Assert.Equal([105, 105, 5], events.Select(static one => one.GetProperty("Errno").GetInt32()));
        long[] began = [.. events.Select(static one => one.GetProperty("BeganNanoseconds").GetInt64())];
        long[] ended = [.. events.Select(static one => one.GetProperty("Nanoseconds").GetInt64())];
        Assert.Equal([2_000, 4_000, 8_000], began); // a look at the clock for each write, and one more for each failure
        Assert.Equal([3_000, 5_000, 59_000], ended);
        Assert.Equal("iperf write {Write} of datagram {Datagram} failed with errno {Errno} after {Nanoseconds} ns", events[0].GetProperty("@mt").GetString());
    }

    [Fact]
    public void OnlyTheFirstThousandFailedWritesHaveEvents()
    {
        _machine.WriteOutcome = static write => write < 1_500 ? Status.NoBufferSpace : Status.Ok;
        Assert.Equal(0, Run("-c 10.0.2.2 -u -b 0 -n 1470 --json"));
        Assert.Equal(Enumerable.Range(1, 1_000), Failures().Select(static one => one.GetProperty("Write").GetInt32()));
        Assert.Equal(1_500, Number("WriteErrors"));
    }

    [Fact]
    public void WithoutJsonThereAreNoEvents()
    {
        _machine.WriteOutcome = static write => write == 1 ? Status.NoBufferSpace : Status.Ok;
        Run("-c 10.0.2.2 -u -b 0 -n 14700");
        Assert.DoesNotContain(_machine.Lines, static line => line.StartsWith('{'));
    }

    [Fact]
    public void TheNicsCountersAreReadAfterTheRun()
    {
        _machine.Peer = new FakeIperfServer().Answer;
        _machine.NicCounters = counter => counter == NicCounter.FramesSent ? (ulong)_machine.Sent.Count : (ulong)counter;
        Run("-c 10.0.2.2 -u -b 0 -n 14700 --json");
        JsonElement nic = JsonDocument.Parse(_machine.Lines.Single(static line => line.Contains("\"iperf NIC"))).RootElement;
        Assert.Equal(11, nic.GetProperty(nameof(NicCounter.FramesSent)).GetInt64());
        foreach (NicCounter counter in Enum.GetValues<NicCounter>().Where(static counter => counter is not (NicCounter.FramesSent or NicCounter.Count)))
            Assert.Equal((long)counter, nic.GetProperty(counter.ToString()).GetInt64());
    }

    [Fact]
    public void WithoutANicDeviceThereIsNoSuchEvent()
    {
        _machine.NicCounters = null;
        Run("-c 10.0.2.2 -u -b 0 -n 1470 --json");
        Assert.DoesNotContain(_machine.Lines, static line => line.Contains("iperf NIC"));
    }

    // Where time stands still while a program computes, a loop that tries again at once would never end.
    [Theory]
    [InlineData(Status.NoBufferSpace)]
    [InlineData(Status.WouldBlock)]
    public void InSimulatedTimeItSleepsBeforeItTriesAgain(Status why)
    {
        _machine.IsSimulated = true;
        ulong room = _machine.Now + 10_000_000;
        _machine.WriteOutcome = _ => _machine.Now < room ? why : Status.Ok;
        Assert.Equal(0, Run("-c 10.0.2.2 -u -b 0 -n 14700"));
        Assert.InRange(_machine.Sleeps.Count(static sleep => sleep == Pacer.ShortestSleepNanoseconds), 89, 91);
    }

    [Fact]
    public void InSimulatedTimeARunThatNeverSucceedsEndsAtItsTime()
    {
        _machine.IsSimulated = true;
        _machine.WriteOutcome = static _ => Status.NoBufferSpace;
        Assert.Equal(1, Run("-c 10.0.2.2 -u -b 0 -t 0.1 --json"));
        Assert.InRange(Number("WriteErrors"), 1_000, 1_001);
    }

    [Fact]
    public void InRealTimeItTriesAgainAtOnce()
    {
        _machine.WriteOutcome = static write => write < 5 ? Status.NoBufferSpace : Status.Ok;
        Run("-c 10.0.2.2 -u -b 0 -n 14700");
        Assert.DoesNotContain(Pacer.ShortestSleepNanoseconds, _machine.Sleeps);
    }

    [Fact]
    public void SimulatedTimeIsNotTakenForInstructions()
    {
        _machine.IsSimulated = true;
        Run("-c 10.0.2.2 -u -b 50m -n 14700 --json");
        Assert.Equal(JsonValueKind.Null, Event().GetProperty("IdleTicks").ValueKind);
    }

    private long Number(string name) => Event().GetProperty(name).GetInt64();

    private JsonElement Event() => JsonDocument.Parse(_machine.Lines.Single(static line => line.Contains("\"iperf window"))).RootElement;

    private JsonElement[] Failures()
        => [.. _machine.Lines.Where(static line => line.Contains("\"iperf write")).Select(static line => JsonDocument.Parse(line).RootElement)];

    private static int Run(string arguments) => IperfCommand.Run(FakeMachine.CommandLine("iperf " + arguments));

    private static int Id(byte[] datagram) => BinaryPrimitives.ReadInt32BigEndian(datagram);
}
