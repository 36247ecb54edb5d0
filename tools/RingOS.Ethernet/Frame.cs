// A frame as a station hands it to its MAC: without preamble, padding and check sequence. IEEE 802.3 clause 3. Next: Medium.cs
using System;

namespace RingOS.Ethernet;

/// <summary>Immutable. Has bytes, or for pure simulations only a length and two addresses.</summary>
public sealed class Frame
{
    /// <summary>Destination, source and type.</summary>
    public const int HeaderBytes = 14;

    /// <summary>Shorter frames are padded to this by the MAC.</summary>
    public const int PaddedBytes = 60;

    public const int MostBytes = 1514;

    /// <summary>The frame check sequence, which the MAC adds.</summary>
    public const int CheckSequenceBytes = 4;

    /// <param name="id">Names the frame in traces; the medium does not look at it.</param>
    /// <param name="bytes">From the destination address to the end of the payload; whoever made the frame leaves them alone.</param>
    /// <exception cref="ArgumentException">Shorter than a header, or longer than Ethernet allows.</exception>
    public Frame(long id, ReadOnlyMemory<byte> bytes)
        : this(id, bytes.Length, Read(bytes, 0), Read(bytes, MacAddress.Size)) => Bytes = bytes;

    private Frame(long id, int length, MacAddress destination, MacAddress source)
    {
        if (length is < HeaderBytes or > MostBytes)
            throw new ArgumentException($"a frame of {length} bytes: from {HeaderBytes} to {MostBytes} can be sent");
        Id = id;
        Length = length;
        Destination = destination;
        Source = source;
    }

    public long Id { get; }

    /// <summary>Empty if the frame has only a length.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>As handed over.</summary>
    public int Length { get; }

    public MacAddress Destination { get; }

    public MacAddress Source { get; }

    /// <summary>Bytes from destination address to check sequence: 64 to 1518.</summary>
    public int WireBytes => Math.Max(Length, PaddedBytes) + CheckSequenceBytes;

    /// <summary>The same in bits.</summary>
    public int Bits => WireBytes * 8;

    /// <summary>Bit times to send it, preamble included.</summary>
    public int TransmissionTime => CsmaCd.Preamble + Bits;

    /// <summary>A frame without contents.</summary>
    /// <exception cref="ArgumentException">Shorter than a header, or longer than Ethernet allows.</exception>
    public static Frame OfLength(long id, int length, MacAddress destination, MacAddress source) => new(id, length, destination, source);

    private static MacAddress Read(ReadOnlyMemory<byte> bytes, int offset)
        => bytes.Length < HeaderBytes ? default : MacAddress.Read(bytes.Span[offset..]);
}
