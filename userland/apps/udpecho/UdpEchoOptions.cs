// udpecho's command line: udpecho [-p port] [-n count] [-t seconds]. Next: UdpEchoCommand.cs
using System;
using RingOS.User;

namespace RingOS.UdpEcho;

/// <summary>The settings of one run.</summary>
public sealed class UdpEchoOptions
{
    private const ulong MostSeconds = 1_000_000;

    /// <summary>-p: the port of RFC 862.</summary>
    public ushort Port { get; private set; } = 7;

    /// <summary>-n: round trips to count; one more before them is not counted.</summary>
    public ulong Count { get; private set; } = 1000;

    /// <summary>-t: seconds without a datagram to give up after; 0 waits for ever.</summary>
    public ulong PatienceSeconds { get; private set; }

    /// <summary>Reads the command line. False if it is wrong: then <paramref name="error"/> says why.</summary>
    public bool TryParse(Arguments arguments, TextBuffer error)
    {
        for (int i = 1; i < arguments.Count; i += 2)
        {
            if (TryOption(arguments[i], arguments[i + 1]))
                continue;
            error.Clear().Append("udpecho: bad option or value: "u8).Append(arguments[i]);
            error.Append(" (usage: udpecho [-p port] [-n count] [-t seconds])"u8);
            return false;
        }
        return true;
    }

    private bool TryOption(ReadOnlySpan<byte> name, ReadOnlySpan<byte> text)
    {
        if (name.Length != 2 || name[0] != (byte)'-' || !NumberParser.TryWhole(text, out ulong value))
            return false;
        switch (name[1])
        {
            case (byte)'p':
                Port = (ushort)value;
                return value is >= 1 and <= 65535;
            case (byte)'n':
                Count = value;
                return value >= 1;
            case (byte)'t':
                PatienceSeconds = value;
                return value <= MostSeconds;
            default:
                return false;
        }
    }
}
