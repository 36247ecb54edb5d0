// The dials: what makes sense, and how driver and device are told. Code: tools/RingOS.Host/Machines/Dials.cs
using System;
using RingOS.Host;
using RingOS.Host.Boot;
using RingOS.Host.Machines;
using Xunit;

namespace RingOS.Tests.Unit.Host;

public sealed class DialsTests
{
    private static readonly Qemu s_debian12 = new("qemu", new Version(7, 2, 22)) { E1000HasMitigation = true };
    private static readonly Qemu s_debian13 = new("qemu", new Version(10, 0, 2));

    [Theory]
    [InlineData(1, "frame", "queued")]
    [InlineData(1, "frame", "wait")]
    [InlineData(1, "poll", "next")]
    [InlineData(32, "moderated", "queued")]
    [InlineData(2, "frame", "next")]
    public void SettingsThatMakeSenseAreTaken(int batch, string interrupts, string completion)
    {
        Dials dials = new(batch, interrupts, completion);
        Assert.Same(dials, dials.Checked());
    }

    [Theory]
    [InlineData(0, "frame", "queued", "a batch of 0 frames is not possible; give 1 to 32")]
    [InlineData(33, "frame", "queued", "a batch of 33 frames")]
    [InlineData(1, "often", "queued", "interrupts=often is unknown; there is: frame, moderated, poll")]
    [InlineData(1, "frame", "", "completion= is unknown; there is: queued, wait, next")]
    [InlineData(2, "moderated", "wait", "batch=2 with completion=wait makes no sense")]
    public void OthersAreRefusedWithTheReason(int batch, string interrupts, string completion, string part)
    {
        RingOsException failure = Assert.Throws<RingOsException>(() => new Dials(batch, interrupts, completion).Checked());
        Assert.Contains(part, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
        Assert.Equal(2, failure.ExitCode);
    }

    [Fact]
    public void TheTwoNamedSettingsAreThoseOfTheDesign()
    {
        Assert.Equal("batch=1 interrupts=frame completion=queued", Dials.Headline.Checked().ToString());
        Assert.Equal("batch=32 interrupts=moderated completion=queued", Dials.Batches.Checked().ToString());
    }

    [Fact]
    public void TheKernelIsToldOnlyWhatDiffersFromItsDefaults()
    {
        Assert.Equal("placement=ring3 nic=e1000 -- hello", KernelCommandLine.Format("ring3", "e1000", "hello", Dials.Headline));
        Assert.Equal(
            "placement=ring3 nic=e1000 batch=32 interrupts=moderated -- hello",
            KernelCommandLine.Format("ring3", "e1000", "hello", Dials.Batches));
        Assert.Equal(
            "placement=ring3 nic=e1000 completion=wait -- hello",
            KernelCommandLine.Format("ring3", "e1000", "hello", Dials.Headline with { Completion = "wait" }));
        Assert.Equal(
            "placement=ring3 nic=e1000 smep=off smap=off -- hello",
            KernelCommandLine.Format("ring3", "e1000", "hello", (Dials.Headline with { Smep = "off", Smap = "off" }).Checked()));
    }

    [Fact]
    public void AWallIsOnOrOff()
    {
        Assert.Equal("batch=1 interrupts=frame completion=queued smap=off", (Dials.Headline with { Smap = "off" }).ToString());
        string refusal = Assert.Throws<RingOsException>(() => (Dials.Headline with { Smap = "no" }).Checked()).Message;
        Assert.Equal("smap=no is unknown; there is: on, off", refusal);
    }

    [Theory]
    [InlineData("placement=ring3 -- iperf", "off")]
    [InlineData("placement=ring3 interrupts=frame -- iperf", "off")]
    [InlineData("placement=ring3 interrupts=poll -- iperf", "off")]
    [InlineData("placement=ring3 interrupts=moderated -- iperf", "on")]
    [InlineData("placement=ring3 -- hello interrupts=moderated", "off")] // the program's word, not the kernel's
    public void TheDeviceHoldsInterruptsBackOnlyIfTheDriverDoes(string commandLine, string mitigation)
        => Assert.Equal($"e1000,mitigation={mitigation},romfile=", NicModel.Named("e1000").DeviceFor(s_debian12, commandLine));

    [Theory]
    [InlineData("placement=ring3 interrupts=moderated -- iperf")]
    [InlineData("placement=ring3 interrupts=poll -- iperf")]
    public void ADeviceThatAlwaysHoldsInterruptsBackIsTakenWhereThatIsMeant(string commandLine)
        => Assert.Equal("e1000,romfile=", NicModel.Named("e1000").DeviceFor(s_debian13, commandLine));

    [Theory]
    [InlineData("placement=ring3 -- iperf")]
    [InlineData("placement=ring3 interrupts=frame -- iperf interrupts=poll")]
    public void AndRefusedWhereEveryFrameIsToInterrupt(string commandLine)
    {
        RingOsException failure = Assert.Throws<RingOsException>(() => NicModel.Named("e1000").DeviceFor(s_debian13, commandLine));
        Assert.Contains("the e1000 of QEMU 10.0.2 always holds interrupts back (at most 7822 a second)", failure.Message, StringComparison.Ordinal);
        Assert.Contains("--nic", failure.Message, StringComparison.Ordinal);
        Assert.Equal(2, failure.ExitCode);
    }

    [Theory]
    [InlineData("e1000e", "e1000e,romfile=")]
    [InlineData("rtl8139", "rtl8139,romfile=")]
    public void OtherNicsAreTheSameInEveryQemu(string nic, string device)
    {
        Assert.Equal(device, NicModel.Named(nic).DeviceFor(s_debian12, "placement=ring3 -- iperf"));
        Assert.Equal(device, NicModel.Named(nic).DeviceFor(s_debian13, "placement=ring3 -- iperf"));
    }
}
