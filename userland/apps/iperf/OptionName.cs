// How each option may be spelled. Next: UnsupportedOption.cs
using System;
using RingOS.User;

namespace RingOS.Iperf;

/// <summary>The options of iperf that RingOS has; the values are their letters.</summary>
public enum Option : byte
{
    Unknown = 0,
    Bandwidth = (byte)'b',
    Client = (byte)'c',

    /// <summary>-1, -C, -U: ask for what is so anyway.</summary>
    Given = (byte)'C',
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
    Version = (byte)'v',
}

/// <summary>Recognises "-b", "-b50m", "--bandwidth" and "--bandwidth=50m".</summary>
public static class OptionName
{
    public static Option Find(ReadOnlySpan<byte> word)
    {
        if (word.Length < 2 || word[0] != (byte)'-')
            return Option.Unknown;
        Option option = IsLong(word) ? FindLong(NameIn(word)) : FindLetter(word[1]);
        return IsSwitch(option) && HasAttached(word) ? Option.Unknown : option;
    }

    /// <summary>The letter, or the long name, without dashes and value; empty if the word is no option.</summary>
    public static ReadOnlySpan<byte> NameIn(ReadOnlySpan<byte> word)
    {
        if (word.Length < 2 || word[0] != (byte)'-')
            return default;
        if (!IsLong(word))
            return word.Slice(1, 1);
        int end = 2;
        while (end < word.Length && word[end] != (byte)'=')
            end++;
        return word.Slice(2, end - 2);
    }

    /// <summary>Whether the value, good or empty, is in the same word: -b50m, --bandwidth=50m.</summary>
    public static bool HasAttached(ReadOnlySpan<byte> word) => word.Length > LengthWithoutValue(word);

    /// <summary>That value.</summary>
    public static ReadOnlySpan<byte> AttachedValue(ReadOnlySpan<byte> word)
        => word.Slice(LengthWithoutValue(word) + (IsLong(word) ? 1 : 0));

    private static int LengthWithoutValue(ReadOnlySpan<byte> word) => NameIn(word).Length + (IsLong(word) ? 2 : 1);

    private static bool IsLong(ReadOnlySpan<byte> word) => word.Length > 2 && word[1] == (byte)'-';

    private static bool IsSwitch(Option option)
        => option is Option.Udp or Option.Help or Option.Server or Option.Json or Option.Latency or Option.Given or Option.Version;

    private static Option FindLetter(byte letter) => letter switch
    {
        (byte)'b' or (byte)'c' or (byte)'h' or (byte)'i' or (byte)'l' => (Option)letter,
        (byte)'n' or (byte)'p' or (byte)'s' or (byte)'t' or (byte)'u' or (byte)'v' => (Option)letter,
        (byte)'1' or (byte)'C' or (byte)'U' => Option.Given,
        _ => Option.Unknown,
    };

    private static Option FindLong(ReadOnlySpan<byte> name) => name switch
    {
        _ when name.SequenceEqual("bandwidth"u8) => Option.Bandwidth,
        _ when name.SequenceEqual("client"u8) => Option.Client,
        _ when name.SequenceEqual("compatibility"u8) => Option.Given,
        _ when name.SequenceEqual("single_udp"u8) => Option.Given,
        _ when name.SequenceEqual("singleclient"u8) => Option.Given,
        _ when name.SequenceEqual("version"u8) => Option.Version,
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
