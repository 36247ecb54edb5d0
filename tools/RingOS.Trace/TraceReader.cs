// Reads what `qemu-system-x86_64 -singlestep -d exec,nochain -D FILE` writes. QEMU 7.2. Next: SymbolMap.cs
using System;
using System.IO;

namespace RingOS.Trace;

/// <summary>
/// Turns QEMU's execution log into an <see cref="ExecutionTrace"/> in which the distance of two instructions is the difference
/// of the time-stamp counters they would read under `-icount shift=0`. QEMU announces an instruction before it runs and
/// sometimes takes it back (see <see cref="TraceLine"/>); such announcements are dropped. Two things remain that a trace
/// cannot say: `hlt` is one instruction however long the processor slept, and that an instruction ended in a fault is only
/// known if the log also holds `-d int`.
/// </summary>
public sealed class TraceReader
{
    /// <summary>Enough for 400 MB of memory: longer runs should be filtered (`-dfilter`) or shortened.</summary>
    public const int DefaultMaximumInstructions = 50_000_000;

    private const int BlockSize = 1 << 20;
    private readonly ExecutionTrace _trace = new();
    private readonly int _maximumInstructions;
    private byte[] _block = new byte[BlockSize];
    private long _lineNumber;
    private bool _lastMayBeWithdrawn;

    private TraceReader(int maximumInstructions) => _maximumInstructions = maximumInstructions;

    /// <summary>Reads a log file to its end; of a FIFO, until QEMU closes it.</summary>
    /// <exception cref="TraceFormatException">The log holds no trace line, a damaged one, or too many.</exception>
    public static ExecutionTrace ReadFile(string path, int maximumInstructions = DefaultMaximumInstructions)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        return Read(stream, maximumInstructions);
    }

    /// <inheritdoc cref="ReadFile"/>
    public static ExecutionTrace Read(Stream log, int maximumInstructions = DefaultMaximumInstructions)
    {
        TraceReader reader = new(maximumInstructions);
        reader.ReadLines(log);
        if (reader._trace.Count == 0)
            throw new TraceFormatException($"No executed instruction among the {reader._lineNumber} lines of the log. "
                + "QEMU must run with `-singlestep -d exec,nochain`, and `-dfilter`, if given, must cover the images.");
        return reader._trace;
    }

    private void ReadLines(Stream log)
    {
        int kept = 0;
        while (true)
        {
            if (kept == _block.Length)
                Array.Resize(ref _block, _block.Length * 2);
            int read = log.Read(_block, kept, _block.Length - kept);
            if (read == 0)
                break;
            ReadOnlySpan<byte> rest = TakeWholeLines(_block.AsSpan(0, kept + read));
            rest.CopyTo(_block);
            kept = rest.Length;
        }
        TakeLastLine(_block.AsSpan(0, kept));
    }

    private ReadOnlySpan<byte> TakeWholeLines(ReadOnlySpan<byte> text)
    {
        int end;
        while ((end = text.IndexOf((byte)'\n')) >= 0)
        {
            TakeLine(text[..end]);
            text = text[(end + 1)..];
        }
        return text;
    }

    // QEMU may have been ended in the middle of a line; what is cut short did not run as far as anybody can tell.
    private void TakeLastLine(ReadOnlySpan<byte> line)
    {
        if (TraceLine.IsTrace(line) && TraceLine.TryParse(line, out ulong address, out int cpl))
            Append(address, cpl);
    }

    private void TakeLine(ReadOnlySpan<byte> line)
    {
        _lineNumber++;
        if (TraceLine.IsTrace(line))
        {
            if (!TraceLine.TryParse(line, out ulong address, out int cpl))
                throw new TraceFormatException($"Line {_lineNumber} of the log is damaged: a trace line of qemu-system-x86_64 reads "
                    + "`Trace 0: 0x... [cs_base/address/flags/cflags]` with 16, 16, 8 and 8 hexadecimal digits.");
            Append(address, cpl);
        }
        else if (TraceLine.TryParseWithdrawal(line, out ulong withdrawn))
        {
            Withdraw(withdrawn);
        }
    }

    private void Append(ulong address, int cpl)
    {
        if (_trace.Count == _maximumInstructions)
            throw new TraceFormatException($"The log holds more than {_maximumInstructions} instructions; trace a shorter run.");
        _trace.Append(address, cpl);
        _lastMayBeWithdrawn = true;
    }

    private void Withdraw(ulong address)
    {
        if (!_lastMayBeWithdrawn || _trace.AddressAt(_trace.Count - 1) != address)
            return; // it lies outside -dfilter and was never announced here
        _trace.RemoveLast();
        _lastMayBeWithdrawn = false;
    }
}
