// Runs one QEMU from start to end. Whatever happens, it is gone when this returns. Next: GuestRun.cs
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Host.Serial;

namespace RingOS.Host.Machines;

/// <summary>A virtual machine.</summary>
public static class Machine
{
    private const string CaptureFailed = "dump write error"; // QEMU, net/dump.c

    /// <summary>Boots, waits for the end, and says how it ended. A guest's failure is a result, not an exception.</summary>
    /// <param name="options">The machine.</param>
    /// <param name="onLine">Told every serial line as it comes, from another thread.</param>
    /// <param name="cancellation">Ends the machine at once.</param>
    /// <exception cref="RingOsException">The options cannot be met, there is no QEMU, or it does not take the instrument.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was asked for.</exception>
    public static async Task<GuestRun> RunAsync(MachineOptions options, Action<SerialLine>? onLine = null,
        CancellationToken cancellation = default)
    {
        CheckImages(options);
        Qemu qemu = Qemu.Chosen;
        GuestRun run = options.PcapFile is null
            ? await RunAsync(options, qemu, QemuCommandLine.Build(options, qemu), onLine, cancellation)
            : await CaptureAsync(options, qemu, options.PcapFile, onLine, cancellation);
        if (run.Ending == GuestEnding.MachineFailed)
            options.Instrument?.EnsureLoaded(run);
        return run;
    }

    // What was captured is worth having however the run ended: QEMU writes whole frames.
    private static async Task<GuestRun> CaptureAsync(MachineOptions options, Qemu qemu, string file, Action<SerialLine>? onLine,
        CancellationToken cancellation)
    {
        GuestRun? run = null;
        ExceptionDispatchInfo? cancelled = null;
        await AtomicFile.WriteAsync(file, async pcap =>
        {
            try
            {
                run = await RunAsync(options, qemu, QemuCommandLine.Build(options, qemu, pcap), onLine, cancellation);
                CheckCapture(file, run);
            }
            catch (OperationCanceledException exception)
            {
                cancelled = ExceptionDispatchInfo.Capture(exception);
            }
        });
        cancelled?.Throw();
        return run!;
    }

    // QEMU goes on without capturing when the disk is full, and says so only here.
    private static void CheckCapture(string file, GuestRun run)
    {
        if (run.MachineErrors.Contains(CaptureFailed, StringComparison.Ordinal))
            throw new RingOsException($"cannot write {file}: no room for the whole capture; what was there before is as it was. {run.Summary}");
    }

    private static async Task<GuestRun> RunAsync(MachineOptions options, Qemu qemu, IReadOnlyList<string> arguments,
        Action<SerialLine>? onLine, CancellationToken cancellation)
    {
        Stopwatch elapsed = Stopwatch.StartNew();
        SerialReader serial = new(onLine);
        Process process = await ChildProcesses.StartAsync(qemu.Program, arguments, QemuCommandLine.WorkingFolder(options));
        try
        {
            PipeCapacity.Raise(process.StandardOutput.BaseStream);
            KvmWatch errors = new();
            Task readingErrors = errors.ReadAsync(process.StandardError);
            Task reading = serial.ReadAsync(process.StandardOutput.BaseStream);
            bool ended = await WaitAsync(process, options.Deadline, errors.GaveUp, cancellation);
            if (!ended)
                ChildProcesses.Kill(process);
            await process.WaitForExitAsync(CancellationToken.None);
            await reading;
            await readingErrors;
            return Result(process.ExitCode, ended || errors.GaveUp.IsCancellationRequested, serial.Lines, errors.Text, elapsed.Elapsed);
        }
        finally
        {
            ChildProcesses.End(process);
        }
    }

    private static GuestRun Result(int exitCode, bool ended, IReadOnlyList<SerialLine> lines, string errors, TimeSpan elapsed)
    {
        (GuestEnding ending, int? programCode) = ended ? GuestRun.Interpret(exitCode) : (GuestEnding.Hung, null);
        return new GuestRun
        {
            Ending = ending,
            ProgramCode = programCode,
            ExitCode = exitCode,
            Lines = lines,
            MachineErrors = errors,
            Elapsed = elapsed,
        };
    }

    /// <returns>Whether the process ended by itself before the deadline, and before KVM gave up.</returns>
    private static async Task<bool> WaitAsync(Process process, TimeSpan? deadline, CancellationToken gaveUp, CancellationToken cancellation)
    {
        using CancellationTokenSource timer = CancellationTokenSource.CreateLinkedTokenSource(cancellation, gaveUp);
        if (deadline is TimeSpan limit)
            timer.CancelAfter(limit);
        try
        {
            await process.WaitForExitAsync(timer.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    private static void CheckImages(MachineOptions options)
    {
        foreach (string? image in new[] { options.Kernel, options.Archive, options.Iso })
        {
            if (image is not null && !File.Exists(image))
                throw new RingOsException($"{image} does not exist; build it with: ./ringos build");
        }
    }
}
