// Both ends of the request ring, honest and hostile. Subjects: lib/Hardware/RequestRingProducer.cs, RequestRingConsumer.cs
using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using CsCheck;
using RingOS.Abi;
using RingOS.Hardware;
using Xunit;

namespace RingOS.Tests.Unit.Kernel;

public sealed unsafe class RequestRingTests : IDisposable
{
    private const int EntriesEnd = EventRing.EntriesOffset + (RequestRing.Capacity * EventRing.EntrySize);

    private readonly byte* _pages = (byte*)NativeMemory.AlignedAlloc(3 * EventRing.PageSize, EventRing.PageSize);
    private RequestRingProducer _producer;
    private RequestRingConsumer _consumer;

    public RequestRingTests() => Reset();

    private uint* ProducerIndex => (uint*)_pages;

    private uint* ConsumerIndex => (uint*)(_pages + EventRing.PageSize);

    public void Dispose() => NativeMemory.AlignedFree(_pages);

    [Fact]
    public void ARequestArrivesWithAllItSays()
    {
        ulong entry = RequestRing.Pack(NicOperation.Transmit, 0xFFFE, 1514, TransmitOptions.CompleteUdpChecksum);
        Assert.Equal(Status.Ok, _producer.Add(entry));
        _producer.Publish();
        Assert.Equal(1u, _consumer.Available);
        ulong taken = _consumer.Take();
        Assert.Equal((0xFFFE, 1514), (RequestRing.PacketOf(taken), RequestRing.LengthOf(taken)));
        Assert.Equal((NicOperation.Transmit, TransmitOptions.CompleteUdpChecksum), (RequestRing.OperationOf(taken), RequestRing.OptionsOf(taken)));
        Assert.Equal(0u, _consumer.Available);
    }

    [Fact]
    public void WhatIsNotPublishedIsNotSeen()
    {
        Add(1);
        Add(2);
        Assert.Equal((2, 0u), (_producer.Added, _consumer.Available));
        _producer.Publish();
        Assert.Equal((0, 2u), (_producer.Added, _consumer.Available));
        Assert.Equal(2u, _producer.Outstanding);
        _consumer.Take();
        Assert.Equal(2u, _producer.Outstanding);
        _consumer.Publish();
        Assert.Equal((1u, 1u), (_producer.Outstanding, _producer.Consumed));
    }

    [Fact]
    public void AFullRingRefusesUntilTheConsumerHasSaidHowFarItIs()
    {
        for (int i = 0; i < RequestRing.Capacity; i++)
            Assert.Equal(Status.Ok, Add(i));
        Assert.Equal(Status.NoBufferSpace, Add(999));
        _producer.Publish();
        Assert.Equal(0ul, _consumer.Take());
        Assert.Equal(Status.NoBufferSpace, Add(999));
        _consumer.Publish();
        Assert.False(_producer.TryAdd(999)); // it does not ask the consumer
        Assert.Equal(Status.Ok, Add(256));
        Assert.Equal(Status.NoBufferSpace, Add(257));
        _producer.Publish();
        for (ulong i = 1; i <= RequestRing.Capacity; i++)
            Assert.Equal(i, _consumer.Take());
    }

    [Theory]
    [InlineData(RequestRing.Capacity + 1u)]
    [InlineData(0x8000_0000u)]
    [InlineData(0xFFFF_FFFFu)]
    public void AProducerIndexThatMakesNoSenseIsNotBelieved(uint index)
    {
        *ProducerIndex = index;
        Assert.Equal(0u, _consumer.Available);
        Assert.Equal(1ul, _consumer.Violations);
    }

    [Theory]
    [InlineData(1u)]
    [InlineData(0x7FFF_FFFFu)]
    [InlineData(0xFFFF_FF00u)]
    [InlineData(0xFFFF_FFFFu)]
    public void AConsumerIndexThatMakesNoSenseOnlyCostsRoom(uint index)
    {
        *ConsumerIndex = index;
        int added = 0;
        while (added < 2 * RequestRing.Capacity && Add(added) == Status.Ok)
            added++;
        Assert.InRange(added, RequestRing.Capacity, RequestRing.Capacity + 1);
        AssertNothingBeyondThePages();
    }

    [Fact]
    public void TheConsumerSaysWhenItSleeps()
    {
        Assert.False(_producer.IsConsumerAsleep);
        _consumer.SetAsleep(true);
        Assert.True(_producer.IsConsumerAsleep);
        Assert.Equal(0u, *ConsumerIndex);
        _consumer.SetAsleep(false);
        Assert.False(_producer.IsConsumerAsleep);
    }

