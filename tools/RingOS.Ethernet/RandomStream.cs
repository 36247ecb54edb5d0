// Random numbers that are the same everywhere and for ever: xoshiro256** seeded by splitmix64 (Blackman, Vigna). Next: Medium.cs
using System;
using System.Numerics;

namespace RingOS.Ethernet;

/// <summary>A stream of its own for every station and purpose, so that one's draws do not disturb another's.</summary>
public sealed class RandomStream
{
    private const double TwoToMinus53 = 1.0 / (1UL << 53);
    private const ulong GoldenGamma = 0x9E37_79B9_7F4A_7C15;
    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;

    /// <param name="seed">Of the run.</param>
    /// <param name="purpose">Tells apart kinds of streams.</param>
    /// <param name="number">Tells apart streams of a kind.</param>
    public RandomStream(ulong seed, StreamPurpose purpose, ulong number)
    {
        ulong state = Mix(Mix(seed) + ((ulong)purpose * GoldenGamma)) + number;
        _a = Next(ref state);
        _b = Next(ref state);
        _c = Next(ref state);
        _d = Next(ref state);
    }

    /// <summary>64 random bits.</summary>
    public ulong NextBits()
    {
        ulong result = BitOperations.RotateLeft(_b * 5, 7) * 9;
        ulong shifted = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= shifted;
        _d = BitOperations.RotateLeft(_d, 45);
        return result;
    }

    /// <summary>0 to <c>2^bits - 1</c>, each as likely.</summary>
    public int NextOfBits(int bits) => (int)(NextBits() & ((1UL << bits) - 1));

    /// <summary>0 to <paramref name="below"/> - 1, each as likely within 2^-32.</summary>
    public int NextBelow(int below) => (int)(((NextBits() >> 32) * (ulong)below) >> 32);

    /// <summary>Above 0, with the given mean: the time to the next event of a Poisson process.</summary>
    public double NextExponential(double mean) => -mean * Math.Log(((NextBits() >> 11) + 1) * TwoToMinus53);

    private static ulong Next(ref ulong state) => Mix(state += GoldenGamma);

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58_476D_1CE4_E5B9;
        value = (value ^ (value >> 27)) * 0x94D0_49BB_1331_11EB;
        return value ^ (value >> 31);
    }
}
