// Text and numbers: userland/lib against the ordinary library. Next: ClockTests.cs
using System;
using System.Globalization;
using System.Linq;
using System.Text;
using CsCheck;
using RingOS.Abi;
using RingOS.User;
using Xunit;

namespace RingOS.Tests.Unit.Userland;

public sealed class TextTests
{
    [Fact]
    public void EveryFailureHasItsNameInC()
    {
        foreach (Status status in Enum.GetValues<Status>().Except([Status.Ok]))
            Assert.True(Errno.NameOf(status).StartsWith("E"u8), status.ToString());
        Assert.Equal("ECONNREFUSED", Encoding.ASCII.GetString(Errno.NameOf(Status.ConnectionRefused)));
    }

    [Fact]
    public void WholeNumbersAsTheLibrary()
        => Gen.Select(Gen.ULong, Gen.Int[0, 30]).Sample((value, width)
            => Text(buffer => buffer.Append(value, width)) == value.ToString(CultureInfo.InvariantCulture).PadLeft(width));

    [Fact]
    public void SignedNumbersAsTheLibrary()
        => Gen.Long.Sample(value => Text(buffer => buffer.AppendSigned(value)) == value.ToString(CultureInfo.InvariantCulture));

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(-1)]
    [InlineData(0)]
    public void SignedNumbersAtTheEdges(long value)
        => Assert.Equal(value.ToString(CultureInfo.InvariantCulture), Text(buffer => buffer.AppendSigned(value)));

    [Fact]
    public void FixedPointAsTheLibrary()
        => Gen.Select(Gen.ULong[0, 1UL << 60], Gen.Int[0, 9], Gen.Int[0, 30]).Sample((value, decimals, width) =>
        {
            decimal number = value;
            for (int i = 0; i < decimals; i++)
                number /= 10;
            string expected = number.ToString("F" + decimals, CultureInfo.InvariantCulture).PadLeft(width);
            return Text(buffer => buffer.AppendFixed(value, decimals, width)) == expected;
        });

    [Fact]
    public void ZeroPaddedAsTheLibrary()
        => Gen.Select(Gen.UInt, Gen.Int[1, 15]).Sample((value, digits)
            => Text(buffer => buffer.AppendZeroPadded(value, digits)) == value.ToString("D" + digits, CultureInfo.InvariantCulture));

    [Fact]
    public void WhatDoesNotFitIsCutOff()
    {
        TextBuffer buffer = new(8);
        buffer.Append("123456"u8).Append("789"u8).Append((byte)'x').Append(5UL);
        Assert.Equal("12345678", Encoding.ASCII.GetString(buffer.Written));
    }

    [Fact]
    public void AddressesGoBothWays()
        => Gen.UInt.Sample(address =>
        {
            string text = Text(buffer => buffer.AppendAddress(address));
            return NumberParser.TryAddress(Encoding.ASCII.GetBytes(text), out uint parsed) && parsed == address
                && text == $"{address >> 24}.{(address >> 16) & 255}.{(address >> 8) & 255}.{address & 255}";
        });

    [Theory]
    [InlineData("")]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.")]
    [InlineData("1.2.3.4.")]
    [InlineData(".1.2.3")]
    [InlineData("1..2.3")]
    [InlineData("1.2.3.0004")]
    [InlineData("1.2.3.-4")]
    public void BadAddresses(string text) => Assert.False(NumberParser.TryAddress(Encoding.ASCII.GetBytes(text), out _));

    [Fact]
    public void WholeNumbersAreParsed()
        => Gen.ULong.Sample(value =>
        {
            byte[] text = Encoding.ASCII.GetBytes(value.ToString(CultureInfo.InvariantCulture));
            return NumberParser.TryWhole(text, out ulong parsed) && parsed == value;
        });

    [Theory]
    [InlineData("18446744073709551616")]
    [InlineData("99999999999999999999")]
    [InlineData("1.0")]
    [InlineData("")]
    [InlineData(" 1")]
    [InlineData("0x1")]
    public void BadWholeNumbers(string text) => Assert.False(NumberParser.TryWhole(Encoding.ASCII.GetBytes(text), out _));

    // Every string is from iperf 2.1.8 itself, or from its format by hand.
    [Theory]
    [InlineData(0, "0.000 Bytes")]
    [InlineData(1, "1.00 Bytes")]
    [InlineData(640, " 640 Bytes")]
    [InlineData(1023, "1023 Bytes")]
    [InlineData(1024, "1.00 KBytes")]
    [InlineData(1280, "1.25 KBytes")]
    [InlineData(1470, "1.44 KBytes")]
    [InlineData(3000, "2.93 KBytes")]
    [InlineData(10_234, "9.99 KBytes")]
    [InlineData(10_235, "10.0 KBytes")]
    [InlineData(14_700, "14.4 KBytes")]
    [InlineData(103_870, " 101 KBytes")]
    [InlineData(214 * 1470, " 307 KBytes")]
    [InlineData(641 * 1470, " 920 KBytes")]
    [InlineData(1_048_575, "1024 KBytes")]
    [InlineData(48_450 * 1470, "67.9 MBytes")]
    [InlineData(5_000_000_000, "4.66 GBytes")]
    [InlineData(3_000_000_000_000, "2.73 TBytes")]
    public void BytesAsIperf(ulong bytes, string expected)
        => Assert.Equal(expected, Text(buffer => AdaptiveUnit.AppendBytes(buffer, bytes)));

    [Theory]
    [InlineData(0, "0.000 bits")]
    [InlineData(12_340, "12.3 bits")]
    [InlineData(999_000, " 999 bits")]
    [InlineData(55_300_000, "55.3 Kbits")]
    [InlineData(580_000_000, " 580 Kbits")]
    [InlineData(1_270_000_000, "1.27 Mbits")]
    [InlineData(5_033_280_000, "5.03 Mbits")]
    [InlineData(11_700_000_000, "11.7 Mbits")]
    [InlineData(1_900_000_000_000, "1.90 Gbits")]
    public void BitsAsIperf(ulong thousandths, string expected)
        => Assert.Equal(expected, Text(buffer => AdaptiveUnit.AppendBits(buffer, thousandths)));

    [Fact]
    public void UnitsAlwaysTakeFourPlaces()
        => Gen.ULong[0, 1UL << 49].Sample(value
            => Text(buffer => AdaptiveUnit.AppendBytes(buffer, value)).IndexOf(" ", 1, StringComparison.Ordinal) is 4 or 5);

    [Fact]
    public void WideProductsAsTheLibrary()
        => Gen.Select(Gen.ULong, Gen.ULong, Gen.ULong).Sample((left, right, divisor) =>
        {
            UInt128 exact = divisor == 0 ? UInt128.MaxValue : (UInt128)left * right / divisor;
            ulong expected = exact > ulong.MaxValue ? ulong.MaxValue : (ulong)exact;
            return WideMath.MultiplyDivide(left, right, divisor) == expected
                && WideMath.MultiplyHigh(left, right) == (ulong)(((UInt128)left * right) >> 64);
        });

    [Fact]
    public void BigEndianNumbers()
    {
        byte[] bytes = new byte[6];
        BigEndian.Write32(bytes, 1, 0x01020304);
        Assert.Equal("000102030400", Convert.ToHexString(bytes));
        Assert.Equal(0x01020304u, BigEndian.Read32(bytes, 1));
        BigEndian.Write16(bytes, 4, 0xABCD);
        Assert.Equal("00010203ABCD", Convert.ToHexString(bytes));
        Assert.Equal((ushort)0xABCD, BigEndian.Read16(bytes, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => BigEndian.Write32(bytes, 3, 0));
    }

    private static string Text(Action<TextBuffer> append)
    {
        TextBuffer buffer = new(64);
        append(buffer);
        return Encoding.ASCII.GetString(buffer.Written);
    }
}
