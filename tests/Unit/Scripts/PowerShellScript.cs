// Runs a PowerShell script in this process, by the engine alone: its cmdlet modules are not there. Next: IsoBuildScriptTests.cs
using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace RingOS.Tests.Unit.Scripts;

/// <summary>What a script left behind.</summary>
/// <param name="ExitCode">Of its <c>exit</c>, or else of the last external program; 0 if there was neither.</param>
/// <param name="Output">What it and its programs wrote to standard output, line by line.</param>
/// <param name="Errors">What its programs wrote to standard error, and the script's own errors.</param>
public sealed record PowerShellResult(int ExitCode, IReadOnlyList<string> Output, IReadOnlyList<string> Errors);

/// <summary>PowerShell as a library.</summary>
public static class PowerShellScript
{
    /// <summary>Runs a script file.</summary>
    /// <param name="path">The .ps1 file.</param>
    /// <param name="arguments">Its named parameters.</param>
    /// <exception cref="RuntimeException">The script ended by <c>throw</c> or could not bind its parameters.</exception>
    public static PowerShellResult Run(string path, params (string Name, string Value)[] arguments)
    {
        using Runspace runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.Open();
        using PowerShell shell = PowerShell.Create(runspace);
        shell.AddCommand(path);
        foreach ((string name, string value) in arguments)
            shell.AddParameter(name, value);
        List<string> output = [.. shell.Invoke().Select(static line => line?.ToString() ?? "")];
        List<string> errors = [.. shell.Streams.Error.Select(static error => error.ToString())];
        int exitCode = Convert.ToInt32(runspace.SessionStateProxy.GetVariable("LASTEXITCODE") ?? 0);
        return new PowerShellResult(exitCode, output, errors);
    }
}
