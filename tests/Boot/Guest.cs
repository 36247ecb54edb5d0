// Boots a machine for a test and says what came of it. Back to: TestArchive.cs
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using RingOS.Host;
using RingOS.Host.Boot;
using RingOS.Host.Machines;
using RingOS.Host.Serial;
using Serilog.Events;
using Xunit;

namespace RingOS.Tests.Boot;

/// <summary>
/// A boot. Virtual time counts instructions (icount), so the same boot takes the same time slices, whatever else the host does; the
/// deadline is only there to end a hang.
/// </summary>
internal sealed record Guest(string CommandLine)
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(120);

    /// <summary>Project of the kernel image.</summary>
    public string Kernel { get; init; } = TestArchive.FullKernel;

    /// <summary>For programs and services that get no arguments.</summary>
    public string Act { get; init; } = "";

    /// <summary>Changes the archive's content.</summary>
    public Func<IReadOnlyList<ArchiveFile>, IReadOnlyList<ArchiveFile>> Change { get; init; } = static files => files;

    /// <summary>Changes the archive's bytes; null for no archive at all.</summary>
    public Func<byte[], byte[]?> Spoil { get; init; } = static bytes => bytes;

    /// <summary>Changes the machine.</summary>
    public Func<MachineOptions, MachineOptions> Machine { get; init; } = static options => options;

    /// <summary>Boots and waits for the end.</summary>
    public async Task<GuestRun> RunAsync()
    {
        using MemoryStream archive = new();
        BootArchive.Write(archive, Change(TestArchive.Files(Kernel, Act)));
        byte[]? bytes = Spoil(archive.ToArray());
        string path = Path.Combine(Repository.TestFolder, $"boot-{Guid.NewGuid():N}.tar");
        Directory.CreateDirectory(Repository.TestFolder);
        try
        {
            if (bytes is not null)
                await File.WriteAllBytesAsync(path, bytes);
            return await RingOS.Host.Machines.Machine.RunAsync(Machine(new MachineOptions
            {
                Kernel = TestArchive.ElfOf(Kernel),
                Archive = bytes is null ? null : path,
                CommandLine = CommandLine,
                Icount = true,
                Deadline = s_deadline,
            }));
        }
        finally
        {
            File.Delete(path);
        }
    }
}

/// <summary>Assertions whose failure shows what the guest said.</summary>
internal static class GuestAssertions
{
    public static GuestRun EndsWith(this GuestRun run, GuestEnding expected)
    {
        Assert.True(run.Ending == expected, $"{expected} expected, but {run.Summary}:\n{run.LastLines}");
        return run;
    }

    /// <summary>The program printed this line.</summary>
    public static GuestRun Prints(this GuestRun run, string line)
    {
        Assert.True(run.Lines.Any(printed => printed.Text == line), $"\"{line}\" is not among the lines:\n{run.LastLines}");
        return run;
    }

    /// <summary>No line starts like this.</summary>
    public static GuestRun NeverPrints(this GuestRun run, string start)
    {
        IEnumerable<string> found = run.Lines.Select(static line => line.Text)
            .Where(line => line.StartsWith(start, StringComparison.Ordinal));
        Assert.True(!found.Any(), string.Join('\n', found.Prepend($"{run.Summary}, but the guest said:")));
        return run;
    }

    /// <summary>The only event whose template starts like this.</summary>
    public static LogEvent Event(this GuestRun run, string start)
    {
        List<LogEvent> found = [.. run.Events.Where(logged => logged.MessageTemplate.Text.StartsWith(start, StringComparison.Ordinal))];
        Assert.True(found.Count == 1, $"{found.Count} events \"{start}...\" instead of one:\n{run.LastLines}");
        return found[0];
    }

    /// <summary>The kernel's report that a process was ended by the processor.</summary>
    public static LogEvent Fault(this GuestRun run, string process)
    {
        LogEvent fault = run.Event("process {Name} ended by");
        Assert.Equal(process, fault.Word("Name"));
        return fault;
    }

    public static LogEvent Has(this LogEvent logged, string property, long expected)
    {
        long? number = logged.Number(property);
        Assert.True(number == expected, $"{property} is {number} instead of {expected} in: {logged.RenderMessage()}");
        return logged;
    }

    /// <summary>The kernel's word on how it lost a driver.</summary>
    public static void Says(this LogEvent lost, string what) => Assert.Equal(what, lost.Word("What"));

    /// <summary>A 64-bit address, which travels as text.</summary>
    public static ulong Address(this LogEvent logged, string property) => Convert.ToUInt64(logged.Word(property), 16);
}
