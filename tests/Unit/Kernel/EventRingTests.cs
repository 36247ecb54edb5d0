// Both ends of the event ring, honest and hostile. Subjects: lib/Hardware/EventRingProducer.cs, EventRingConsumer.cs
using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using CsCheck;
using RingOS.Abi;
using RingOS.Hardware;
using Xunit;

namespace RingOS.Tests.Unit.Kernel;

public sealed unsafe class EventRingTests : IDisposable
{
    private readonly byte* _pages = (byte*)NativeMemory.AlignedAlloc(3 * EventRing.PageSize, EventRing.PageSize);
    private readonly Events _events = new();
    private EventRingProducer _producer;
    private EventRingConsumer _consumer;

    public EventRingTests() => Reset();

    private uint* ProducerIndex => (uint*)_pages;

    private uint* ConsumerIndex => (uint*)(_pages + EventRing.PageSize);

    public void Dispose() => NativeMemory.AlignedFree(_pages);

    [Fact]
    public void EventsArriveInOrderWithAllTheySay()
    {
        Add(EventRing.Pack(NicEventKind.Transmitted, 0xFFFE, 0, TransmitOutcome.LateCollision));
        Add(EventRing.Pack(NicEventKind.Received, 7, 1514, 0));
        Add(EventRing.Pack(NicEventKind.LinkChange, 0, 1, 0));
        Add(EventRing.Pack(NicEventKind.LinkChange, 0, 0, 0));
        _consumer.Drain(_events);
        Assert.Equal(["transmitted 65534 LateCollision", "received 7 1514", "link True", "link False"], _events.Seen);
        _consumer.Drain(_events);
        Assert.Equal(4, _events.Seen.Count);
        Assert.Equal(4u, *ConsumerIndex);
    }

    [Fact]
    public void WhatIsNotPublishedIsNotSeen()
    {
        _producer.Add(Received(1));
        _producer.Add(Received(2));
        _consumer.Drain(_events);
        Assert.Empty(_events.Seen);
        _producer.Publish();
        _consumer.Drain(_events);
        Assert.Equal(["received 1 60", "received 2 60"], _events.Seen);
    }

    [Theory]
    [InlineData(1u)]
    [InlineData(0x8000_0000u)]
    public void AnyWordButZeroSaysThatTheConsumerIsQuiet(uint word)
    {
        Assert.False(_producer.IsConsumerQuiet);
        _consumer.SetQuiet(true);
        Assert.True(_producer.IsConsumerQuiet);
        _consumer.SetQuiet(false);
        Assert.False(_producer.IsConsumerQuiet);
        ConsumerIndex[EventRing.QuietOffset / sizeof(uint)] = word;
        Assert.True(_producer.IsConsumerQuiet);
        Assert.Equal(0u, *ConsumerIndex);
    }

    [Fact]
    public void AConsumerThatIsRestartedReadsANewProducerFromItsStart()
    {
        for (int i = 0; i < 10; i++)
            Add(Received(i));
        _consumer.Drain(_events);
        _events.Seen.Clear();
        NativeMemory.Clear(_pages, 2 * EventRing.PageSize);
        _producer = new EventRingProducer((nint)_pages);
        _consumer.Restart();
        Add(Received(77));
        _consumer.Drain(_events);
        Assert.Equal(["received 77 60"], _events.Seen);
        Assert.Equal(0ul, _consumer.Violations);
        Assert.Equal(1u, *ConsumerIndex);
    }

    [Fact]
    public void UnknownKindsArePassedOver()
    {
        Add(EventRing.Pack(NicEventKind.None, 1, 2, 0));
        Add(EventRing.Pack((NicEventKind)200, 1, 2, 0));
        Add(ulong.MaxValue);
        Add(Received(9));
        _consumer.Drain(_events);
        Assert.Equal(["received 9 60"], _events.Seen);
        Assert.Equal(0ul, _consumer.Violations);
    }

    [Fact]
    public void AFullRingDropsAndCounts()
    {
        for (int i = 0; i < EventRing.Capacity + 3; i++)
            Add(Received(i));
        Assert.Equal(3ul, _producer.Dropped);
        Assert.Equal((uint)EventRing.Capacity, *ProducerIndex);
        _consumer.Drain(_events);
        Assert.Equal(Enumerable.Range(0, EventRing.Capacity).Select(i => $"received {i} 60"), _events.Seen);
        Add(Received(999));
        _consumer.Drain(_events);
        Assert.Equal("received 999 60", _events.Seen[^1]);
    }

    [Theory]
    [InlineData(EventRing.Capacity + 1u)]
    [InlineData(0x8000_0000u)]
    [InlineData(0xFFFF_FFFFu)]
    public void AProducerIndexThatJumpsIsNotBelieved(uint index)
    {
        *ProducerIndex = index;
        _consumer.Drain(_events);
        Assert.Empty(_events.Seen);
        Assert.Equal(1ul, _consumer.Violations);
        Assert.Equal(0u, *ConsumerIndex);
    }

