// ping's command line: ping [-q] [-c count] [-s bytes] [-i seconds] [--json] host. Next: EchoMessage.cs
using System;
using RingOS.Abi;
using RingOS.User;

namespace RingOS.Ping;

/// <summary>The settings of one run.</summary>
public sealed class PingOptions
{
    /// <summary>Most data that fits one frame behind the ICMP header: 1472.</summary>
    public const int MaximumBytes = PacketLayout.MaximumEchoMessage - EchoMessage.HeaderSize;

    private const int MillisecondDecimals = 3;

    public uint Host { get; private set; }

    /// <summary>-c: requests to send.</summary>
    public uint Count { get; private set; } = 4;

    /// <summary>-s: bytes of data behind the ICMP header.</summary>
    public int Bytes { get; private set; } = 56;

    /// <summary>-i, in seconds there: from one request to the next.</summary>
    public uint IntervalMilliseconds { get; private set; } = 1000;

    /// <summary>-q: no line for each reply.</summary>
    public bool IsQuiet { get; private set; }

    /// <summary>--json: a log event with exact counts at the end.</summary>
    public bool IsJson { get; private set; }

    /// <summary>Reads the command line. False if it is wrong: then <paramref name="error"/> says why.</summary>
    public bool TryParse(Arguments arguments, TextBuffer error)
    {
        bool hasHost = false;
        for (int i = 1; i < arguments.Count; i++)
        {
            ReadOnlySpan<byte> word = arguments[i];
            if (TrySwitch(word))
                continue;
            if (word.Length >= 2 && word[0] == (byte)'-')
            {
                if (!TryOption(word[1], word.Length > 2 ? word.Slice(2) : arguments[++i]))
                    return Complain(error, "bad option or value: "u8, word);
            }
            else if (hasHost || !NumberParser.TryAddress(word, out uint host))
            {
                return Complain(error, "not one IPv4 address, and there is no name service: "u8, word);
            }
            else
            {
                Host = host;
                hasHost = true;
            }
        }
        return hasHost || Complain(error, "usage: ping [-q] [-c count] [-s bytes] [-i seconds] [--json] ADDRESS"u8, default);
    }

    private bool TrySwitch(ReadOnlySpan<byte> word)
    {
        if (word.SequenceEqual("-q"u8))
            return IsQuiet = true;
        return word.SequenceEqual("--json"u8) && (IsJson = true);
    }

    private bool TryOption(byte letter, ReadOnlySpan<byte> text)
    {
        if (!NumberParser.TryFixed(text, letter == (byte)'i' ? MillisecondDecimals : 0, out ulong value))
            return false;
        switch (letter)
        {
            case (byte)'c':
                Count = (uint)value;
                return value is >= 1 and <= 65535;
            case (byte)'s':
                Bytes = (int)value;
                return value <= MaximumBytes;
            case (byte)'i':
                IntervalMilliseconds = (uint)value;
                return value <= 1_000_000;
            default:
                return false;
        }
    }

    private static bool Complain(TextBuffer error, ReadOnlySpan<byte> complaint, ReadOnlySpan<byte> what)
    {
        error.Clear().Append("ping: "u8).Append(complaint).Append(what);
        return false;
    }
}
