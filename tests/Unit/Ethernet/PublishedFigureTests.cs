// The simulator against published figures. Sources: with each test. Next: SwitchTests.cs
using System.Linq;
using RingOS.Ethernet;
using Xunit;

namespace RingOS.Tests.Unit.Ethernet;

public sealed class PublishedFigureTests
{
    private const int Seeds = 10;

    // Metcalfe and Boggs 1976, table of section 6: efficiency at 3 Mb/s and 16 us slots.
    [Theory]
    [InlineData(2, 4096, .9884)]
    [InlineData(2, 512, .9143)]
    [InlineData(2, 48, .5000)]
    [InlineData(10, 4096, .9818)]
    [InlineData(10, 512, .8709)]
    [InlineData(10, 48, .3874)]
    [InlineData(256, 4096, .9803)]
    [InlineData(256, 512, .8616)]
    [InlineData(256, 48, .3686)]
    public void MetcalfeAndBoggs(int stations, int packetBits, double published)
    {
        SlottedEthernet ethernet = SlottedEthernet.Of1976(stations, packetBits);
        Assert.Equal(published, ethernet.Expected(), 4);
        // 40,000 packets: the standard error is below .0015 for the shortest, so .004 is not chance.
        Assert.InRange(ethernet.Simulate(40_000, seed: 1), published - .004, published + .004);
    }

    // INET framework, showcases/ethernet/tenbaset1s, CsmaCdUtilization: 9 saturated stations, 10 Mb/s, 1500 bytes of payload, ten seeds,
    // 2 s after a warm-up of .1 s. It publishes the range over its seeds: goodput, which is payload, 9.56 to 9.59 Mb/s; 75 to 81 frames
    // given up after 16 attempts in those 2 s; the luckiest station sends 1.6 to 6.7 times what the unluckiest does.
    // Compared are means over ten seeds of ours, of the same 2 s: 2.1 s less the first .1 s of the same run, in which hardly a frame can
    // have collided 16 times. INET's cables are some metres, less than a bit time: 0 here. Two differences are known to remain: after a
    // backoff its MAC keeps the gap once more, and it goes ahead whatever comes within the gap.
    [Fact]
    public void NineSaturatedStationsOfInet()
    {
        (double Goodput, long GivenUp)[] runs = [.. Enumerable.Range(1, Seeds).Select(static seed => Inet((ulong)seed))];
        Assert.InRange(runs.Average(static run => run.Goodput), 9.56, 9.59);
        Assert.InRange(runs.Average(static run => run.GivenUp), 75, 81);
    }

    [Fact]
    public void SomeStationsOfInetAreLuckier()
    {
        LoadPoint[] points = [.. Enumerable.Range(1, Seeds).Select(static seed => InetUntil(2.1, (ulong)seed))];
        Assert.InRange(points.Average(static point => point.MostShare / point.LeastShare), 1.6, 6.7);
        Assert.All(points, static point => Assert.Equal(0, point.Late));
    }

    // Clause 4 guarantees little, but no station starves for good and the load that is offered below capacity is carried.
    [Theory]
    [InlineData(.3)]
    [InlineData(.6)]
    public void WhatIsOfferedBelowCapacityIsCarried(double load)
    {
        LoadPoint point = new LoadSweep(new LoadOptions { Seconds = .5 }).RunOne(8, load);
        Assert.InRange(point.Utilisation, load * .93, load * 1.07);
        Assert.Equal(0, point.QueueDrops);
        Assert.InRange(point.CollisionsPerFrame, .001, 1);
    }

    [Fact]
    public void MoreStationsCollideMoreAndCarryLess()
    {
        LoadPoint[] points = [.. new LoadSweep(new LoadOptions { Seconds = .2, Stations = [1, 4, 16] }).Run()];
        Assert.Equal(points.OrderByDescending(static point => point.Utilisation), points);
        Assert.Equal(points.OrderBy(static point => point.CollisionsPerFrame), points);
    }

    private static (double Goodput, long GivenUp) Inet(ulong seed)
    {
        LoadPoint warmUp = InetUntil(.1, seed);
        LoadPoint whole = InetUntil(2.1, seed);
        return ((whole.Sent - warmUp.Sent) * 1500 * 8 / 2e6, whole.Excessive - warmUp.Excessive);
    }

    private static LoadPoint InetUntil(double seconds, ulong seed) => new LoadSweep(new LoadOptions
    {
        BitsPerSecond = 10_000_000,
        FrameBytes = 1518,
        Seconds = seconds,
        CableMetres = 0,
        Seed = seed,
    }).RunOne(9, load: null);
}
