// Cuts the serial port's bytes into lines; the unfinished last line counts too, because a hang often leaves one. Next: GuestEvent.cs
using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Threading.Tasks;

namespace RingOS.Host.Serial;

/// <summary>Collects the lines of one machine's serial port.</summary>
/// <param name="onLine">Told every line as it is finished; may be null.</param>
public sealed class SerialReader(Action<SerialLine>? onLine)
{
    /// <summary>A longer line is cut here, in bytes.</summary>
    public const int LongestLine = 65_536;

    /// <summary>A guest that never stops talking keeps only this many last lines.</summary>
    public const int MostLines = 200_000;

    private readonly Queue<SerialLine> _lines = [];
    private readonly MemoryStream _unfinished = new();

    /// <summary>The lines so far. Call it after <see cref="ReadAsync"/> has ended.</summary>
    public IReadOnlyList<SerialLine> Lines => [.. _lines];

    /// <summary>Reads to the end of the stream.</summary>
    public async Task ReadAsync(Stream serial)
    {
        byte[] buffer = new byte[16_384];
        for (int count; (count = await serial.ReadAsync(buffer)) > 0;)
            Take(buffer.AsSpan(0, count));
        if (_unfinished.Length > 0)
            FinishLine();
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            if (value == '\n')
                FinishLine();
            else
                _unfinished.WriteByte(value);
            if (_unfinished.Length >= LongestLine)
                FinishLine();
        }
    }

    private void FinishLine()
    {
        string text = Encoding.UTF8.GetString(_unfinished.GetBuffer(), 0, (int)_unfinished.Length).TrimEnd('\r');
        _unfinished.SetLength(0);
        SerialLine line = new(text, GuestEventReader.Read(text));
        _lines.Enqueue(line);
        if (_lines.Count > MostLines)
            _lines.Dequeue();
        onLine?.Invoke(line);
    }
}
