// What README and book tell the reader to type exists, and so do the files they name. Subjects: README.md, docs/book
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using RingOS.Host;
using Xunit;

namespace RingOS.Tests.Unit.Scripts;

public sealed partial class BookTests
{
    public static TheoryData<string> Texts
        => [.. Directory.GetFiles(Path.Combine(Repository.Root, "docs/book"), "*.md", SearchOption.AllDirectories)
            .Append(Path.Combine(Repository.Root, "README.md")).Select(static file => Path.GetRelativePath(Repository.Root, file))];

    [Theory]
    [MemberData(nameof(Texts))]
    public void EveryCommandHasItsOptions(string text)
    {
        string[] commands = [.. Command().Matches(Read(text)).Select(static match => match.Value)];
        Assert.NotEmpty(commands);
        Assert.All(commands, static command =>
        {
            string[] words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            string source = Source(words[1]);
            Assert.All(words.Skip(2).Where(static word => word.StartsWith("--", StringComparison.Ordinal)),
                option => Assert.Contains($"\"{option}\"", source, StringComparison.Ordinal));
        });
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void EveryFileExists(string text)
        => Assert.All(
            NamedFile().Matches(Read(text)).Select(static match => match.Groups["path"].Value),
            static path => Assert.True(Path.Exists(Path.Combine(Repository.Root, path)), path));

    private static string Read(string text) => File.ReadAllText(Path.Combine(Repository.Root, text));

    // The command's own source and those that share options with it.
    private static string Source(string command)
    {
        string folder = Path.Combine(Repository.Root, "tools/RingOS.Cli");
        IEnumerable<string> files = Directory.GetFiles(folder, "*Command.cs")
            .Where(file => Path.GetFileName(file).Equals($"{command}Command.cs", StringComparison.OrdinalIgnoreCase))
            .Concat([Path.Combine(folder, "SharedOptions.cs"), Path.Combine(folder, "DialOptions.cs")]);
        Assert.True(files.Count() == 3, $"there is no command {command}");
        return string.Concat(files.Select(File.ReadAllText));
    }

    // Up to a comment (of the shell or of Markdown), a quote (a program's own options), a pipe, a parenthesis or the end of code.
    [GeneratedRegex(@"\./ringos [a-z]+(?:(?!-->)[^\n`#""(:;|])*")]
    private static partial Regex Command();

    // `kernel/arch/x64/entry.asm`: two parts at least, in a folder of this project.
    [GeneratedRegex(@"`(?<path>(?:lib|kernel|drivers|userland|tools|tests|docs|build)/[A-Za-z0-9_./-]+)`")]
    private static partial Regex NamedFile();
}