    [Fact]
    public void AProducerThatIsRestartedBeginsANewRing()
    {
        for (int i = 0; i < RequestRing.Capacity; i++)
            Add(i);
        NativeMemory.Clear(_pages, 2 * EventRing.PageSize);
        _consumer = new RequestRingConsumer((nint)_pages);
        _producer.Restart();
        Assert.Equal((0, 0u), (_producer.Added, _producer.Outstanding));
        for (int i = 0; i < RequestRing.Capacity; i++)
            Assert.Equal(Status.Ok, Add(1000 + i));
        Assert.Equal(Status.NoBufferSpace, Add(1));
        _producer.Publish();
        Assert.Equal(1000ul, _consumer.Take());
    }

    [Fact]
    public void EqualsAQueueAlsoWhereTheIndicesWrap()
        => Gen.Int[-300, 300].Array[0, 20].Sample(
            steps =>
            {
                Reset();
                Queue<ulong> model = new();
                ulong next = 0;
                foreach (int step in steps)
                {
                    for (int i = 0; i < step; i++)
                        AddTo(model, next++);
                    _producer.Publish();
                    TakeFrom(model, -step);
                }
                AssertNothingBeyondThePages();
            },
            iter: 100, threads: 1);

    // Whatever the other side writes into its page, at any moment: our own page keeps what we wrote, and nothing else is touched.
    [Fact]
    public void AHostileConsumerReachesNothingButItsOwnPage()
        => Gen.Select(Gen.UInt, Gen.Int[0, 40]).Array[1, 30].Sample(
            steps =>
            {
                Reset();
                uint produced = 0;
                foreach ((uint index, int count) in steps)
                {
                    *ConsumerIndex = index;
                    for (int i = 0; i < count; i++)
                        produced += Add((int)produced) == Status.Ok ? 1u : 0;
                    _producer.Publish();
                    Assert.Equal(produced, *ProducerIndex);
                    Assert.Equal(index, *ConsumerIndex);
                }
                for (uint back = 1; back <= Math.Min(produced, RequestRing.Capacity); back++)
                    Assert.Equal(produced - back, EntryAt(produced - back));
                AssertNothingBeyondThePages();
            },
            iter: 200, threads: 1);

    [Fact]
    public void AHostileProducerCannotMakeTheConsumerReadMoreThanARing()
        => Gen.Select(Gen.UInt, Gen.ULong.Array[RequestRing.Capacity]).Sample(
            (index, entries) =>
            {
                Reset();
                entries.CopyTo(new Span<ulong>(_pages + EventRing.EntriesOffset, RequestRing.Capacity));
                *ProducerIndex = index;
                uint available = _consumer.Available;
                Assert.Equal(index <= RequestRing.Capacity ? index : 0, available);
                Assert.Equal(available == index ? 0ul : 1ul, _consumer.Violations);
                for (uint i = 0; i < available; i++)
                    Assert.Equal(entries[i], _consumer.Take());
                _consumer.Publish();
                Assert.Equal((index, available), (*ProducerIndex, *ConsumerIndex));
            },
            iter: 200, threads: 1);

    private Status Add(int entry) => _producer.Add((ulong)entry);

    private void AddTo(Queue<ulong> model, ulong entry)
    {
        Assert.Equal(model.Count < RequestRing.Capacity ? Status.Ok : Status.NoBufferSpace, _producer.Add(entry));
        if (model.Count < RequestRing.Capacity)
            model.Enqueue(entry);
    }

    private void TakeFrom(Queue<ulong> model, int most)
    {
        Assert.Equal((uint)model.Count, _consumer.Available);
        for (int i = 0; i < most && model.Count != 0; i++)
            Assert.Equal(model.Dequeue(), _consumer.Take());
        _consumer.Publish();
        Assert.Equal((uint)model.Count, _producer.Outstanding);
    }

    private ulong EntryAt(uint number)
        => *(ulong*)(_pages + EventRing.EntriesOffset + (number % RequestRing.Capacity * EventRing.EntrySize));

    private void AssertNothingBeyondThePages()
    {
        Assert.False(new ReadOnlySpan<byte>(_pages + (2 * EventRing.PageSize), EventRing.PageSize).ContainsAnyExcept((byte)0xCC));
        Assert.False(new ReadOnlySpan<byte>(_pages + EntriesEnd, EventRing.PageSize - EntriesEnd).ContainsAnyExcept((byte)0));
        Assert.False(new ReadOnlySpan<byte>(_pages + EventRing.PageSize + 8, EventRing.PageSize - 8).ContainsAnyExcept((byte)0));
    }

    [MemberNotNull(nameof(_producer), nameof(_consumer))]
    private void Reset()
    {
        NativeMemory.Clear(_pages, 2 * EventRing.PageSize);
        NativeMemory.Fill(_pages + (2 * EventRing.PageSize), EventRing.PageSize, 0xCC);
        _producer = new RequestRingProducer((nint)_pages, (nint)(_pages + EventRing.PageSize));
        _consumer = new RequestRingConsumer((nint)_pages);
    }
}
