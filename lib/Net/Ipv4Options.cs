// The options of a received IPv4 header: read over, but not believed. RFC 791 3.1, RFC 1122 3.2.1.8. Next: IcmpError.cs
using System;

namespace RingOS.Net;

/// <summary>No option changes what happens to a packet, except that a source route is not followed: then others would choose our ways.</summary>
internal static class Ipv4Options
{
    private const byte End = 0;
    private const byte NoOperation = 1;
    private const byte LooseSourceRoute = 131;
    private const byte StrictSourceRoute = 137;
    private const int ShortestWithLength = 2;

    /// <summary>Malformed, SourceRoute, or None if the options are harmless.</summary>
    /// <param name="options">What lies between the fixed header and the payload.</param>
    public static Ipv4Fault Examine(ReadOnlySpan<byte> options)
    {
        int position = 0;
        while (position < options.Length && options[position] != End)
        {
            byte kind = options[position];
            if (kind is LooseSourceRoute or StrictSourceRoute)
                return Ipv4Fault.SourceRoute;
            int length = kind == NoOperation ? 1 : LengthAt(options, position);
            if (length == 0)
                return Ipv4Fault.Malformed;
            position += length;
        }
        return Ipv4Fault.None;
    }

    // 0 if the option does not fit.
    private static int LengthAt(ReadOnlySpan<byte> options, int position)
    {
        int length = position + 1 < options.Length ? options[position + 1] : 0;
        return length >= ShortestWithLength && position + length <= options.Length ? length : 0;
    }
}
