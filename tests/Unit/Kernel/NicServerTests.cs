// Words and rings from another domain, answered by a driver's host. Subjects: drivers/hosts/Server/NicServer.cs, EventWriter.cs
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using CsCheck;
using RingOS.Abi;
using RingOS.Hardware;
using RingOS.Hosts.Server;
using Xunit;

namespace RingOS.Tests.Unit.Kernel;

public sealed unsafe class NicServerTests : INicDriver, IStackSignal, IDisposable
{
    private const int PacketCount = 256;

    private readonly byte* _pages = (byte*)NativeMemory.AlignedAlloc(4 * EventRing.PageSize, EventRing.PageSize);
    private readonly List<string> _asked = [];
    private readonly Queue<Status> _answers = new();
    private readonly EventRingConsumer _seen;
    private readonly RequestRingProducer _requests;
    private readonly EventWriter _events;
    private readonly NicServer _server;
    private readonly NicServer _polling;
    private int _signals;

    public NicServerTests()
    {
        NativeMemory.Clear(_pages, 4 * EventRing.PageSize);
        byte* requests = _pages + (2 * EventRing.PageSize);
        _seen = new EventRingConsumer((nint)_pages, (nint)(_pages + EventRing.PageSize));
        _requests = new RequestRingProducer((nint)requests, (nint)(requests + EventRing.PageSize));
        _events = new EventWriter(new EventRingProducer((nint)_pages), this);
        _server = new NicServer(this, _events, new RequestRingConsumer((nint)requests), polls: false);
        _polling = new NicServer(this, _events, new RequestRingConsumer((nint)requests), polls: true);
    }

    public ulong MacAddress => 0x5634_1200_5452;

    public NicCapabilities Capabilities => NicCapabilities.UdpChecksum;

    public void Dispose() => NativeMemory.AlignedFree(_pages);

    void IStackSignal.Signal() => _signals++;

    Status INicDriver.Start() => Status.Ok;

    void INicDriver.Stop()
    {
    }

    void INicDriver.FlushTransmit() => _asked.Add("flush");

    void INicDriver.OnInterrupt() => _asked.Add("look");

    public ulong ReadCounter(NicCounter counter) => 1_000 + (ulong)counter;

    public Status ProvideTransmit(PacketIndex packet, ushort length, TransmitOptions options)
    {
        _asked.Add($"transmit {packet.Value} {length} {options}");
        return _answers.TryDequeue(out Status answer) ? answer : packet.Value < PacketCount ? Status.Ok : Status.InvalidArgument;
    }

    public Status ProvideReceive(PacketIndex packet)
    {
        _asked.Add($"lend {packet.Value}");
        return _answers.TryDequeue(out Status answer) ? answer : packet.Value < PacketCount ? Status.Ok : Status.InvalidArgument;
    }

    [Fact]
    public void AFrameWithoutRoomStaysInTheRingUntilThereIsSome()
    {
        for (ushort packet = 1; packet <= 3; packet++)
            _requests.Add(RequestRing.Pack(NicOperation.Transmit, packet, 60, TransmitOptions.None));
        _requests.Publish();
        Full(Status.Ok);
        _server.OnSignals(NicSignal.Requests);
        Assert.Equal((2u, true), (_requests.Outstanding, _server.TryFallAsleep()));
        Assert.Empty(Drain());
        Full();
        _server.OnSignals(NicSignal.Interrupt);
        Assert.Equal((2u, true), (_requests.Outstanding, _server.TryFallAsleep()));
        _answers.Clear();
        _server.BeforeAnswer(NicSignal.Interrupt);
        Assert.Equal(0u, _requests.Outstanding);
        string[] sent = [.. _asked.FindAll(static asked => asked.StartsWith("transmit", StringComparison.Ordinal))];
        Assert.Equal("transmit 2 60 MoreFollows", sent[^2]);
        Assert.Equal("transmit 3 60 MoreFollows", sent[^1]);
        Assert.Equal("flush", _asked[^1]);
        Assert.Empty(Drain());
    }

