// The order to misbehave, as the kernel command line gives it: fault=wild-write@ffffffff80123000,after=1200. Not the driver's business:
// literals of bytes are addresses to the compiler. Next: NativeActs.cs
using System;

namespace RingOS.Hosts.Faulty;

/// <summary><c>KIND[@ADDRESS][,after=FRAMES]</c>, the address in hexadecimal.</summary>
public static class FaultWords
{
    private const int AddressDigits = 16;
    private const int CountDigits = 9;

    /// <summary>Reads a request; an empty text asks for no fault.</summary>
    /// <returns>Null for a kind that does not exist, or numbers that are none.</returns>
    public static FaultRequest? Parse(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
            return new FaultRequest(FaultKind.None, address: 0, FaultRequest.DefaultAfter);
        int comma = IndexOf(text, (byte)',');
        int at = IndexOf(text.Slice(0, comma), (byte)'@');
        ulong address = 0;
        ulong after = FaultRequest.DefaultAfter;
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
