// The event simulator against the standard's processes run bit by bit: all happens at the same bit. Back to: HubTests.cs
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using RingOS.Ethernet;
using Xunit;

namespace RingOS.Tests.Unit.Ethernet;

public sealed class BitByBitTests
{
    private const int Bits = 12_000;

    [Theory]
    [InlineData(0)]
    [InlineData(110)]
    [InlineData(700)]
    public void TheSameToTheBit(int longestDelay) => Cases(longestDelay).Sample(AssertSame, iter: 60);

    private static Gen<TrafficCase> Cases(int longestDelay) => Gen.Select(
        Gen.Int[0, longestDelay].Array[2, 5],
        Gen.Select(Gen.Int[0, 4], Gen.Int[14, 200], Gen.OneOf(Gen.Const(0), Gen.Int[0, 100], Gen.Int[0, 1500])).Array[2, 14],
        Gen.ULong,
        Gen.OneOf(Gen.Const(64), Gen.Int[0, 64]),
        static (delays, offers, seed, gapPart1) => new TrafficCase(
            new MediumOptions { Delays = delays, Seed = seed, InterFrameGapPart1 = gapPart1 },
            [.. offers.Select(offer => (offer.Item1 % delays.Length, offer.Item2, offer.Item3))]));

    private static void AssertSame(TrafficCase traffic)
    {
        WireLog log = new(traffic.Options);
        BitByBitHub hub = new(traffic.Options);
        Queue<(long At, int Station, Frame Frame)> offers = Offers(traffic);
        for (long now = 0; now < Bits; now++)
        {
            log.Medium.Run(now);
            for (; offers.TryPeek(out (long At, int Station, Frame Frame) offer) && offer.At == now; offers.Dequeue())
            {
                log.Send(offer.Station, offer.Frame);
                hub.Send(offer.Station, offer.Frame, now);
            }
            hub.Tick(now);
        }
        log.Medium.Run(Bits - 1); // what was offered at the last bit
        Assert.Equal(hub.Attempts.Order(), log.Attempts.Select(static attempt => (attempt.At, attempt.Station)).Order());
        Assert.Equal(hub.Ends.Order(), log.Sent.Select(static sent =>
            (sent.Report.EndedAt, sent.Station, sent.Frame.Id, sent.Report.Outcome, sent.Report.Collisions)).Order());
        Assert.Equal(
            hub.Received(Bits - 1).Order(),
            log.Received.Select(static heard => (heard.At, heard.Station, heard.Frame.Id)).Order());
    }

    private static Queue<(long At, int Station, Frame Frame)> Offers(TrafficCase traffic)
    {
        Queue<(long At, int Station, Frame Frame)> offers = new();
        long at = 0;
        for (int id = 0; id < traffic.Offers.Length; id++)
        {
            at += traffic.Offers[id].Pause;
            offers.Enqueue((at, traffic.Offers[id].Station, WireLog.FrameOf(id, traffic.Offers[id].Length)));
        }
        return offers;
    }
}
