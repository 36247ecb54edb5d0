// iperf2's datagrams on the wire, all fields big-endian. Source: payloads.h and Server.cpp of iperf 2.1.8. Next: IperfSession.cs
using System;
using System.Buffers.Binary;
using System.Net;

namespace RingOS.Host.Iperf;

/// <summary>The header at the start of every datagram: id, time of sending, high half of the id.</summary>
/// <param name="Id">From 1 upwards (0 in old clients); negative: the sender is done and wants the server's report.</param>
/// <param name="SentTicks">Time of sending by the sender's clock, in 100 ns since the Unix epoch.</param>
public readonly record struct IperfDatagram(long Id, long SentTicks)
{
    /// <summary>Bytes of the header; shorter datagrams are not iperf's.</summary>
    public const int HeaderSize = 16;

    /// <summary>Bytes of the header and the client's settings behind it.</summary>
    public const int SettingsSize = 40;

    /// <summary>Bytes of the server's report.</summary>
    public const int ReportSize = 128;

    private const int ShortestReport = 56; // without the high halves

    private const uint HeaderVersion1 = 0x8000_0000; // HEADER_VERSION1
    private const uint ExtendedIds = 0x0800_0000; // HEADER_SEQNO64B
    private const int FlagsOffset = 16;
    private const long TicksPerMicrosecond = TimeSpan.TicksPerMicrosecond;

    /// <summary>Whether the datagram ends a session.</summary>
    public bool IsLast => Id < 0;

    /// <summary>Reads a header.</summary>
    /// <returns>False if the datagram is too short to have one.</returns>
    public static bool TryRead(ReadOnlySpan<byte> datagram, out IperfDatagram header)
    {
        header = default;
        if (datagram.Length < HeaderSize)
            return false;
        int low = BinaryPrimitives.ReadInt32BigEndian(datagram);
        uint seconds = BinaryPrimitives.ReadUInt32BigEndian(datagram[4..]);
        uint microseconds = BinaryPrimitives.ReadUInt32BigEndian(datagram[8..]);
        int high = BinaryPrimitives.ReadInt32BigEndian(datagram[12..]);
        bool isLong = datagram.Length >= FlagsOffset + 4
            && (BinaryPrimitives.ReadUInt32BigEndian(datagram[FlagsOffset..]) & ExtendedIds) != 0;
        long id = isLong ? ((long)high << 32) | (uint)low : low;
        header = new IperfDatagram(id, (seconds * TimeSpan.TicksPerSecond) + (microseconds * TicksPerMicrosecond));
        return true;
    }

    /// <summary>Writes a header.</summary>
    public static void Write(Span<byte> datagram, IperfDatagram header)
    {
        BinaryPrimitives.WriteInt32BigEndian(datagram, (int)header.Id);
        BinaryPrimitives.WriteUInt32BigEndian(datagram[4..], (uint)(header.SentTicks / TimeSpan.TicksPerSecond));
        BinaryPrimitives.WriteUInt32BigEndian(datagram[8..], (uint)(header.SentTicks % TimeSpan.TicksPerSecond / TicksPerMicrosecond));
        BinaryPrimitives.WriteInt32BigEndian(datagram[12..], (int)(header.Id >> 32));
    }

    /// <summary>Writes what stays the same in all datagrams of a client: ids have 64 bits, one thread.</summary>
    public static void WriteSettings(Span<byte> datagram)
    {
        BinaryPrimitives.WriteUInt32BigEndian(datagram[FlagsOffset..], ExtendedIds);
        BinaryPrimitives.WriteUInt32BigEndian(datagram[(FlagsOffset + 4)..], 1);
    }

    /// <summary>Reads a server's report.</summary>
    /// <param name="packet">What the server sent.</param>
    /// <param name="sent">Data datagrams the client sent; the server's own count includes the closing one.</param>
    /// <param name="client">The client's end.</param>
    /// <param name="report">Null if it is none.</param>
    public static bool TryReadReport(ReadOnlySpan<byte> packet, long sent, IPEndPoint client, out IperfReport? report)
    {
        report = null;
        if (packet.Length < ShortestReport || (BinaryPrimitives.ReadUInt32BigEndian(packet[FlagsOffset..]) & HeaderVersion1) == 0)
            return false;
        ReadOnlySpan<byte> body = packet[FlagsOffset..];
        bool isLong = packet.Length >= ReportSize && (BinaryPrimitives.ReadUInt32BigEndian(body) & ExtendedIds) != 0;
        report = new IperfReport
        {
            Client = client,
            Sent = sent,
            Received = sent - Count(body, 20, 100, isLong),
            OutOfOrder = Count(body, 24, 104, isLong),
            Duplicates = 0, // not in the report
            Bytes = BinaryPrimitives.ReadInt64BigEndian(body[4..]),
            Jitter = ReadTime(body[32..]),
            Duration = ReadTime(body[12..]),
        };
        return true;
    }

    private static long Count(ReadOnlySpan<byte> body, int low, int high, bool isLong)
        => BinaryPrimitives.ReadUInt32BigEndian(body[low..]) | (isLong ? (long)BinaryPrimitives.ReadUInt32BigEndian(body[high..]) << 32 : 0);

    private static TimeSpan ReadTime(ReadOnlySpan<byte> source)
        => TimeSpan.FromSeconds(BinaryPrimitives.ReadUInt32BigEndian(source))
            + TimeSpan.FromMicroseconds(BinaryPrimitives.ReadUInt32BigEndian(source[4..]));

    /// <summary>Writes the server's report: the datagram's own header, then server_hdr_v1 and the high halves of the counts.</summary>
    /// <param name="destination">At least <see cref="ReportSize"/> bytes.</param>
    /// <param name="datagram">The datagram that asked for it; its header is sent back.</param>
    /// <param name="report">What has been received.</param>
    public static void WriteReport(Span<byte> destination, ReadOnlySpan<byte> datagram, IperfReport report)
    {
        Span<byte> packet = destination[..ReportSize];
        packet.Clear();
        datagram[..HeaderSize].CopyTo(packet);
        Span<byte> body = packet[FlagsOffset..];
        BinaryPrimitives.WriteUInt32BigEndian(body, HeaderVersion1);
        BinaryPrimitives.WriteInt64BigEndian(body[4..], report.Bytes); // total_len1, total_len2
        WriteTime(body[12..], report.Duration); // stop_sec, stop_usec
        BinaryPrimitives.WriteUInt32BigEndian(body[20..], (uint)report.Lost); // error_cnt
        BinaryPrimitives.WriteUInt32BigEndian(body[24..], (uint)report.OutOfOrder); // outorder_cnt
        BinaryPrimitives.WriteUInt32BigEndian(body[28..], (uint)report.Sent); // datagrams
        WriteTime(body[32..], report.Jitter); // jitter1, jitter2
        BinaryPrimitives.WriteUInt32BigEndian(body[100..], (uint)(report.Lost >> 32));
        BinaryPrimitives.WriteUInt32BigEndian(body[104..], (uint)(report.OutOfOrder >> 32));
        BinaryPrimitives.WriteUInt32BigEndian(body[108..], (uint)(report.Sent >> 32));
    }

    private static void WriteTime(Span<byte> destination, TimeSpan time)
    {
        long microseconds = time.Ticks / TicksPerMicrosecond;
        BinaryPrimitives.WriteUInt32BigEndian(destination, (uint)(microseconds / 1_000_000));
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], (uint)(microseconds % 1_000_000));
    }
}
