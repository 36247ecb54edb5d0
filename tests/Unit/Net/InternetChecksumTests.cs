// The fast sum against RFC 1071 as it is written. Next: UdpSendTests.cs
using System;
using CsCheck;
using RingOS.Net;
using Xunit;

namespace RingOS.Tests.Unit.Net;

public class InternetChecksumTests
{
    [Fact]
    public void EqualsTheNaiveSumForAnyBytes()
        => Gen.Byte.Array[0, 1600].Sample(bytes => Assert.Equal(Wire.Checksum(bytes), Complement(bytes)), iter: 2000);

    [Fact]
    public void EqualsTheNaiveSumForEveryLengthAndAlignment()
    {
        byte[] bytes = NetFixture.Bytes(400);
        for (int start = 0; start < 8; start++)
        {
            for (int length = 0; length < 300; length++)
                Assert.Equal(Wire.Checksum(bytes.AsSpan(start, length)), Complement(bytes.AsSpan(start, length)));
        }
    }

    [Theory]
    [InlineData(0x00)]
    [InlineData(0xFF)]
    [InlineData(0x80)]
    public void LosesNoCarry(byte value)
    {
        byte[] bytes = new byte[65535];
        Array.Fill(bytes, value);
        Assert.Equal(Wire.Checksum(bytes), Complement(bytes));
        Assert.Equal(Wire.Checksum(bytes.AsSpan(1)), Complement(bytes.AsSpan(1)));
    }

    [Fact]
    public void DoesNotReadBeyondTheEnd()
    {
        byte[] bytes = NetFixture.Bytes(256);
        for (int length = 60; length < 160; length++)
        {
            uint before = InternetChecksum.Sum(bytes.AsSpan(0, length));
            bytes.AsSpan(length).Fill(0xEE);
            Assert.Equal(before, InternetChecksum.Sum(bytes.AsSpan(0, length)));
        }
    }

    [Fact]
    public void FoldIsTheSumModulo65535AndZeroOnlyForZero()
        => Gen.UInt.Sample(value =>
        {
            uint folded = InternetChecksum.Fold(value);
            Assert.True(folded <= 0xFFFF);
            Assert.Equal(value % 0xFFFF, folded % 0xFFFF);
            Assert.Equal(value == 0, folded == 0);
        });

    // The sum is in memory order; the complement as the field would be read from the wire.
    private static int Complement(ReadOnlySpan<byte> bytes)
    {
        uint checksum = InternetChecksum.Sum(bytes) ^ 0xFFFF;
        return (int)(((checksum & 0xFF) << 8) | (checksum >> 8));
    }
}
