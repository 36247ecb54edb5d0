// Where log events go: to standard error for people, and to a rolling JSON file for programs. Back to: Repository.cs
using System.Globalization;
using System.IO;
using RingOS.Host.Serial;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace RingOS.Host;

/// <summary>Serilog as this tool uses it.</summary>
public static class Logs
{
    private const int KeptFiles = 14;
    private const string Template = "[{Level:u3}] {Message:lj}{NewLine}{Exception}";

    /// <summary>A logger for the console (standard error, so that standard output stays the program's) and artifacts/logs.</summary>
    /// <param name="console">Least level shown on the console; the file gets everything.</param>
    public static Logger Create(LogEventLevel console = LogEventLevel.Information)
        => new LoggerConfiguration()
            .MinimumLevel.Verbose()
            .WriteTo.Console(console, Template, CultureInfo.InvariantCulture, standardErrorFromLevel: LogEventLevel.Verbose)
            .WriteTo.File(new CompactJsonFormatter(), Path.Combine(Repository.LogFolder, "ringos-.json"),
                rollingInterval: RollingInterval.Day, retainedFileCountLimit: KeptFiles)
            .CreateLogger();

    /// <summary>Passes a guest's event on as its own, and notes a plain line for the file.</summary>
    public static void WriteGuest(this ILogger logger, SerialLine line)
    {
        if (line.Event is not null)
            logger.Write(line.Event);
        else
            logger.Verbose("{SerialLine}", line.Text);
    }
}
