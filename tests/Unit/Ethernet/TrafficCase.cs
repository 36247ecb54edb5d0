// Some stations, some cables and some frames at some times: what properties are checked on. Back to: HubPropertyTests.cs
using System.Linq;
using CsCheck;
using RingOS.Ethernet;

namespace RingOS.Tests.Unit.Ethernet;

/// <param name="Options">The medium.</param>
/// <param name="Offers">Frames with their station and the bit times since the one before; some stations have several at once.</param>
internal sealed record TrafficCase(MediumOptions Options, (int Station, int Length, int Pause)[] Offers)
{
    private const long LongEnough = 1_000_000_000;

    public static Gen<TrafficCase> Gen(int longestDelay) => CsCheck.Gen.Select(
        CsCheck.Gen.Int[0, longestDelay].Array[1, 8],
        CsCheck.Gen.Select(
            CsCheck.Gen.Int[0, 7],
            CsCheck.Gen.OneOf(CsCheck.Gen.Int[14, 70], CsCheck.Gen.Int[14, 1514]),
            CsCheck.Gen.OneOf(CsCheck.Gen.Const(0), CsCheck.Gen.Int[0, 100], CsCheck.Gen.Int[0, 20_000])).Array[1, 60],
        CsCheck.Gen.ULong,
        CsCheck.Gen.Int[0, 64],
        static (delays, offers, seed, gapPart1) => new TrafficCase(
            new MediumOptions { Delays = delays, Seed = seed, InterFrameGapPart1 = gapPart1 },
            [.. offers.Select(offer => (offer.Item1 % delays.Length, offer.Item2, offer.Item3))]));

    /// <summary>Until every frame is sent or given up.</summary>
    public WireLog Play(params IMediumObserver[] others)
    {
        WireLog log = new(Options, others);
        for (int id = 0; id < Offers.Length; id++)
        {
            (int station, int length, int pause) = Offers[id];
            log.Medium.Run(log.Medium.Now + pause);
            log.Send(station, WireLog.FrameOf(id, length, station));
        }
        log.Medium.Run(LongEnough);
        return log;
    }
}
