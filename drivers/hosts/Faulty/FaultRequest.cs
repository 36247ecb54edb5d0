// The order to misbehave, as the kernel command line gives it: fault=wild-write@ffffffff80123000,after=1200. Next: FaultyDriver.cs
using System;

namespace RingOS.Hosts.Faulty;

/// <summary>Which fault, where, and when: <c>KIND[@ADDRESS][,after=FRAMES]</c>, the address in hexadecimal.</summary>
public sealed class FaultRequest(FaultKind kind, ulong address, ulong after)
{
    /// <summary>Frames that are sent well unless the request says otherwise.</summary>
    public const ulong DefaultAfter = 100;

    private const int AddressDigits = 16;
    private const int CountDigits = 9;

    public FaultKind Kind { get; } = kind;

    /// <summary>Where a wild write goes.</summary>
    public ulong Address { get; } = address;

    /// <summary>The fault happens with this frame, counted from 1.</summary>
    public ulong After { get; } = after;

    /// <summary>Reads a request; an empty text asks for no fault.</summary>
    /// <returns>Null for a kind that does not exist, or numbers that are none.</returns>
    public static FaultRequest? Parse(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
            return new FaultRequest(FaultKind.None, address: 0, DefaultAfter);
        int comma = IndexOf(text, (byte)',');
        int at = IndexOf(text.Slice(0, comma), (byte)'@');
        ulong address = 0;
        ulong after = DefaultAfter;
        FaultKind kind = KindOf(text.Slice(0, at));
        if (kind == FaultKind.None
            || (at < comma && !TryNumber(text.Slice(at + 1, comma - at - 1), 16, AddressDigits, out address))
            || (comma < text.Length && !TryAfter(text.Slice(comma + 1), out after)))
            return null;
        return new FaultRequest(kind, address, after);
    }

    private static FaultKind KindOf(ReadOnlySpan<byte> word)
    {
        if (word.SequenceEqual("wild-write"u8))
            return FaultKind.WildWrite;
        if (word.SequenceEqual("wild-dma"u8))
            return FaultKind.WildDma;
        if (word.SequenceEqual("privileged"u8))
            return FaultKind.Privileged;
        if (word.SequenceEqual("loop"u8))
            return FaultKind.Loop;
        return word.SequenceEqual("exit"u8) ? FaultKind.Exit : FaultKind.None;
    }

    private static bool TryAfter(ReadOnlySpan<byte> word, out ulong after)
    {
        ReadOnlySpan<byte> name = "after="u8;
        after = 0;
        return word.Length > name.Length
            && word.Slice(0, name.Length).SequenceEqual(name)
            && TryNumber(word.Slice(name.Length), 10, CountDigits, out after)
            && after > 0;
    }

    // The length of the text if the byte is not in it.
    private static int IndexOf(ReadOnlySpan<byte> text, byte wanted)
    {
        int index = 0;
        while (index < text.Length && text[index] != wanted)
            index++;
        return index;
    }

    private static bool TryNumber(ReadOnlySpan<byte> text, uint radix, int mostDigits, out ulong value)
    {
        value = 0;
        for (int i = 0; i < text.Length; i++)
        {
            uint digit = DigitOf(text[i]);
            if (digit >= radix)
                return false;
            value = (value * radix) + digit;
        }
        return text.Length > 0 && text.Length <= mostDigits;
    }

    private static uint DigitOf(byte character) => character switch
    {
        >= (byte)'0' and <= (byte)'9' => (uint)(character - '0'),
        >= (byte)'a' and <= (byte)'f' => (uint)(character - 'a' + 10),
        _ => uint.MaxValue,
    };
}
