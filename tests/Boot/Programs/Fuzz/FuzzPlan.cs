// What the host wants done: the file etc/fuzz. Written by: tools/RingOS.Host/Fuzz/FuzzPlan.cs. Next: FuzzReport.cs
using System;
using RingOS.User;

namespace RingOS.Test.Fuzz;

/// <summary>
/// Lines of words: <c>seed N</c>, <c>calls N</c> a process, <c>entries N</c> (1: the syscall instruction alone), <c>processes N</c> in all,
/// <c>network 0|1</c>, <c>trace 0|1</c>, <c>ring N</c> of the service, <c>frames 1</c> for a server in their place, and, if not all calls are to be made, <c>keep PROCESS FIRST END</c>.
/// </summary>
internal sealed class FuzzPlan
{
    private const int MostBytes = 128 << 10;
    private const int MostRanges = 4096;

    private readonly ulong[] _keptProcess = new ulong[MostRanges];
    private readonly ulong[] _keptFirst = new ulong[MostRanges];
    private readonly ulong[] _keptEnd = new ulong[MostRanges];
    private int _ranges;

    public ulong Seed { get; private set; }

    public ulong Calls { get; private set; }

    public ulong Entries { get; private set; } = 1;

    public ulong Processes { get; private set; } = 1;

    public ulong ServiceRing { get; private set; } = 3;

    public bool HasNetwork { get; private set; }

    public bool IsTraced { get; private set; }

    public bool IsServer { get; private set; }

    /// <summary>Null if there is no such file or it is not understood.</summary>
    public static FuzzPlan? Read()
    {
        int file = Files.Open("/etc/fuzz"u8);
        if (file < 0)
            return null;
        byte[] text = new byte[MostBytes];
        int length = 0;
        for (long count = 1; count > 0 && length < MostBytes; length += (int)count)
            count = System.Math.Max(0, Files.Read(file, new Span<byte>(text, length, MostBytes - length)));
        _ = Files.Close(file);
        FuzzPlan plan = new();
        return length < MostBytes && plan.TryParse(new ReadOnlySpan<byte>(text, 0, length)) ? plan : null;
    }

    /// <summary>Whether a process makes this call.</summary>
    public bool Keeps(ulong process, ulong call)
    {
        if (_ranges == 0)
            return true;
        for (int range = 0; range < _ranges; range++)
        {
            if (_keptProcess[range] == process && call >= _keptFirst[range] && call < _keptEnd[range])
                return true;
        }
        return false;
    }

    private bool TryParse(ReadOnlySpan<byte> text)
    {
        bool isGood = true;
        int start = 0;
        for (int at = 0; at < text.Length && isGood; at++)
        {
            if (text[at] != (byte)'\n')
                continue;
            isGood = TryLine(text.Slice(start, at - start));
            start = at + 1;
        }
        return isGood;
    }

    private bool TryLine(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> name = Word(line, 0);
        if (!NumberParser.TryWhole(Word(line, 1), out ulong value))
            return false;
        if (name.SequenceEqual("seed"u8))
            Seed = value;
        else if (name.SequenceEqual("calls"u8))
            Calls = value;
        else if (name.SequenceEqual("entries"u8))
            Entries = value;
        else if (name.SequenceEqual("processes"u8))
            Processes = value;
        else if (name.SequenceEqual("ring"u8))
            ServiceRing = value;
        else if (name.SequenceEqual("network"u8))
            HasNetwork = value != 0;
        else if (name.SequenceEqual("trace"u8))
            IsTraced = value != 0;
        else if (name.SequenceEqual("frames"u8))
            IsServer = value != 0;
        else
            return name.SequenceEqual("keep"u8) && TryKeep(line, value);
        return true;
    }

    private bool TryKeep(ReadOnlySpan<byte> line, ulong process)
    {
        if (_ranges == MostRanges
            || !NumberParser.TryWhole(Word(line, 2), out _keptFirst[_ranges]) || !NumberParser.TryWhole(Word(line, 3), out _keptEnd[_ranges]))
            return false;
        _keptProcess[_ranges++] = process;
        return true;
    }

    private static ReadOnlySpan<byte> Word(ReadOnlySpan<byte> line, int number)
    {
        int start = 0;
        for (; number > 0; number--)
        {
            while (start < line.Length && line[start] != (byte)' ')
                start++;
            start++;
        }
        int end = System.Math.Min(start, line.Length);
        start = end;
        while (end < line.Length && line[end] != (byte)' ')
            end++;
        return line.Slice(start, end - start);
    }
}
