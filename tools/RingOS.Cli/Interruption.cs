// Ctrl-C and its relatives become a cancellation, so that nothing is left running. signal(7). Back to: Program.cs
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Threading;

namespace RingOS.Cli;

/// <summary>Watches for signals that ask this tool to end.</summary>
internal sealed class Interruption : IDisposable
{
    private const int SignalledExit = 128; // what a shell adds to a signal's number

    private static readonly (PosixSignal Signal, int Number)[] s_signals =
        [(PosixSignal.SIGHUP, 1), (PosixSignal.SIGINT, 2), (PosixSignal.SIGTERM, 15)];

    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _registrations = [];

    public Interruption()
    {
        foreach ((PosixSignal signal, int number) in s_signals)
            _registrations.Add(PosixSignalRegistration.Create(signal, context => Interrupt(context, number)));
    }

    public CancellationToken Token => _source.Token;

    /// <summary>What the tool returns after a signal.</summary>
    public int ExitCode { get; private set; } = SignalledExit;

    public void Dispose() => _registrations.ForEach(static registration => registration.Dispose());

    // The first signal ends the command in good order; a second one is left to do what signals do.
    private void Interrupt(PosixSignalContext context, int number)
    {
        if (_source.IsCancellationRequested)
            return;
        context.Cancel = true;
        ExitCode = SignalledExit + number;
        _source.Cancel();
    }
}