    // Some frames fit, then the device has no room, not even at the second look; what is asked after these answers fits.
    private void Full(params Status[] before)
    {
        _answers.Clear();
        foreach (Status status in before)
            _answers.Enqueue(status);
        for (int look = 0; look < 4; look++)
            _answers.Enqueue(Status.NoBufferSpace);
    }

    [Fact]
    public void EveryOperationIsPassedOn()
    {
        Assert.Equal(Status.Ok, Serve(NicOperation.Transmit, 7, 60, (ulong)TransmitOptions.CompleteUdpChecksum));
        Assert.Equal(Status.Ok, Serve(NicOperation.LendReceive, 8));
        Assert.Equal(["transmit 7 60 CompleteUdpChecksum", "lend 8"], _asked);
        (ulong word1, ulong word2) = ((ulong)NicCounter.Deferred, 0ul);
        Assert.Equal(Status.Ok, _server.Serve(NicOperation.ReadCounter, ref word1, ref word2, 0));
        Assert.Equal(1_000ul + (ulong)NicCounter.Deferred, word1);
        Assert.Equal(Status.Ok, _server.Serve(NicOperation.Describe, ref word1, ref word2, 0));
        Assert.Equal((MacAddress, (ulong)NicCapabilities.UdpChecksum), (word1, word2));
    }

    [Theory]
    [InlineData(0ul)]
    [InlineData(6ul)]
    [InlineData(0xFFFF_FFFFul)]
    public void AnUnknownOperationIsRefused(ulong operation)
    {
        Assert.Equal(Status.NoSuchSyscall, Serve((NicOperation)operation, 1));
        Assert.Empty(_asked);
    }

    [Fact]
    public void AFullDriverIsLookedAtOnceMoreBeforeItRefuses()
    {
        _answers.Enqueue(Status.NoBufferSpace);
        Assert.Equal(Status.Ok, Serve(NicOperation.Transmit, 7, 60));
        Assert.Equal(["transmit 7 60 None", "flush", "look", "transmit 7 60 None"], _asked);
        _answers.Enqueue(Status.NoBufferSpace);
        _answers.Enqueue(Status.NoBufferSpace);
        Assert.Equal(Status.NoBufferSpace, Serve(NicOperation.Transmit, 7, 60));
    }

    [Fact]
    public void ARingIsServedInOrderAndTheDeviceToldOnce()
    {
        Add(NicOperation.Transmit, 1);
        Add(NicOperation.LendReceive, 2);
        Add(NicOperation.Transmit, 3);
        Assert.Equal(Status.Ok, Serve(NicOperation.Serve, 0));
        Assert.Equal(["transmit 1 60 MoreFollows", "lend 2", "transmit 3 60 MoreFollows", "flush"], _asked);
        Assert.Equal(0u, _requests.Outstanding);
        Assert.Equal(Status.Ok, Serve(NicOperation.Serve, 0));
        Assert.Equal(4, _asked.Count); // nothing to serve, nothing to tell
    }

    [Theory]
    [InlineData(NicOperation.Transmit, 300)]
    [InlineData(NicOperation.Transmit, 0xFFFF)]
    [InlineData(NicOperation.LendReceive, 256)]
    [InlineData(NicOperation.Describe, 4)]
    [InlineData((NicOperation)0, 4)]
    [InlineData((NicOperation)255, 4)]
    public void ARequestOfTheRingThatIsRefusedComesBackAsNotSent(NicOperation operation, int packet)
    {
        Add(operation, packet);
        _server.OnSignals(NicSignal.Requests);
        _events.Show();
        Assert.Equal([$"{packet} Aborted"], Drain());
        Assert.Equal(0u, _requests.Outstanding);
    }

    [Fact]
    public void NobodyFallsAsleepWhileThereAreRequests()
    {
        Assert.True(_server.TryFallAsleep());
        Assert.True(_requests.IsConsumerAsleep);
        _server.WakeUp();
        Assert.False(_requests.IsConsumerAsleep);
        Add(NicOperation.Transmit, 1);
        Assert.False(_server.TryFallAsleep());
        Assert.False(_requests.IsConsumerAsleep);
        _server.OnSignals(NicSignal.Requests);
        Assert.True(_server.TryFallAsleep());
    }

