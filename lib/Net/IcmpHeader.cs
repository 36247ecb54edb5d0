// The ICMP messages we know. RFC 792. Next: ChecksumField.cs
using System;

namespace RingOS.Net;

/// <summary>Offsets from the start of the ICMP message.</summary>
internal static class IcmpHeader
{
    public const int Size = 8;

    public const byte EchoReply = 0;
    public const byte DestinationUnreachable = 3;
    public const byte EchoRequest = 8;
    public const byte TimeExceeded = 11;

    /// <summary>Code of <see cref="DestinationUnreachable"/>.</summary>
    public const byte PortUnreachable = 3;

    /// <summary>Code of <see cref="TimeExceeded"/>.</summary>
    public const byte ReassemblyTimeExceeded = 1;

    private const int Type = 0;
    private const int Code = 1;
    private const int Checksum = 2;
    private const int Identifier = 4;

    public static byte TypeOf(ReadOnlySpan<byte> message) => message[Type];

    public static byte CodeOf(ReadOnlySpan<byte> message) => message[Code];

    public static ushort IdentifierOf(ReadOnlySpan<byte> message) => BigEndian.Read16(message, Identifier);

    /// <summary>True if a program may send it: an echo request.</summary>
    public static bool IsEchoRequest(ReadOnlySpan<byte> message) => message[Type] == EchoRequest && message[Code] == 0;

    /// <summary>Puts the header of an error message before what it quotes.</summary>
    public static void WriteError(Span<byte> message, byte type, byte code)
    {
        message.Slice(0, Size).Clear();
        message[Type] = type;
        message[Code] = code;
        ChecksumField.WriteChecksum(message, Checksum);
    }

    /// <summary>Puts in what the stack decides about an outgoing echo request.</summary>
    public static void FinishRequest(Span<byte> message, ushort identifier)
    {
        BigEndian.Write16(message, Identifier, identifier);
        ChecksumField.WriteChecksum(message, Checksum);
    }

    /// <summary>Makes a received echo request the reply to it, in place.</summary>
    public static void TurnIntoReply(Span<byte> message)
    {
        message[Type] = EchoReply;
        ChecksumField.WriteChecksum(message, Checksum);
    }
}
