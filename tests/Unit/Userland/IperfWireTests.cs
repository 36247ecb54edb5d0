// The bytes of iperf's datagrams and reports. Next: IperfPacingTests.cs
using System;
using System.Text;
using CsCheck;
using RingOS.Iperf;
using RingOS.User;
using Xunit;

namespace RingOS.Tests.Unit.Userland;

[Collection("Program")]
public sealed class IperfWireTests
{
    [Fact]
    public void HeaderLayoutIsExact()
    {
        byte[] datagram = new byte[44];
        IperfOptions options = new() { Amount = 20480, Port = 5702 };
        DatagramHeader.WriteSettings(datagram, options);
        DatagramHeader.WriteStamp(datagram, 0x01020304, 0x6B03AB7F, 0x00012384);
        DatagramHeader.WriteIdHigh(datagram, 0x0A0B0C0D);
        Assert.Equal(
            "01020304" + "6B03AB7F" + "00012384" + "0A0B0C0D"
            + "08000000" + "00000001" + "00001646" + "00000000" + "00000000" + "00005000" + "00000000",
            Convert.ToHexString(datagram));
    }

    [Theory]
    [InlineData(0, 2_000, "FFFFFF38")] // two seconds, in hundredths
    [InlineData(1, 2_000, "00000001")]
    [InlineData(5_000_000_000, 2_000, "7FFFFFFF")]
    public void AmountIsBytesOrNegativeTime(ulong amount, ulong milliseconds, string expected)
    {
        byte[] datagram = new byte[40];
        DatagramHeader.WriteSettings(datagram, new IperfOptions { Amount = amount, Milliseconds = milliseconds });
        Assert.Equal(expected, Convert.ToHexString(datagram, 36, 4));
    }

    [Fact]
    public void ShortDatagramsCarryNoSettings()
    {
        byte[] datagram = new byte[39];
        DatagramHeader.WriteSettings(datagram, new IperfOptions());
        Assert.Equal(new byte[39], datagram);
    }

    [Theory]
    [InlineData(-15, "FFFFFFF1" + "0000000000000000" + "FFFFFFFF")]
    [InlineData(0x1_0000_0002, "00000002" + "0000000000000000" + "00000001")]
    [InlineData(-0x1_0000_0002, "FFFFFFFE" + "0000000000000000" + "FFFFFFFE")]
    public void IdsHave64Bits(long id, string expected)
    {
        byte[] datagram = new byte[16];
        DatagramHeader.WriteId(datagram, id);
        Assert.Equal(expected, Convert.ToHexString(datagram));
    }

    [Fact]
    public void ParsesTheReportOfDebiansServer()
    {
        ServerReport report = new();
        Assert.True(report.TryParse(FakeIperfServer.CapturedReport));
        Assert.Equal((11u, 1u, 1u, 10u), (report.Datagrams, report.Lost, report.OutOfOrder, report.Received));
        Assert.Equal((14_700u, 92_860u, 4u), (report.Bytes, report.StopMicroseconds, report.JitterMicroseconds));
    }

    [Fact]
    public void PrintsTheReportAsDebiansServerDoes()
    {
        FakeMachine machine = new();
        ServerReport report = new();
        Assert.True(report.TryParse(FakeIperfServer.CapturedReport));
        new ReportLines().PrintServerReport(report);
        Assert.Equal("[  1] 0.0000-0.0929 sec  14.4 KBytes  1.27 Mbits/sec   0.004 ms 1/11 (9.1%)", machine.Lines[2]);
        Assert.Equal("[  1] 0.0000-0.0929 sec  1 datagrams received out-of-order", machine.Lines[3]);
    }

    [Fact]
    public void ReportWithoutHighWordsIsEnough()
    {
        ServerReport report = new();
        Assert.True(report.TryParse(FakeIperfServer.CapturedReport.AsSpan(0, ServerReport.MinimumSize)));
        Assert.Equal(11u, report.Datagrams);
    }

    [Fact]
    public void HighWordsCount()
    {
        byte[] packet = (byte[])FakeIperfServer.CapturedReport.Clone();
        packet[127] = 1;
        packet[23] = 2;
        ServerReport report = new();
        Assert.True(report.TryParse(packet));
        Assert.Equal((1UL << 32) + 11, report.Datagrams);
        Assert.Equal((2UL << 32) + 14_700, report.Bytes);
    }

    [Fact]
    public void NoBytesCrashTheParser()
        => Gen.Byte.Array[0, 200].Sample(packet =>
        {
            ServerReport report = new();
            return !report.TryParse(packet) || (packet.Length >= ServerReport.MinimumSize && report.Lost <= report.Datagrams);
        });

    [Theory]
    [InlineData(0, 641, "0")]
    [InlineData(0, 0, "0")]
    [InlineData(1, 11, "9.1")]
    [InlineData(1, 641, "0.16")]
    [InlineData(1, 20_000, "0.005")]
    [InlineData(1, 200, "0.5")]
    [InlineData(1, 10, "10")]
    [InlineData(57, 100, "57")]
    [InlineData(999, 1000, "100")]
    [InlineData(5, 5, "100")]
    public void LossHasTwoDigits(ulong lost, ulong total, string expected)
    {
        TextBuffer text = new(40);
        LossPercentage.Append(text, lost, total);
        Assert.Equal(expected, Encoding.ASCII.GetString(text.Written));
    }
}
