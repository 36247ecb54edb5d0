// Picks numbers and words out of guest events. Back to: SerialLine.cs
using System;
using System.Collections.Generic;
using System.Linq;
using Serilog.Events;

namespace RingOS.Host.Serial;

/// <summary>Typed access to an event's properties.</summary>
public static class GuestEvent
{
    /// <summary>The last event whose message template starts with <paramref name="start"/>; null if there is none.</summary>
    public static LogEvent? LastStartingWith(this IEnumerable<LogEvent> events, string start)
        => events.LastOrDefault(guestEvent => guestEvent.MessageTemplate.Text.StartsWith(start, StringComparison.Ordinal));

    /// <summary>A whole number; null if the property is missing or something else.</summary>
    public static long? Number(this LogEvent guestEvent, string property)
        => guestEvent.Properties.GetValueOrDefault(property) is ScalarValue { Value: long number } ? number : null;

    /// <summary>A whole number that must be there.</summary>
    /// <exception cref="RingOsException">It is not.</exception>
    public static long RequiredNumber(this LogEvent guestEvent, string property)
        => guestEvent.Number(property)
            ?? throw new RingOsException($"the guest's event \"{guestEvent.MessageTemplate.Text}\" lacks the number {property}; "
                + "rebuild the images with: ./ringos build");

    /// <summary>A string; null if the property is missing or something else.</summary>
    public static string? Word(this LogEvent guestEvent, string property)
        => guestEvent.Properties.GetValueOrDefault(property) is ScalarValue { Value: string word } ? word : null;
}