    [Fact]
    public void AProducerIndexThatGoesBackIsNotBelieved()
    {
        Add(Received(1));
        _consumer.Drain(_events);
        *ProducerIndex = 0;
        _consumer.Drain(_events);
        Assert.Single(_events.Seen);
        Assert.Equal(1ul, _consumer.Violations);
    }

    [Theory]
    [InlineData(1u)]
    [InlineData(0x7FFF_FFFFu)]
    [InlineData(0xFFFF_FF00u)]
    public void AConsumerIndexThatJumpsOnlyCostsEvents(uint index)
    {
        *ConsumerIndex = index;
        for (int i = 0; i < 300; i++)
            Add(Received(i));
        Assert.InRange(*ProducerIndex, (uint)EventRing.Capacity, EventRing.Capacity + 1u); // a jump by one is believed: it makes sense
        Assert.Equal(300ul, _producer.Dropped + *ProducerIndex);
        AssertNothingBeyondThePages();
    }

    [Fact]
    public void AProducerThatAddsWhileItIsReadDoesNotKeepTheReaderForEver()
    {
        _events.WhenSeen = () => Add(Received(1));
        Add(Received(0));
        _consumer.Drain(_events);
        Assert.Equal(["received 0 60"], _events.Seen);
        _consumer.Drain(_events);
        Assert.Equal(["received 0 60", "received 1 60"], _events.Seen);
        Assert.Equal(0ul, _consumer.Violations);
    }

    [Fact]
    public void ADrainInsideADrainLeavesNothingTwice()
    {
        for (int i = 0; i < 10; i++)
            Add(Received(i));
        int depth = 0;
        _events.WhenSeen = () =>
        {
            if (depth++ == 3)
                _consumer.Drain(_events);
        };
        _consumer.Drain(_events);
        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"received {i} 60"), _events.Seen);
        Assert.Equal(0ul, _consumer.Violations);
    }

    [Fact]
    public void EqualsAQueueAlsoWhereTheIndicesWrap()
        => Gen.Select(Gen.UInt[0, 300], Gen.Int[-20, 300].Array[0, 12]).Sample(
            (before, steps) =>
            {
                Reset();
                for (uint i = 0; i < before; i++)
                {
                    Add(Received(1));
                    _consumer.Drain(_events);
                }
                _events.Seen.Clear();
                Queue<string> model = new();
                ulong dropped = 0;
                foreach (int step in steps)
                    dropped += Step(model, step);
                Step(model, -1);
                Assert.Equal(dropped, _producer.Dropped);
                Assert.Equal(0ul, _consumer.Violations);
                AssertNothingBeyondThePages();
            },
            iter: 100, threads: 1);

    // A positive step adds so many events, any other one drains.
    private ulong Step(Queue<string> model, int step)
    {
        ulong dropped = 0;
        for (int i = 0; i < step; i++)
        {
            Add(Received(i));
            if (model.Count < EventRing.Capacity)
                model.Enqueue($"received {i} 60");
            else
                dropped++;
        }
        if (step > 0)
            return dropped;
        _events.Seen.Clear();
        _consumer.Drain(_events);
        Assert.Equal(model, _events.Seen);
        model.Clear();
        return 0;
    }

    private void Add(ulong entry)
    {
        _producer.Add(entry);
        _producer.Publish();
    }

    private static ulong Received(int packet) => EventRing.Pack(NicEventKind.Received, (ushort)packet, 60, 0);

    private void AssertNothingBeyondThePages()
    {
        Assert.False(new ReadOnlySpan<byte>(_pages + (2 * EventRing.PageSize), EventRing.PageSize).ContainsAnyExcept((byte)0xCC));
        const int End = EventRing.EntriesOffset + (EventRing.Capacity * EventRing.EntrySize);
        Assert.False(new ReadOnlySpan<byte>(_pages + End, EventRing.PageSize - End).ContainsAnyExcept((byte)0));
    }

    [System.Diagnostics.CodeAnalysis.MemberNotNull(nameof(_producer), nameof(_consumer))]
    private void Reset()
    {
        NativeMemory.Clear(_pages, 2 * EventRing.PageSize);
        NativeMemory.Fill(_pages + (2 * EventRing.PageSize), EventRing.PageSize, 0xCC);
        _producer = new EventRingProducer((nint)_pages);
        _consumer = new EventRingConsumer((nint)_pages, (nint)(_pages + EventRing.PageSize));
    }

    private sealed class Events : INicEvents
    {
        public List<string> Seen { get; } = [];

        public Action WhenSeen { get; set; } = () => { };

        public void OnTransmitted(PacketIndex packet, TransmitOutcome outcome) => Add($"transmitted {packet.Value} {outcome}");

        public void OnReceived(PacketIndex packet, ushort length) => Add($"received {packet.Value} {length}");

        public void OnLinkChange(bool isUp) => Add($"link {isUp}");

        private void Add(string what)
        {
            Seen.Add(what);
            WhenSeen();
        }
    }
}
