// The two screens: results go to standard output, progress to standard error. Back to: Program.cs
using System;
using Spectre.Console;

namespace RingOS.Cli;

/// <summary>Spectre's consoles.</summary>
internal static class Screen
{
    private const int WidthWithoutTerminal = 120;

    /// <summary>Results. In a file or a pipe, tables are as wide as they need, not 80 columns.</summary>
    public static IAnsiConsole Output { get; } = Create(Console.IsOutputRedirected, AnsiConsole.Console);

    /// <summary>Progress.</summary>
    public static IAnsiConsole Error { get; } = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });

    private static IAnsiConsole Create(bool isRedirected, IAnsiConsole console)
    {
        if (isRedirected)
            console.Profile.Width = WidthWithoutTerminal;
        return console;
    }
}
