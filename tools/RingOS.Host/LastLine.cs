// What a program said last: as much of its output as fits into an error of one line. Back to: ExternalTool.cs
using System;
using System.Linq;

namespace RingOS.Host;

/// <summary>The end of a program's output.</summary>
internal static class LastLine
{
    /// <summary>The last line that is not empty; null if there is none.</summary>
    public static string? Of(string output) => Of(output, static line => true);

    /// <summary>The last of those that are wanted.</summary>
    public static string? Of(string output, Func<string, bool> isWanted)
        => output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault(isWanted);
}
