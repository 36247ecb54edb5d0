// A log event as one line of JSON, in Serilog's compact form: the host tool logs it as its own. Next: UtcTime.cs
using System;

namespace RingOS.User;

/// <summary>Builds one event: Begin, properties, End, which prints it. Names and templates are literals that need no escaping.</summary>
public sealed class EventLine
{
    private const int LongestLine = 3 * Console.LineCapacity;

    private readonly TextBuffer _text = new(LongestLine);

    /// <param name="wallNanoseconds">When it happened, since the Unix epoch.</param>
    /// <param name="template">Serilog message template.</param>
    public EventLine Begin(ulong wallNanoseconds, ReadOnlySpan<byte> template)
    {
        _text.Clear().Append("{\"@t\":\""u8);
        UtcTime.Append(_text, wallNanoseconds);
        _text.Append("\",\"@l\":\"Information\",\"@mt\":\""u8).Append(template).Append((byte)'"');
        return this;
    }

    public EventLine Add(ReadOnlySpan<byte> name, ulong value)
    {
        AppendName(name).Append(value);
        return this;
    }

    /// <summary>A property whose value is a word that needs no escaping.</summary>
    public EventLine Add(ReadOnlySpan<byte> name, ReadOnlySpan<byte> word)
    {
        AppendName(name).Append((byte)'"').Append(word).Append((byte)'"');
        return this;
    }

    /// <summary>A property whose value is not known.</summary>
    public EventLine AddNull(ReadOnlySpan<byte> name)
    {
        AppendName(name).Append("null"u8);
        return this;
    }

    public void End()
    {
        _text.Append((byte)'}');
        Console.WriteLine(_text);
    }

    private TextBuffer AppendName(ReadOnlySpan<byte> name) => _text.Append(",\""u8).Append(name).Append("\":"u8);
}
