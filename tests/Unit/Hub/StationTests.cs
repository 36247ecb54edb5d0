// A station whose guest misbehaves; no machine is started. Subject: tools/RingOS.Hub/Station.cs. Back to: ConductorTests.cs
using System.Collections.Generic;
using RingOS.Hub;
using Xunit;

namespace RingOS.Tests.Unit.Hub;

public sealed class StationTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AGuestThatCannotBeInterruptedIsGoneAndSaysWhy(bool byNic)
    {
        using Station station = new(0, 100, fullDuplex: false);
        List<StationState> states = [];
        station.Stopped = states.Add;
        station.Run(byNic);
        Assert.Equal([StationState.Gone], states);
        Assert.Equal("it halted with its interrupts switched off at the device", station.LinkError);
    }

    [Fact]
    public void AGuestThatIsGivenUpIsHung()
    {
        using Station station = new(3, 100, fullDuplex: false);
        List<StationState> states = [];
        station.Stopped = states.Add;
        station.GiveUp();
        Assert.Equal([StationState.Gone], states);
        Assert.True(station.IsHung);
        Assert.Equal((0x0400_0000_5452ul, ulong.MaxValue, false), (station.Address, station.WakeAt, station.HasInterrupt));
    }
}
