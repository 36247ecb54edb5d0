// The `ringos` command: which commands there are, and what becomes of failures. Next: RunCommand.cs
using System;
using System.CommandLine;
using System.CommandLine.Help;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using RingOS.Host;
using RingOS.Host.Machines;

namespace RingOS.Cli;

internal static class Program
{
    private const int BadCommandLine = 2;

    private static async Task<int> Main(string[] arguments)
    {
        using Interruption interruption = new();
        Command commands = Commands();
        if (CommandLineCheck.Complaint(commands, arguments) is string complaint)
            return Complain(complaint, BadCommandLine);
        ParserConfiguration literally = new() { ResponseFileTokenReplacer = null }; // "@x" is a word like any other
        ParseResult parsed = commands.Parse(arguments, literally);
        if (parsed.Errors.Count > 0)
            return Complain(ErrorOf(parsed, commands), BadCommandLine);
        try
        {
            if (parsed.GetValue(SharedOptions.Qemu) is { } qemu)
                Qemu.Choose(qemu);
            // Signals are ours to handle: a cancelled command still ends its machines before it returns.
            InvocationConfiguration configuration = new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            return await parsed.InvokeAsync(configuration, interruption.Token);
        }
        catch (RingOsException failure)
        {
            return Complain(failure.Message, failure.ExitCode);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return Complain($"{failure.Message} (is there room, and may you write there?)", 1);
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            return Complain("interrupted", interruption.ExitCode);
        }
    }

    /// <summary>The whole command line.</summary>
    internal static Command Commands() => new("ringos", "RingOS: one NIC driver, any ring.")
    {
        new HelpOption(),
        Booting(RunCommand.Create()),
        Booting(CompareCommand.Create()),
        Booting(FaultsCommand.Create()),
        Booting(FuzzCommand.Create()),
        MediumCommand.Create(),
        Booting(TraceCommand.Create()),
        Booting(HubCommand.Create()),
        Booting(ExplainCommand.Create()),
        IsoCommand.Create(),
        BuildCommand.Create(),
        ArchiveCommand.Create(),
        Booting(BenchmarkCommand.Create()),
        Booting(TestCommand.Create()),
        Booting(DoctorCommand.Create()),
    };

    private static Command Booting(Command command)
    {
        command.Options.Add(SharedOptions.Qemu);
        return command;
    }

    private static string ErrorOf(ParseResult parsed, Command commands)
    {
        Command command = parsed.CommandResult.Command;
        if (command != commands)
            return $"{parsed.Errors[0].Message} See: ./ringos {command.Name} --help";
        string there = string.Join(", ", commands.Subcommands.Select(static known => known.Name));
        return parsed.UnmatchedTokens.Count > 0
            ? $"unknown command '{parsed.UnmatchedTokens[0]}'; there is: {there}"
            : $"give a command: {there}. See: ./ringos --help";
    }

    private static int Complain(string message, int exitCode)
    {
        Console.Error.WriteLine($"ringos: {message}");
        return exitCode;
    }
}
