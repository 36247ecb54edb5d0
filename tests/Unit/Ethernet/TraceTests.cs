// What is written of a run: trace lines with a hash, and captures. Back to: WireLog.cs
using System;
using System.Buffers.Binary;
using System.IO;
using System.Linq;
using System.Text;
using RingOS.Ethernet;
using Xunit;

namespace RingOS.Tests.Unit.Ethernet;

public sealed class TraceTests
{
    [Fact]
    public void ARunIsWrittenLineByLine()
    {
        using MemoryStream lines = new();
        using MediumTrace trace = new(lines);
        WireLog log = new(MediumOptions.OfStations(2), trace);
        log.Send(0, new Frame(5, Bytes(14)));
        log.Medium.Run(100);
        log.Send(1, WireLog.FrameOf(6, 60));
        log.Medium.Run(2000);
        Assert.Equal(
            """
            0 attempt 0 5 1
            576 sent 0 5 bytes 14 digest 2aab373878fd97d2 collisions 0 deferred 0 offered 0 started 0
            576 received 1 5
            672 defer 1 6 since 100
            672 attempt 1 6 1
            1248 sent 1 6 bytes 60 digest cbf29ce484222325 collisions 0 deferred 1 offered 100 started 672
            1248 received 0 6

            """,
            Encoding.ASCII.GetString(lines.ToArray()));
        Assert.Equal(7, trace.Lines);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(lines.ToArray())), trace.Hash);
    }

    [Fact]
    public void OtherContentsAreAnotherHash() => Assert.NotEqual(HashOf(1), HashOf(2));

    [Fact]
    public void ACaptureHasWhatAStationHears()
    {
        using MemoryStream first = new();
        using MemoryStream second = new();
        MediumOptions options = MediumOptions.OfStations(2, 3) with { BitsPerSecond = 10_000_000 };
        using StationCaptures captures = new(2, new BitClock(options.BitsPerSecond), station => station == 0 ? first : second);
        WireLog log = new(options, captures);
        log.Medium.Run(20_000_000);
        log.Send(0, new Frame(1, Bytes(20)));
        log.Medium.Run(20_100_000);
        captures.Flush();
        Assert.Equal(24, first.Length); // nothing but its header
        ReadOnlySpan<byte> capture = second.ToArray();
        Assert.Equal(0xA1B23C4D, BinaryPrimitives.ReadUInt32LittleEndian(capture));
        Assert.Equal(1, BinaryPrimitives.ReadInt32LittleEndian(capture[20..]));
        Assert.Equal(2, BinaryPrimitives.ReadInt32LittleEndian(capture[24..])); // seconds
        Assert.Equal((576 + 6) * 100, BinaryPrimitives.ReadInt32LittleEndian(capture[28..])); // nanoseconds
        Assert.Equal(60, BinaryPrimitives.ReadInt32LittleEndian(capture[32..]));
        Assert.Equal(60, BinaryPrimitives.ReadInt32LittleEndian(capture[36..]));
        Assert.Equal([.. Bytes(20), .. new byte[40]], capture[40..].ToArray());
    }

    [Fact]
    public void TheSameSweepWritesTheSameJson()
    {
        LoadOptions options = new() { Stations = [2, 3], Loads = [.5], Seconds = .01 };
        Assert.Equal(Json(options), Json(options));
        Assert.Contains("\"load\": 0.5", Json(options));
        Assert.DoesNotContain("took", Json(options), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void AddressesAreReadFromTheBytes()
    {
        Frame frame = new(1, Bytes(14));
        Assert.Equal("01:02:03:04:05:06", frame.Destination.ToString());
        Assert.Equal("07:08:09:0a:0b:0c", frame.Source.ToString());
        Assert.True(frame.Destination.IsGroup);
        Assert.Equal(64, frame.WireBytes);
    }

    private static byte[] Bytes(int length, byte first = 1) => [.. Enumerable.Range(first, length).Select(static value => (byte)value)];

    private static string HashOf(byte first)
    {
        using MediumTrace trace = new();
        WireLog log = new(MediumOptions.OfStations(2), trace);
        log.Send(0, new Frame(1, Bytes(100, first)));
        log.Medium.Run(10_000);
        return trace.Hash;
    }

    private static string Json(LoadOptions options) => LoadSweepJson.Format(options, [.. new LoadSweep(options).Run()]);
}
