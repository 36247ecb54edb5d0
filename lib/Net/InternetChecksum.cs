// The ones' complement sum of IPv4, ICMP and UDP. RFC 1071. Next: BigEndian.cs
using System;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace RingOS.Net;

/// <summary>
/// Sums of 16-bit words as they lie in memory, low byte first. By RFC 1071 2(B) such a sum has only its bytes exchanged against
/// one in network order, so it is stored back as it is; what is added by hand goes through <see cref="BigEndian.Swap(ushort)"/>.
/// </summary>
public static class InternetChecksum
{
    /// <summary>What a sum over data that includes its own right checksum comes to.</summary>
    public const uint Right = 0xFFFF;

    private const int Block = 8 * Words.Size;

    // A shifted word reaches this far beyond the last word of its block.
    private const int Overhang = sizeof(uint);

    /// <summary>Brings the carries of a sum back in: the result fits in 16 bits, and is 0 only for 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Fold(uint sum) => (sum + BitOperations.RotateLeft(sum, 16)) >> 16;

    /// <summary>The folded sum of up to 65535 bytes; a last odd byte is padded with zero.</summary>
    /// <remarks>
    /// There is no add-with-carry in C#. Instead every 64-bit word is added twice without regard to carries, once as it is and once
    /// from 4 bytes further on: one instruction each. The lower half of the second sum is that of all upper halves, and vice versa,
    /// so the two together give both sums of 32-bit halves without loss. See <see cref="Combine"/>.
    /// </remarks>
    public static uint Sum(ReadOnlySpan<byte> bytes)
    {
        ulong aligned = 0;
        ulong shifted = 0;
        ReadOnlySpan<byte> rest = bytes;
        while (rest.Length >= Block + Overhang)
        {
            ReadOnlySpan<byte> block = rest.Slice(0, Block + Overhang);
            aligned += Words.Read(block, 0);
            shifted += Words.Read(block, 0 + Overhang);
            aligned += Words.Read(block, 8);
            shifted += Words.Read(block, 8 + Overhang);
            aligned += Words.Read(block, 16);
            shifted += Words.Read(block, 16 + Overhang);
            aligned += Words.Read(block, 24);
            shifted += Words.Read(block, 24 + Overhang);
            aligned += Words.Read(block, 32);
            shifted += Words.Read(block, 32 + Overhang);
            aligned += Words.Read(block, 40);
            shifted += Words.Read(block, 40 + Overhang);
            aligned += Words.Read(block, 48);
            shifted += Words.Read(block, 48 + Overhang);
            aligned += Words.Read(block, 56);
            shifted += Words.Read(block, 56 + Overhang);
            rest = rest.Slice(Block);
        }
        ulong sum = SumTail(rest);
        if (rest.Length != bytes.Length)
            sum += Combine(aligned, shifted, FirstHalf(bytes), FirstHalf(rest));
        sum = (uint)sum + (sum >> 32);
        return Fold((uint)sum + (uint)(sum >> 32));
    }

    private static uint FirstHalf(ReadOnlySpan<byte> bytes)
        => (uint)(bytes[0] | (bytes[1] << 8) | (bytes[2] << 16) | (bytes[3] << 24));

    // With L and H the sums of the lower and upper halves, and L' = L - first + beyond:
    // aligned = L + H * 2^32 and shifted = H + L' * 2^32, both modulo 2^64.
    private static ulong Combine(ulong aligned, ulong shifted, uint first, uint beyond)
    {
        ulong lower = (uint)aligned + (((aligned >> 32) - (uint)shifted) << 32);
        ulong lowerShifted = lower - first + beyond;
        ulong upper = (uint)shifted + (((shifted >> 32) - lowerShifted) << 32);
        return lower + upper;
    }

    private static ulong SumTail(ReadOnlySpan<byte> rest)
    {
        ulong sum = 0;
        for (; rest.Length >= Words.Size; rest = rest.Slice(Words.Size))
        {
            ulong word = Words.Read(rest, 0);
            sum += (uint)word + (word >> 32);
        }
        for (; rest.Length >= 2; rest = rest.Slice(2))
            sum += (uint)(rest[0] | (rest[1] << 8));
        return rest.Length != 0 ? sum + rest[0] : sum;
    }
}
