// The first bytes of every iperf datagram. iperf 2.1.8: include/payloads.h, UDP_datagram and client_hdr_v1. Next: TimestampClock.cs
using System;
using System.Runtime.CompilerServices;
using RingOS.User;

namespace RingOS.Iperf;

/// <summary>
/// Big-endian, at offsets: 0 = id, low 32 bits; 4 = seconds; 8 = microseconds; 12 = id, high 32 bits. If the datagram is long
/// enough, settings: 16 = flags, 20 = threads, 24 = port, 28 = buffer length, 32 = bandwidth,
/// 36 = amount (bytes, or minus hundredths of seconds).
/// Ids count from 1; the last datagram's is negative.
/// </summary>
public static class DatagramHeader
{
    /// <summary>Bytes that name a datagram: no datagram is shorter.</summary>
    public const int Size = 16;

    /// <summary>Header and settings together.</summary>
    public const int SizeWithSettings = 40;

    /// <summary>Ids have 64 bits (HEADER_SEQNO64B).</summary>
    public const uint WideIds = 0x0800_0000;

    private const int IdLow = 0;
    private const int Seconds = 4;
    private const int Microseconds = 8;
    private const int IdHigh = 12;
    private const int Flags = 16;
    private const int Threads = 20;
    private const int Port = 24;
    private const int Amount = 36;

    /// <summary>What stays the same in all datagrams of a run.</summary>
    public static void WriteSettings(Span<byte> datagram, IperfOptions options)
    {
        if (datagram.Length < SizeWithSettings)
            return;
        BigEndian.Write32(datagram, Flags, WideIds);
        BigEndian.Write32(datagram, Threads, 1);
        BigEndian.Write32(datagram, Port, options.Port);
        uint hundredths = (uint)(options.Milliseconds / 10);
        BigEndian.Write32(datagram, Amount, options.Amount == 0 ? 0 - hundredths : (uint)Math.Min(options.Amount, (ulong)int.MaxValue));
    }

    /// <summary>The part that every datagram has new.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteStamp(Span<byte> datagram, uint idLow, uint seconds, uint microseconds)
    {
        BigEndian.Write32(datagram, IdLow, idLow);
        BigEndian.Write32(datagram, Seconds, seconds);
        BigEndian.Write32(datagram, Microseconds, microseconds);
    }

    /// <summary>The part that changes every 4,294,967,296 datagrams.</summary>
    public static void WriteIdHigh(Span<byte> datagram, uint idHigh) => BigEndian.Write32(datagram, IdHigh, idHigh);

    /// <summary>The id of a datagram of at least <see cref="Size"/> bytes: 64 bits where its flags say so, else 32.</summary>
    public static long ReadId(ReadOnlySpan<byte> datagram)
    {
        uint low = BigEndian.Read32(datagram, IdLow);
        bool isWide = datagram.Length >= SizeWithSettings && (BigEndian.Read32(datagram, Flags) & WideIds) != 0;
        return isWide ? ((long)BigEndian.Read32(datagram, IdHigh) << 32) | low : (int)low;
    }

    /// <summary>When a datagram was sent, by the sender's clock: microseconds since the Unix epoch.</summary>
    public static ulong ReadMicroseconds(ReadOnlySpan<byte> datagram)
        => (ulong)BigEndian.Read32(datagram, Seconds) * 1_000_000 + BigEndian.Read32(datagram, Microseconds);

    /// <summary>A whole id; negative ones end a run.</summary>
    public static void WriteId(Span<byte> datagram, long id)
    {
        BigEndian.Write32(datagram, IdLow, (uint)id);
        BigEndian.Write32(datagram, IdHigh, (uint)(id >> 32));
    }
}
