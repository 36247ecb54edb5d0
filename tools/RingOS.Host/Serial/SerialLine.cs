// A line the guest wrote, and the log event it may be. Next: GuestEventReader.cs
using System.Globalization;
using System.IO;
using Serilog.Events;
using Serilog.Formatting.Display;

namespace RingOS.Host.Serial;

/// <summary>One line of the serial port.</summary>
/// <param name="Text">Without its line ending.</param>
/// <param name="Event">The log event, if the line is one in Serilog's compact form; otherwise null.</param>
public sealed record SerialLine(string Text, LogEvent? Event)
{
    private static readonly MessageTemplateTextFormatter s_formatter = new("[{Level:u3}] {Message:lj}", CultureInfo.InvariantCulture);

    /// <summary>For people: an event's level and message, or the text as it is.</summary>
    public string ForPeople
    {
        get
        {
            if (Event is null)
                return Text;
            using StringWriter shown = new(CultureInfo.InvariantCulture);
            s_formatter.Format(Event, shown);
            return shown.ToString();
        }
    }
}
