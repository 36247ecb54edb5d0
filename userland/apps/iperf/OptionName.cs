// How each option may be spelled. Next: DatagramHeader.cs
using System;
using RingOS.User;

namespace RingOS.Iperf;

/// <summary>The options of iperf that RingOS has; the values are their letters.</summary>
public enum Option : byte
{
    Unknown = 0,
    Bandwidth = (byte)'b',
    Client = (byte)'c',
    Help = (byte)'h',
    Interval = (byte)'i',

    /// <summary>Long form only.</summary>
    Json = (byte)'j',

    /// <summary>Long form only.</summary>
    Latency = (byte)'y',
    Length = (byte)'l',
    Amount = (byte)'n',

    /// <summary>Long form only.</summary>
    OnWriteError = (byte)'o',
    Port = (byte)'p',

    /// <summary>Long form only.</summary>
    FullQueue = (byte)'q',
    Server = (byte)'s',
    Time = (byte)'t',
    Udp = (byte)'u',
}

/// <summary>Recognises "-b", "-b50m" and "--bandwidth".</summary>
public static class OptionName
{
    public static Option Find(ReadOnlySpan<byte> word)
    {
        if (word.Length < 2 || word[0] != (byte)'-')
            return Option.Unknown;
        if (word[1] == (byte)'-')
            return FindLong(word.Slice(2));
        Option option = FindLetter(word[1]);
        bool isSwitch = option is Option.Udp or Option.Help or Option.Server;
        return isSwitch && word.Length > 2 ? Option.Unknown : option;
    }

    /// <summary>What follows the letter in the same word, as in -b50m; empty if nothing does.</summary>
    public static ReadOnlySpan<byte> AttachedValue(ReadOnlySpan<byte> word)
        => word.Length > 2 && word[1] != (byte)'-' ? word.Slice(2) : default;

    private static Option FindLetter(byte letter) => letter switch
    {
        (byte)'b' or (byte)'c' or (byte)'h' or (byte)'i' or (byte)'l' => (Option)letter,
        (byte)'n' or (byte)'p' or (byte)'s' or (byte)'t' or (byte)'u' => (Option)letter,
        _ => Option.Unknown,
    };

    private static Option FindLong(ReadOnlySpan<byte> name) => name switch
    {
        _ when name.SequenceEqual("bandwidth"u8) => Option.Bandwidth,
        _ when name.SequenceEqual("client"u8) => Option.Client,
        _ when name.SequenceEqual("help"u8) => Option.Help,
        _ when name.SequenceEqual("interval"u8) => Option.Interval,
        _ when name.SequenceEqual("json"u8) => Option.Json,
        _ when name.SequenceEqual("full-queue"u8) => Option.FullQueue,
        _ when name.SequenceEqual("latency"u8) => Option.Latency,
        _ when name.SequenceEqual("len"u8) => Option.Length,
        _ when name.SequenceEqual("num"u8) => Option.Amount,
        _ when name.SequenceEqual("port"u8) => Option.Port,
        _ when name.SequenceEqual("server"u8) => Option.Server,
        _ when name.SequenceEqual("on-write-error"u8) => Option.OnWriteError,
        _ when name.SequenceEqual("time"u8) => Option.Time,
        _ when name.SequenceEqual("udp"u8) => Option.Udp,
        _ => Option.Unknown,
    };
}
