// Numbers are read strictly, and the same everywhere. Code: tools/RingOS.Host/StrictNumber.cs
using RingOS.Host;
using RingOS.Host.Compare;
using RingOS.Host.Machines;
using Xunit;

namespace RingOS.Tests.Unit.Host;

public sealed class NumberTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("500", 500)]
    [InlineData("1.5k", 1_500)]
    [InlineData("50m", 50_000_000)]
    [InlineData("50M", 50 * 1024 * 1024)] // as iperf's -b has it
    [InlineData("1.5K", 1_536)]
    [InlineData("1G", 1 << 30)]
    [InlineData("1g", 1_000_000_000)]
    public void RatesAreIperfs(string text, long bits)
    {
        Assert.True(StrictNumber.TryRate(text, out long read));
        Assert.Equal(bits, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("m")]
    [InlineData("0.5")] // half a bit, not "as fast as possible"
    [InlineData("0,5m")]
    [InlineData("1,000")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData(" 1")]
    [InlineData("1e6")]
    [InlineData("5x")]
    [InlineData("99999999999999999999999999999")]
    public void OtherThingsAreNoRates(string text) => Assert.False(StrictNumber.TryRate(text, out _));

    [Theory]
    [InlineData("0,5")]
    [InlineData("1 000")]
    [InlineData("1e3")]
    [InlineData("-1")]
    [InlineData(".")]
    [InlineData("NaN")]
    [InlineData("")]
    public void OtherThingsAreNoDecimals(string text) => Assert.False(StrictNumber.TryDecimal(text, out _));

    [Theory]
    [InlineData("0x10")]
    [InlineData("1.0")]
    [InlineData("1,000")]
    [InlineData("-1")]
    [InlineData("18446744073709551616")]
    public void OtherThingsAreNoWholeNumbers(string text) => Assert.False(StrictNumber.TryWhole(text, out _));

    [Theory]
    [InlineData("5001", 5001, 5001)]
    [InlineData("15001:5001", 15001, 5001)]
    [InlineData("1:65535", 1, 65535)]
    public void PortsAreForwarded(string text, int host, int guest) => Assert.Equal(new PortForward(host, guest), PortForward.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("65536")]
    [InlineData("5001:")]
    [InlineData(":5001")]
    [InlineData("1:2:3")]
    [InlineData("udp:5001")]
    [InlineData("5001,hostfwd=tcp::22-:22")]
    public void OtherThingsAreNoForwards(string text)
        => Assert.Contains("--forward", Assert.Throws<RingOsException>(() => PortForward.Parse(text)).Message);

    // The guest sent 100, the host's socket dropped 30 of them: the placement lost none.
    [Theory]
    [InlineData(100, 0, 0)]
    [InlineData(70, 30, 0)]
    [InlineData(60, 30, 10)]
    public void WhatTheHostLostIsNotThePlacements(long received, long hostLost, long lost)
        => Assert.Equal(lost, (ReportSample.Measured(100, received) with { HostLost = hostLost }).Lost);
}
