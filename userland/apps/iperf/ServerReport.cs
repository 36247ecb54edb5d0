// What the server received, and how it says so. iperf 2.1.8: include/payloads.h, server_hdr. Next: MeasuredWindow.cs
using System;
using RingOS.User;

namespace RingOS.Iperf;

/// <summary>What a server knows at the end, and its acknowledgement: 16 bytes of header, 40 of counts, 60 of transit times, 12 of high words.</summary>
public sealed class ServerReport
{
    /// <summary>Header and counts; what follows is optional.</summary>
    public const int MinimumSize = 56;

    /// <summary>With the high words of the counts.</summary>
    public const int FullSize = 128;

    /// <summary>The report is valid (HEADER_VERSION1).</summary>
    public const uint IsValid = 0x8000_0000;

    private const int Flags = 16;
    private const int BytesHigh = 20;
    private const int BytesLow = 24;
    private const int StopSeconds = 28;
    private const int StopRest = 32;
    private const int LostLow = 36;
    private const int OutOfOrderLow = 40;
    private const int DatagramsLow = 44;
    private const int JitterSeconds = 48;
    private const int JitterRest = 52;
    private const int LostHigh = 116;
    private const int OutOfOrderHigh = 120;
    private const int DatagramsHigh = 124;

    private const uint MicrosecondsPerSecond = 1_000_000;

    public ulong Bytes { get; set; }

    /// <summary>From the first datagram to the last.</summary>
    public ulong StopMicroseconds { get; set; }

    public ulong Lost { get; set; }

    public ulong OutOfOrder { get; set; }

    /// <summary>All that should have come, as the server counts: with the final one.</summary>
    public ulong Datagrams { get; set; }

    public ulong JitterMicroseconds { get; set; }

    /// <summary>Datagrams that did come.</summary>
    public ulong Received => Datagrams - Lost;

    /// <summary>False if it is too short, not marked as valid, or contradicts itself; the properties mean nothing then.</summary>
    public bool TryParse(ReadOnlySpan<byte> packet)
    {
        if (packet.Length < MinimumSize || (BigEndian.Read32(packet, Flags) & IsValid) == 0)
            return false;
        bool isWide = (BigEndian.Read32(packet, Flags) & DatagramHeader.WideIds) != 0 && packet.Length >= FullSize;
        Bytes = Wide(packet, BytesHigh, BytesLow);
        StopMicroseconds = Time(packet, StopSeconds, StopRest);
        JitterMicroseconds = Time(packet, JitterSeconds, JitterRest);
        Lost = isWide ? Wide(packet, LostHigh, LostLow) : BigEndian.Read32(packet, LostLow);
        OutOfOrder = isWide ? Wide(packet, OutOfOrderHigh, OutOfOrderLow) : BigEndian.Read32(packet, OutOfOrderLow);
        Datagrams = isWide ? Wide(packet, DatagramsHigh, DatagramsLow) : BigEndian.Read32(packet, DatagramsLow);
        return Lost <= Datagrams;
    }

    /// <summary>Writes it as a server answers the final datagram.</summary>
    /// <param name="packet">At least <see cref="FullSize"/> bytes, the first 16 being the header of the final datagram.</param>
    public void Write(Span<byte> packet)
    {
        packet.Slice(DatagramHeader.Size, FullSize - DatagramHeader.Size).Clear();
        BigEndian.Write32(packet, Flags, IsValid | DatagramHeader.WideIds);
        WriteWide(packet, BytesHigh, BytesLow, Bytes);
        WriteTime(packet, StopSeconds, StopRest, StopMicroseconds);
        WriteWide(packet, LostHigh, LostLow, Lost);
        WriteWide(packet, OutOfOrderHigh, OutOfOrderLow, OutOfOrder);
        WriteWide(packet, DatagramsHigh, DatagramsLow, Datagrams);
        WriteTime(packet, JitterSeconds, JitterRest, JitterMicroseconds);
    }

    private static void WriteWide(Span<byte> packet, int high, int low, ulong value)
    {
        BigEndian.Write32(packet, high, (uint)(value >> 32));
        BigEndian.Write32(packet, low, (uint)value);
    }

    private static void WriteTime(Span<byte> packet, int seconds, int rest, ulong microseconds)
    {
        BigEndian.Write32(packet, seconds, (uint)(microseconds / MicrosecondsPerSecond));
        BigEndian.Write32(packet, rest, (uint)(microseconds % MicrosecondsPerSecond));
    }

    private static ulong Wide(ReadOnlySpan<byte> packet, int high, int low)
        => ((ulong)BigEndian.Read32(packet, high) << 32) | BigEndian.Read32(packet, low);

    private static ulong Time(ReadOnlySpan<byte> packet, int seconds, int rest)
        => (ulong)BigEndian.Read32(packet, seconds) * MicrosecondsPerSecond + BigEndian.Read32(packet, rest);
}
