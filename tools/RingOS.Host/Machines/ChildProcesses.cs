// Starts machines so that none outlives this tool, however it ends. prctl(2), PR_SET_PDEATHSIG. Next: Machine.cs
using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace RingOS.Host.Machines;

/// <summary>The child processes of this tool that are still running.</summary>
/// <remarks>
/// Two nets: an ordinary end of the tool kills what is left; and util-linux's setpriv, where there is one, asks the system to kill the
/// child when its parent dies, even of SIGKILL. "Parent" means the thread that started it, so one thread, which lives as long as the tool,
/// starts them all.
/// </remarks>
internal static class ChildProcesses
{
    private static readonly BlockingCollection<Action> s_requests = [];
    private static readonly HashSet<Process> s_running = [];
    private static readonly string? s_setpriv = ExternalTool.Find("setpriv");

    static ChildProcesses()
    {
        Thread starter = new(ServeRequests) { IsBackground = true, Name = "process starter" };
        starter.Start();
        AppDomain.CurrentDomain.ProcessExit += static (_, _) => KillAll();
    }

    /// <summary>
    /// Starts a program with all three standard streams redirected. Its input stays open as long as it runs: behind an input that has ended QEMU's
    /// serial port drops bytes when its reader is slow (findings/qemu-serial-slow-reader.sh).
    /// </summary>
    public static Task<Process> StartAsync(string program, IReadOnlyList<string> arguments, string workingFolder)
    {
        TaskCompletionSource<Process> started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        s_requests.Add(() =>
        {
            try
            {
                ProcessStartInfo info = StartInfo(program, arguments, workingFolder);
                Process process = Process.Start(info) ?? throw new RingOsException($"{info.FileName} did not start");
                lock (s_running)
                    s_running.Add(process);
                started.SetResult(process);
            }
            catch (Exception exception)
            {
                started.SetException(exception);
            }
        });
        return started.Task;
    }

    /// <summary>Ends a process if it still runs, waits until it is gone, and lets go of it.</summary>
    public static void End(Process process)
    {
        Kill(process);
        process.WaitForExit();
        lock (s_running)
            s_running.Remove(process);
        process.Dispose();
    }

    /// <summary>Ends a process if it still runs.</summary>
    public static void Kill(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    private static ProcessStartInfo StartInfo(string program, IReadOnlyList<string> arguments, string workingFolder)
    {
        string path = ExternalTool.Find(program)
            ?? throw new RingOsException($"{program} is not installed; see what is needed with: ./ringos doctor");
        IEnumerable<string> all = s_setpriv is null ? arguments : ["--pdeathsig", "KILL", "--", path, .. arguments];
        return new ProcessStartInfo(s_setpriv ?? path, all)
        {
            WorkingDirectory = workingFolder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
    }

    private static void ServeRequests()
    {
        foreach (Action request in s_requests.GetConsumingEnumerable())
            request();
    }

    private static void KillAll()
    {
        lock (s_running)
        {
            foreach (Process process in s_running)
                Kill(process);
        }
    }
}
