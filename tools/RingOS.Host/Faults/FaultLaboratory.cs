// Boots every fault in every placement, with iperf as the witness, and says what was observed. Next: FaultClassifier.cs
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Host.Boot;
using RingOS.Host.Compare;
using RingOS.Host.Iperf;
using RingOS.Host.Machines;
using RingOS.Host.Report;
using RingOS.Host.Serial;
using Serilog;

namespace RingOS.Host.Faults;

/// <summary>Runs the machines of a matrix, one at a time. Time counts instructions, so a fault comes at the same one every time.</summary>
public sealed class FaultLaboratory : IFaultSource, IDisposable
{
    private static readonly TimeSpan s_reportPatience = TimeSpan.FromSeconds(2);

    private readonly FaultOptions _options;
    private readonly ILogger _log;
    private readonly IperfServer _server = new();

    /// <exception cref="RingOsException">The options make no sense, or no port is free.</exception>
    public FaultLaboratory(FaultOptions options, ILogger log)
    {
        options.Check();
        _options = options;
        _log = log;
    }

    public int Machines => Cells.Sum(static cell => FaultTrial.Of(cell.Placement, cell.Fault).Count);

    private IEnumerable<(Placement Placement, string Fault)> Cells
        => _options.Placements.SelectMany(_ => _options.Faults, static (placement, fault) => (placement, fault));

    public void Dispose() => _server.Dispose();

    public async Task<IReadOnlyList<FaultOutcome>> RunAsync(Action<string> onStep, CancellationToken cancellation)
    {
        List<FaultOutcome> outcomes = [];
        foreach ((Placement placement, string fault) in Cells)
            outcomes.Add(await RunCellAsync(placement, fault, onStep, cancellation));
        return outcomes;
    }

    // Several ways to the same cell count as one outcome if they agree; the first that differs speaks for all if they do not.
    private async Task<FaultOutcome> RunCellAsync(Placement placement, string fault, Action<string> onStep, CancellationToken cancellation)
    {
        if (FaultTrial.IsForTheCompiler(placement, fault))
            return await AskCompilerAsync(placement, fault, cancellation);
        List<FaultOutcome> seen = [];
        foreach (FaultTrial trial in FaultTrial.Of(placement, fault))
        {
            onStep($"{placement.Name}: {trial.Word}");
            seen.Add(await RunTrialAsync(trial, cancellation));
        }
        FaultOutcome cell = seen.Find(outcome => outcome.Outcome != ExpectedOutcomes.Of(placement.Name, fault)) ?? seen[0];
        return cell with { Detail = string.Join(" | ", seen.Select(static outcome => outcome.Detail)) };
    }

    private static async Task<FaultOutcome> AskCompilerAsync(Placement placement, string fault, CancellationToken cancellation)
    {
        string output = Path.Combine(Repository.BootFolder, "refused.dll");
        string source = Path.Combine(DriverCompiler.RefusedFolder, "PrivilegedInstruction.cs");
        Directory.CreateDirectory(Repository.BootFolder);
        IReadOnlyList<CompilerError> errors = await DriverCompiler.CompileAsync([source], output, cancellation);
        return errors.Count > 0
            ? new FaultOutcome(placement.Name, fault, Outcome.Refused, $"{errors[0].File}: {errors[0].Code} {errors[0].Message}")
            : new FaultOutcome(placement.Name, fault, Outcome.NoEffect, $"the compiler took {Path.GetFileName(source)}");
    }

    private async Task<FaultOutcome> RunTrialAsync(FaultTrial trial, CancellationToken cancellation)
    {
        _server.DiscardReports();
        string kernel = trial.Kernel;
        // Intervals, so that a program that gets nothing through shows that it lives.
        string app = $"iperf -c {ServerAddress.Local(_server.Port).Address} -u -b 0 -i 1 -n {(long)_options.Count * _options.Bytes} "
            + $"-l {_options.Bytes} -p {_server.Port} --on-write-error continue --json";
        MachineOptions machine = new()
        {
            Kernel = kernel,
            Archive = Images.PackFaults(kernel),
            CommandLine = trial.CommandLine(_options, FaultTrial.CanaryOf(kernel), app),
            Icount = true,
            Deadline = _options.Deadline,
        };
        _log.Debug("booting {CommandLine}", machine.CommandLine);
        GuestRun run = await Machine.RunAsync(machine, line => _log.Verbose("{SerialLine}", line.Text), cancellation);
        long received = run.Succeeded ? (await _server.NextReportAsync(s_reportPatience, cancellation))?.Received ?? 0 : 0;
        (string outcome, string detail) = FaultClassifier.Classify(run, _options, received);
        return new FaultOutcome(trial.Placement.Name, trial.Fault, outcome, detail);
    }
}
