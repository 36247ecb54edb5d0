// primitives' command line: primitives [--wall] [--entries none | int | gate | int,gate]. Next: PeerCosts.cs
using System;
using RingOS.User;

namespace RingOS.Primitives;

/// <summary>The settings of one run.</summary>
public sealed class PrimitivesOptions
{
    private const uint CountedTurns = 256;
    private const uint TimedTurns = 16_384;

    /// <summary>Turns of a batch: --wall takes many, for a clock that is not one of instructions.</summary>
    public uint Turns { get; private set; } = CountedTurns;

    /// <summary>The kernel can be called by `int 0x80`; not with --entries none or gate.</summary>
    public bool HasInterrupt { get; private set; } = true;

    /// <summary>The kernel can be called through a call gate; not with --entries none or int.</summary>
    public bool HasCallGate { get; private set; } = true;

    /// <summary>Reads the command line. False if it is wrong: then <paramref name="error"/> says why.</summary>
    public bool TryParse(Arguments arguments, TextBuffer error)
    {
        for (int i = 1; i < arguments.Count; i++)
        {
            if (arguments[i].SequenceEqual("--wall"u8))
                Turns = TimedTurns;
            else if (!arguments[i].SequenceEqual("--entries"u8) || !TryEntries(arguments[++i]))
                return Complain(error);
        }
        return true;
    }

    private bool TryEntries(ReadOnlySpan<byte> words)
    {
        HasInterrupt = words.SequenceEqual("int"u8) || words.SequenceEqual("int,gate"u8);
        HasCallGate = words.SequenceEqual("gate"u8) || words.SequenceEqual("int,gate"u8);
        return HasInterrupt || HasCallGate || words.SequenceEqual("none"u8);
    }

    private static bool Complain(TextBuffer error)
    {
        error.Clear().Append("usage: primitives [--wall] [--entries none | int | gate | int,gate]"u8);
        return false;
    }
}
