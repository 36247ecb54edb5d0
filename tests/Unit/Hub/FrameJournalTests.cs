// What is written down of every frame. Subject: tools/RingOS.Hub/FrameJournal.cs. Back to: ConductorTests.cs
using System;
using System.Buffers.Binary;
using System.Linq;
using CsCheck;
using RingOS.Ethernet;
using RingOS.Hub;
using Xunit;

namespace RingOS.Tests.Unit.Hub;

public sealed class FrameJournalTests
{
    private readonly FrameJournal _journal = new();

    [Fact]
    public void AFrameThatIsAloneIsSentAtOnceAndDelivered()
    {
        Medium medium = Medium.Create(MediumOptions.OfStations(2), _journal);
        medium.Offer(0, new Frame(7, ConductorBench.FrameOf(0, 1, number: 0)));
        medium.Run(100_000);
        FrameRecord frame = Assert.Single(_journal.Frames);
        Assert.Equal((7L, 0, null, 200, true, false), (frame.Id, frame.Station, frame.Datagram, frame.Length, frame.IsDelivered, frame.IsLost));
        Assert.Equal(new Attempt(1, 0, null), Assert.Single(frame.Attempts));
        Assert.Equal(TransmitOutcome.Sent, frame.Report?.Outcome);
        Assert.Equal(204 * 8, frame.WireBits);
    }

    [Fact]
    public void ACollisionIsFollowedByABackoffAndAnotherAttempt()
    {
        Medium medium = Medium.Create(MediumOptions.OfStations(2), _journal);
        medium.Offer(0, new Frame(1, ConductorBench.FrameOf(0, 1, number: 0)));
        medium.Offer(1, new Frame(2, ConductorBench.FrameOf(1, 0, number: 0)));
        medium.Run(1_000_000);
        Assert.Equal([1L, 2], _journal.Frames.Select(static frame => frame.Id));
        Assert.All(_journal.Frames, static frame =>
        {
            Assert.Equal(frame.Report?.Collisions, frame.Attempts.Count - 1);
            Assert.Equal(Enumerable.Range(1, frame.Attempts.Count), frame.Attempts.Select(static attempt => attempt.Number));
            Assert.All(frame.Attempts.SkipLast(1), CheckCollided);
            Assert.Equal((null, null), (frame.Attempts[^1].CollidedAt, frame.Attempts[^1].BackoffSlots));
            Assert.True(frame.IsDelivered);
        });
        Assert.NotEmpty(_journal.Frames[0].Attempts.SkipLast(1));
    }

    private static void CheckCollided(Attempt attempt)
    {
        Assert.True(attempt.CollidedAt >= attempt.StartedAt);
        Assert.InRange(attempt.BackoffSlots!.Value, 0, (1 << Math.Min(attempt.Number, 10)) - 1);
        Assert.True(attempt.BackoffUntil >= attempt.CollidedAt + (attempt.BackoffSlots * CsmaCd.SlotTime));
    }

    [Fact]
    public void ADeferralSaysSinceWhen()
    {
        Medium medium = Medium.Create(MediumOptions.OfStations(2), _journal);
        medium.Offer(0, new Frame(1, ConductorBench.FrameOf(0, 1, number: 0)));
        medium.Run(300);
        medium.Offer(1, new Frame(2, ConductorBench.FrameOf(1, 0, number: 0)));
        medium.Run(100_000);
        Assert.Null(_journal.Frames[0].Attempts[0].ReadyAt);
        Attempt attempt = Assert.Single(_journal.Frames[1].Attempts);
        Assert.Equal(300, attempt.ReadyAt);
        Assert.True(attempt.StartedAt >= _journal.Frames[0].Report?.EndedAt + 96);
    }

