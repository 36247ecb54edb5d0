// Filling in a checksum field. RFC 1071. Next: InternetChecksum.cs
using System;

namespace RingOS.Net;

/// <summary>The checksum of IPv4 and ICMP: over all the bytes, with the field itself taken as zero.</summary>
internal static class ChecksumField
{
    public static void WriteChecksum(Span<byte> bytes, int offset)
    {
        Store(bytes, offset, 0);
        Store(bytes, offset, ~InternetChecksum.Sum(bytes));
    }

    /// <summary>Stores the lower 16 bits of a value in memory order.</summary>
    public static void Store(Span<byte> bytes, int offset, uint value)
    {
        bytes[offset] = (byte)value;
        bytes[offset + 1] = (byte)(value >> 8);
    }
}
