// What System.CommandLine would take for something else. Back to: Program.cs
using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;

namespace RingOS.Cli;

/// <summary>
/// Looks at the words before they are parsed: "--json= FILE" would take FILE for the value of an option that was given an empty one, and
/// "--icount=no" would switch it on.
/// </summary>
internal static class CommandLineCheck
{
    /// <summary>What is wrong with the words, or null.</summary>
    public static string? Complaint(Command commands, IReadOnlyList<string> words)
    {
        Command? command = commands.Subcommands.FirstOrDefault(known => words.Count > 0 && known.Name == words[0]);
        foreach (string word in words.TakeWhile(static word => word != "--"))
        {
            int equals = word.IndexOf('=', StringComparison.Ordinal);
            if (!word.StartsWith("--", StringComparison.Ordinal) || equals < 0)
                continue;
            string name = word[..equals];
            Option? option = command?.Options.FirstOrDefault(known => known.Name == name);
            if (option is null)
                continue;
            if (option.ValueType == typeof(bool))
                return $"{name} is a switch: give it alone, or leave it out";
            if (equals == word.Length - 1)
                return $"{word} has no value: give {name}=VALUE or {name} VALUE";
        }
        return null;
    }
}
