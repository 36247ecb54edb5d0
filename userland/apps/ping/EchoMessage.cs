// ICMP echo as an echo socket passes it. RFC 792. Next: RoundTrips.cs
using System;
using RingOS.User;

namespace RingOS.Ping;

/// <summary>Offsets: 0 = type, 1 = code, 2 = checksum and 4 = identifier (the network stack's), 6 = sequence number, 8 = data.</summary>
public static class EchoMessage
{
    public const int HeaderSize = 8;

    private const byte EchoRequest = 8;
    private const byte EchoReply = 0;
    private const int Sequence = 6;

    public static void WriteRequest(Span<byte> message, ushort sequence)
    {
        message.Slice(0, HeaderSize).Clear();
        message[0] = EchoRequest;
        BigEndian.Write16(message, Sequence, sequence);
        for (int i = HeaderSize; i < message.Length; i++)
            message[i] = (byte)i;
    }

    /// <summary>Whether this is the answer to the request: same sequence number, same data.</summary>
    public static bool IsReply(ReadOnlySpan<byte> message, ReadOnlySpan<byte> request)
        => message.Length == request.Length
            && message[0] == EchoReply
            && BigEndian.Read16(message, Sequence) == BigEndian.Read16(request, Sequence)
            && message.Slice(HeaderSize).SequenceEqual(request.Slice(HeaderSize));
}
