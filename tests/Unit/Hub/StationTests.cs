// A station whose guest misbehaves; no machine is started. Subject: tools/RingOS.Hub/Station.cs. Back to: ConductorTests.cs
using System;
using System.IO;
using System.Threading;
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
        station.Run(byNic);
        Assert.Equal(StationState.Gone, Wait(station));
        Assert.Equal("it halted with its interrupts switched off at the device", station.LinkError);
    }

    [Fact]
    public void AGuestThatIsGivenUpIsHung()
    {
        using Station station = new(3, 100, fullDuplex: false);
        Assert.Equal(StationState.Runs, station.Wait(TimeSpan.Zero, CancellationToken.None));
        station.GiveUp();
        Assert.Equal(StationState.Gone, Wait(station));
        Assert.True(station.IsHung);
        Assert.Equal((0x0400_0000_5452ul, ulong.MaxValue, false), (station.Address, station.WakeAt, station.HasInterrupt));
    }
    [Fact]
    public void AQemuThatDamagesTheMemoryOfItsDevicesIsGivenUpInOneLine()
    {
        using Station station = new(0, 100, fullDuplex: false);
        using (FileStream memory = new(station.Devices.Turn, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            byte[] garbage = new byte[80];
            Array.Fill(garbage, (byte)0xFF);
            BitConverter.GetBytes(2).CopyTo(garbage, 24); // it stands still
            memory.Write(garbage);
        }
        Assert.Equal(StationState.Gone, Wait(station));
        Assert.StartsWith("QEMU has damaged the memory of its devices: ", station.LinkError, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', station.LinkError!);
    }

    private static StationState Wait(Station station) => station.Wait(TimeSpan.FromSeconds(60), CancellationToken.None);
}