    [Fact]
    public void OnlyItsOwnInterruptOrPollingMakesItLook()
    {
        _server.OnSignals(NicSignal.Requests);
        _server.BeforeAnswer(NicSignal.None);
        Assert.Empty(_asked);
        _server.OnSignals(NicSignal.Interrupt);
        _server.BeforeAnswer(NicSignal.Interrupt);
        _polling.OnSignals(NicSignal.Requests);
        _polling.BeforeAnswer(NicSignal.None);
        Assert.Equal(["look", "look", "look", "look"], _asked);
    }

    [Fact]
    public void TheStackIsSignalledForWhatItDoesNotLookForByItself()
    {
        _server.TryFallAsleep();
        Assert.Equal(0, _signals); // no news
        _events.OnTransmitted(new PacketIndex(1), TransmitOutcome.Sent);
        _server.TryFallAsleep();
        Assert.Equal(1, _signals);
        _server.TryFallAsleep();
        Assert.Equal(1, _signals); // once
        _seen.SetQuiet(true);
        _events.OnTransmitted(new PacketIndex(2), TransmitOutcome.Sent);
        _server.TryFallAsleep();
        Assert.Equal(1, _signals); // shown, not signalled
        _events.OnReceived(new PacketIndex(3), 60);
        _server.TryFallAsleep();
        Assert.Equal(2, _signals);
        _events.OnLinkChange(isUp: true);
        _server.TryFallAsleep();
        Assert.Equal(3, _signals);
        Assert.Equal(["1 Sent", "2 Sent", "3 received", "link True"], Drain());
    }

    // Whatever a stack writes into its ring: every entry is answered by the driver or comes back, and none is served twice.
    [Fact]
    public void NoRingOfAStackMakesItDoMoreThanTheRingSays()
        => Gen.Select(Gen.ULong.Array[EventRing.Capacity], Gen.UInt[0, 300]).Array[1, 5].Sample(
            rounds =>
            {
                using NicServerTests server = new();
                server.ServeHostile(rounds);
            },
            iter: 50, threads: 1);

    private void ServeHostile((ulong[] Entries, uint Step)[] rounds)
    {
        byte* ring = _pages + (2 * EventRing.PageSize);
        uint produced = 0;
        foreach ((ulong[] entries, uint step) in rounds)
        {
            entries.CopyTo(new Span<ulong>(ring + EventRing.EntriesOffset, EventRing.Capacity));
            *(uint*)(ring + EventRing.ProducerOffset) = produced + step;
            bool isBelieved = step <= EventRing.Capacity;
            _asked.Clear();
            _server.ServeRing();
            _events.Show();
            int answered = _asked.FindAll(static what => what.StartsWith("transmit", StringComparison.Ordinal) || what.StartsWith("lend", StringComparison.Ordinal)).Count;
            Assert.InRange(answered, 0, isBelieved ? (int)step : 0);
            Assert.InRange(Drain().Count, isBelieved ? (int)step - answered : 0, isBelieved ? (int)step : 0);
            produced += isBelieved ? step : 0;
            Assert.Equal(produced, *(uint*)(ring + EventRing.PageSize));
            *(uint*)(ring + EventRing.ProducerOffset) = produced;
        }
    }

    private Status Serve(NicOperation operation, ulong word1, ulong word2 = 0, ulong word3 = 0) => _server.Serve(operation, ref word1, ref word2, word3);

    private void Add(NicOperation operation, int packet)
    {
        Assert.Equal(Status.Ok, _requests.Add(RequestRing.Pack(operation, (ushort)packet, 60, TransmitOptions.None)));
        _requests.Publish();
    }

    private List<string> Drain()
    {
        Notes notes = new();
        _seen.Drain(notes);
        return notes.Seen;
    }

    private sealed class Notes : INicEvents
    {
        public List<string> Seen { get; } = [];

        public void OnTransmitted(PacketIndex packet, TransmitOutcome outcome) => Seen.Add($"{packet.Value} {outcome}");

        public void OnReceived(PacketIndex packet, ushort length) => Seen.Add($"{packet.Value} received");

        public void OnLinkChange(bool isUp) => Seen.Add($"link {isUp}");
    }
}