    [Fact]
    public void ADeferralSinceTheBeginningIsOneToo()
    {
        Frame frame = new(1, ConductorBench.FrameOf(0, 1, number: 0));
        _journal.OnDeferred(0, frame, since: 0, at: 50);
        _journal.OnAttempt(0, frame, 1, 50);
        _journal.OnAttempt(0, frame, 2, 90);
        Assert.Equal([0L, null], _journal.Frames[0].Attempts.Select(static attempt => attempt.ReadyAt));
    }

    [Fact]
    public void AFrameGivenUpIsLostAndItsLastAttemptWaitsForNothing()
    {
        // Equal seeds draw equal slots: these two collide for ever.
        Medium medium = Medium.Create(MediumOptions.OfStations(2), _journal);
        medium.SetBackoffSeed(0, 5);
        medium.SetBackoffSeed(1, 5);
        medium.Offer(0, new Frame(1, ConductorBench.FrameOf(0, 1, number: 0)));
        medium.Offer(1, new Frame(2, ConductorBench.FrameOf(1, 0, number: 0)));
        medium.Run(100_000_000);
        Assert.All(_journal.Frames, static frame =>
        {
            Assert.True(frame.IsLost);
            Assert.False(frame.IsDelivered);
            Assert.Equal(16, frame.Attempts.Count);
            Assert.All(frame.Attempts.SkipLast(1), CheckCollided);
            Assert.NotNull(frame.Attempts[^1].CollidedAt);
            Assert.Null(frame.Attempts[^1].BackoffSlots);
        });
    }

    [Fact]
    public void OnlyTheStationItWasMeantForIsADelivery()
    {
        Frame frame = new(1, ConductorBench.FrameOf(0, 2, number: 0));
        Frame all = new(2, Enumerable.Repeat((byte)0xFF, 60).ToArray());
        Frame unknown = new(3, new byte[60]);
        foreach (Frame each in new[] { frame, all, unknown })
            _journal.OnAttempt(0, each, 1, 0);
        for (int station = 0; station < 2; station++)
        {
            _journal.OnReceived(station, frame, 10);
            _journal.OnReceived(station, all, 10);
            _journal.OnReceived(station, unknown, 10);
        }
        _journal.OnReceived(0, new Frame(99, frame.Bytes), 10); // never heard of
        Assert.All(_journal.Frames, static record => Assert.False(record.IsDelivered));
        _journal.OnReceived(2, frame, 10);
        Assert.Equal([true, false, false], _journal.Frames.Select(static record => record.IsDelivered));
    }

    [Fact]
    public void ADatagramIsKnownByItsNumber()
    {
        Assert.Equal(77, FrameJournal.DatagramOf(Datagram(77)));
        Assert.Equal(-78, FrameJournal.DatagramOf(Datagram(-78))); // iperf's last
        Assert.Null(FrameJournal.DatagramOf(Datagram(77).AsSpan(0, 45)));
    }

    [Theory]
    [InlineData(12, 0x86)] // another EtherType
    [InlineData(14, 0x46)] // IP options: the payload is elsewhere
    [InlineData(14, 0x65)]
    [InlineData(21, 0x10)] // a later fragment
    [InlineData(23, 6)] // TCP
    [InlineData(36, 0)] // another port
    public void WhatIsNoDatagramOfIperfHasNone(int offset, byte value)
    {
        byte[] frame = Datagram(77);
        frame[offset] = value;
        Assert.Null(FrameJournal.DatagramOf(frame));
    }

    [Fact]
    public void NoBytesMakeItThrow() => Gen.Select(Gen.Byte.Array[0, 80], Gen.Int[0, 80], Gen.Bool).Sample((bytes, length, isAlmost) =>
    {
        byte[] frame = isAlmost ? [.. Datagram(1).AsSpan(0, Math.Min(length, 60)), .. bytes] : bytes;
        _ = FrameJournal.DatagramOf(frame);
    }, iter: 10_000);

    private static byte[] Datagram(int number)
    {
        byte[] frame = new byte[60];
        frame[12] = 8; // IPv4
        frame[14] = 0x45;
        frame[23] = 17; // UDP
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(36), 5001);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(42), number);
        return frame;
    }
}
