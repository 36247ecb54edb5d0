// Captures that cannot be written end; the medium goes on. Code: tools/RingOS.Ethernet/Trace/StationCaptures.cs
using System;
using System.IO;
using RingOS.Ethernet;
using Xunit;

namespace RingOS.Tests.Unit.Ethernet;

public sealed class StationCapturesTests
{
    [Fact]
    public void AFullDiskIsRememberedAndStopsNothing()
    {
        using FullDisk disk = new(room: 100);
        using StationCaptures captures = new(1, new BitClock(100_000_000), _ => disk);
        Frame frame = new(1, new byte[60]);
        captures.OnReceived(0, frame, 0);
        Assert.Null(captures.Failure);
        captures.OnReceived(0, frame, 1_000);
        captures.OnReceived(0, frame, 2_000);
        Assert.Equal("No space left on device", captures.Failure!.Message);
    }

    private sealed class FullDisk(int room) : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (Length + buffer.Length > room)
                throw new IOException("No space left on device");
            base.Write(buffer);
        }
    }
}
