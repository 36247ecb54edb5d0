// Boots a plan. Time counts instructions and nothing comes from outside, so the same plan gives the same run. Next: FuzzOutcome.cs
using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Host.Boot;
using RingOS.Host.Machines;

namespace RingOS.Host.Fuzz;

/// <summary>Runs plans; tests put something faster in its place.</summary>
public interface IFuzzRunner
{
    Task<FuzzOutcome> RunAsync(FuzzPlan plan, CancellationToken cancellation);
}

/// <summary>A machine a plan.</summary>
/// <param name="kernel">The kernel's ELF file.</param>
/// <param name="extraWords">More of the kernel's command line, or empty.</param>
public sealed class FuzzMachine(string kernel, string extraWords = "") : IFuzzRunner
{
    private static readonly TimeSpan s_leastDeadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_deadlineOfThousandCalls = TimeSpan.FromSeconds(5);

    private readonly Lazy<IReadOnlyList<ArchiveFile>> _files = new(() => Images.ContentsForFuzzing(kernel));

    /// <exception cref="RingOsException">The machine could not be started, or its kernel not booted.</exception>
    public async Task<FuzzOutcome> RunAsync(FuzzPlan plan, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Repository.BootFolder);
        string archive = Path.Combine(Repository.BootFolder, $"fuzz-{Guid.NewGuid():N}.tar");
        try
        {
            BootArchive.Write(archive, [.. _files.Value, new ArchiveFile("etc/fuzz", Encoding.ASCII.GetBytes(plan.Text))]);
            GuestRun run = await Machine.RunAsync(OptionsOf(plan, archive), onLine: null, cancellation);
            if (run.Ending is GuestEnding.BootFailed or GuestEnding.MachineFailed)
                throw new RingOsException($"the fuzzer did not start: {run.Summary}\n{run.LastLines}");
            return FuzzVerdict.Of(run);
        }
        finally
        {
            File.Delete(archive);
        }
    }

    private MachineOptions OptionsOf(FuzzPlan plan, string archive) => new()
    {
        Kernel = kernel,
        Archive = archive,
        CommandLine = (extraWords.Length == 0 ? "" : extraWords + " ") + plan.Scenario.CommandLine(plan.Processes),
        Icount = true,
        IsIsolated = true,
        Deadline = s_leastDeadline + (s_deadlineOfThousandCalls * (plan.TotalCalls / 1000.0)),
    };
}
