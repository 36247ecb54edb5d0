// Captures that Wireshark reads: classic pcap with nanoseconds (magic A1B23C4D, link type 1). Next: StationCaptures.cs
using System;
using System.Buffers.Binary;
using System.IO;

namespace RingOS.Ethernet;

/// <summary>Writes frames with simulated time from 0. As captures usually are, without check sequence, and padded.</summary>
public sealed class PcapWriter
{
    private const uint NanosecondMagic = 0xA1B2_3C4D;
    private const ushort MajorVersion = 2;
    private const ushort MinorVersion = 4;
    private const int SnapLength = 65535;
    private const int LinkTypeEthernet = 1;
    private const int FileHeaderSize = 24;
    private const int RecordHeaderSize = 16;
    private const long NanosecondsPerSecond = 1_000_000_000;
    private readonly Stream _stream;
    private readonly BitClock _clock;
    private readonly byte[] _record = new byte[RecordHeaderSize + Frame.MostBytes];

    /// <summary>Writes the file header. The stream stays the caller's.</summary>
    public PcapWriter(Stream stream, BitClock clock)
    {
        _stream = stream;
        _clock = clock;
        Span<byte> header = stackalloc byte[FileHeaderSize];
        header.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(header, NanosecondMagic);
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], MajorVersion);
        BinaryPrimitives.WriteUInt16LittleEndian(header[6..], MinorVersion);
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], SnapLength);
        BinaryPrimitives.WriteInt32LittleEndian(header[20..], LinkTypeEthernet);
        stream.Write(header);
    }

    /// <summary>A frame that has only a length is recorded with that length and no bytes.</summary>
    public void Write(Frame frame, long at)
    {
        int length = frame.WireBytes - Frame.CheckSequenceBytes;
        int captured = frame.Bytes.IsEmpty ? 0 : length;
        (long seconds, long nanoseconds) = Math.DivRem(_clock.ToNanoseconds(at), NanosecondsPerSecond);
        Span<byte> record = _record.AsSpan(0, RecordHeaderSize + captured);
        record.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(record, (uint)seconds);
        BinaryPrimitives.WriteUInt32LittleEndian(record[4..], (uint)nanoseconds);
        BinaryPrimitives.WriteInt32LittleEndian(record[8..], captured);
        BinaryPrimitives.WriteInt32LittleEndian(record[12..], length);
        frame.Bytes.Span.CopyTo(record[RecordHeaderSize..]);
        _stream.Write(record);
    }
}
