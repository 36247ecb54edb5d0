// Turns a line of compact JSON into a Serilog event. The form: github.com/serilog/serilog-formatting-compact. Next: SerialReader.cs
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using Serilog.Events;
using Serilog.Parsing;

namespace RingOS.Host.Serial;

/// <summary>Reads log events in Serilog's compact form: <c>@t</c> time, <c>@l</c> level, <c>@mt</c> template, then properties.</summary>
public static class GuestEventReader
{
    private static readonly MessageTemplateParser s_templates = new();

    /// <summary>Reads one line.</summary>
    /// <returns>The event; null if the line is not a JSON object with a message, which makes it plain output.</returns>
    public static LogEvent? Read(string line)
    {
        if (!line.StartsWith('{'))
            return null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static LogEvent? Read(JsonElement root)
    {
        if (Text(root, "@mt") is not string template)
        {
            if (Text(root, "@m") is not string message)
                return null;
            template = Escape(message);
        }
        return new LogEvent(Time(root), Level(root), exception: null, s_templates.Parse(template), Properties(root));
    }

    private static string? Text(JsonElement root, string name)
        => root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static DateTimeOffset Time(JsonElement root)
        => DateTimeOffset.TryParse(Text(root, "@t"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? time
            : DateTimeOffset.UtcNow;

    // An event without a level is informational; that is how the form saves bytes.
    private static LogEventLevel Level(JsonElement root)
        => Enum.TryParse(Text(root, "@l"), ignoreCase: true, out LogEventLevel level) ? level : LogEventLevel.Information;

    // Names that start with @ are the form's own; a property's @ is doubled.
    private static IEnumerable<LogEventProperty> Properties(JsonElement root)
    {
        foreach (JsonProperty property in root.EnumerateObject())
        {
            if (property.Name.StartsWith("@@", StringComparison.Ordinal))
                yield return new LogEventProperty(property.Name[1..], Value(property.Value));
            else if (!property.Name.StartsWith('@') && !string.IsNullOrWhiteSpace(property.Name))
                yield return new LogEventProperty(property.Name, Value(property.Value));
            else if (property.Name == "@x")
                yield return new LogEventProperty("Exception", Value(property.Value));
        }
    }

    private static LogEventPropertyValue Value(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => new StructureValue(element.EnumerateObject()
            .Where(static property => !string.IsNullOrWhiteSpace(property.Name))
            .Select(static property => new LogEventProperty(property.Name, Value(property.Value)))),
        JsonValueKind.Array => new SequenceValue(element.EnumerateArray().Select(Value)),
        _ => new ScalarValue(Scalar(element)),
    };

    private static object? Scalar(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number when element.TryGetInt64(out long signed) => signed,
        JsonValueKind.Number when element.TryGetUInt64(out ulong unsigned) => unsigned,
        JsonValueKind.Number => element.GetDouble(),
        _ => null,
    };

    private static string Escape(string message)
        => message.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);
}
