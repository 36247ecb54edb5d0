// The command line. Flags as iperf 2.1: `iperf --help`. Next: OptionName.cs
using System;
using RingOS.Abi;
using RingOS.User;

namespace RingOS.Iperf;

/// <summary>What became of a command line.</summary>
public enum ParseOutcome
{
    Ok,
    HelpWanted,
    VersionWanted,

    /// <summary>The reason is in the error text.</summary>
    Failed,
}

/// <summary>Fills <see cref="IperfOptions"/> from arguments: "-b 50m", "-b50m", "--bandwidth 50m", "--bandwidth=50m".</summary>
public sealed class OptionParser(Arguments arguments, IperfOptions options, TextBuffer error)
{
    private const ulong LongestMilliseconds = 1_000_000_000;

    private bool _hasServer;

    public ParseOutcome Parse()
    {
        for (int i = 1; i < arguments.Count; i++)
        {
            Option option = OptionName.Find(arguments[i]);
            if (option == Option.Help)
                return ParseOutcome.HelpWanted;
            if (option == Option.Version)
                return ParseOutcome.VersionWanted;
            if (option == Option.Unknown)
                return Refuse(arguments[i]);
            if (TakeSwitch(option))
                continue;
            ReadOnlySpan<byte> word = arguments[i];
            ReadOnlySpan<byte> value = OptionName.HasAttached(word) ? OptionName.AttachedValue(word) : arguments[++i];
            if (value.Length == 0)
                return Fail("option requires a value: "u8, word);
            if (!TakeValue(option, value))
                return ParseOutcome.Failed;
        }
        return CheckWhole();
    }

    private ParseOutcome Refuse(ReadOnlySpan<byte> word)
    {
        ReadOnlySpan<byte> reason = UnsupportedOption.ReasonFor(OptionName.NameIn(word));
        if (reason.Length == 0)
            return Fail("invalid option "u8, word);
        error.Clear().Append("iperf: no "u8).Append(word).Append(": "u8).Append(reason);
        return ParseOutcome.Failed;
    }

    private ParseOutcome CheckWhole()
    {
        if (_hasServer == options.IsServer)
            return Fail("either be a server, iperf -s -u, or name one: iperf -c ADDRESS -u"u8, default);
        return options.IsUdp ? ParseOutcome.Ok : Fail("only UDP is supported: add -u"u8, default);
    }

    private bool TakeSwitch(Option option)
    {
        switch (option)
        {
            case Option.Udp:
                return options.IsUdp = true;
            case Option.Server:
                return options.IsServer = true;
            case Option.Json:
                return options.IsJson = true;
            case Option.Latency:
                return options.IsLatencyWanted = true;
            case Option.Given:
                return true;
            default:
                return false;
        }
    }

    private bool TakeValue(Option option, ReadOnlySpan<byte> value) => option switch
    {
        Option.Client => TakeServer(value),
        Option.Port => TakePort(value),
        Option.Bandwidth => TakeBandwidth(value),
        Option.Amount => TakeAmount(value),
        Option.Length => TakeLength(value),
        Option.Time => TakeTime(value),
        Option.OnWriteError => TakeOnWriteError(value),
        Option.FullQueue => TakeFullQueue(value),
        _ => TakeInterval(value),
    };

    private bool TakeServer(ReadOnlySpan<byte> value)
    {
        _hasServer = NumberParser.TryAddress(value, out uint address);
        options.Server = address;
        return _hasServer || Complain("-c: not an IPv4 address, and there is no name service: "u8, value);
    }

    private bool TakePort(ReadOnlySpan<byte> value)
    {
        bool isGood = NumberParser.TryWhole(value, out ulong port) && port is >= 1 and <= 65535;
        options.Port = (ushort)port;
        return isGood || Complain("-p: a port is 1 to 65535, not "u8, value);
    }

    private bool TakeBandwidth(ReadOnlySpan<byte> value)
    {
        bool isGood = NumberParser.TryWithSuffix(value, out ulong bandwidth);
        options.Bandwidth = bandwidth;
        return isGood || Complain("-b: not a number of bits a second: "u8, value);
    }

    private bool TakeAmount(ReadOnlySpan<byte> value)
    {
        bool isGood = NumberParser.TryWithSuffix(value, out ulong amount) && amount > 0;
        options.Amount = amount;
        return isGood || Complain("-n: not a number of bytes: "u8, value);
    }

    private bool TakeLength(ReadOnlySpan<byte> value)
    {
        bool isGood = NumberParser.TryWithSuffix(value, out ulong length)
            && length is >= IperfOptions.MinimumLength and <= IperfOptions.MaximumLength;
        options.Length = (int)length;
        return isGood || Complain("-l: a datagram has 16 to 1472 bytes, not "u8, value);
    }

    private bool TakeTime(ReadOnlySpan<byte> value)
    {
        bool isGood = TryMilliseconds(value, out ulong time) && time > 0;
        options.Milliseconds = time;
        options.PatienceMilliseconds = time;
        return isGood || Complain("-t: not a time in seconds: "u8, value);
    }

    private bool TakeOnWriteError(ReadOnlySpan<byte> value)
    {
        options.SurvivesWriteErrors = value.SequenceEqual("continue"u8);
        return options.SurvivesWriteErrors || value.SequenceEqual("stop"u8) || Complain("--on-write-error: stop or continue, not "u8, value);
    }

    private bool TakeFullQueue(ReadOnlySpan<byte> value)
    {
        if (value.SequenceEqual("block"u8))
            options.FullQueue = QueuePolicy.Block;
        else if (value.SequenceEqual("again"u8))
            options.FullQueue = QueuePolicy.Again;
        else
            options.FullQueue = QueuePolicy.Fail;
        bool isGood = options.FullQueue != QueuePolicy.Fail || value.SequenceEqual("fail"u8);
        return isGood || Complain("--full-queue: fail, block or again, not "u8, value);
    }

    private bool TakeInterval(ReadOnlySpan<byte> value)
    {
        bool isGood = TryMilliseconds(value, out ulong interval);
        options.IntervalMilliseconds = interval;
        return isGood || Complain("-i: not an interval in seconds: "u8, value);
    }

    private static bool TryMilliseconds(ReadOnlySpan<byte> text, out ulong milliseconds)
        => NumberParser.TryFixed(text, 3, out milliseconds) && milliseconds <= LongestMilliseconds;

    private bool Complain(ReadOnlySpan<byte> complaint, ReadOnlySpan<byte> value)
    {
        Fail(complaint, value);
        return false;
    }

    private ParseOutcome Fail(ReadOnlySpan<byte> complaint, ReadOnlySpan<byte> what)
    {
        error.Clear().Append("iperf: "u8).Append(complaint).Append(what);
        return ParseOutcome.Failed;
    }
}
