// How far one write() has come. Next: WriteTimeline.cs
using System;

namespace RingOS.Trace;

/// <summary>Told the instructions after the beginning of a write() in order; knows when there is nothing more to wait for.</summary>
/// <remarks>
/// The first report after the doorbell is taken for this frame's: QEMU's NICs have sent a frame, and all before it, when the doorbell's
/// write returns.
/// </remarks>
/// <param name="caller">The method that called write().</param>
/// <param name="callerLevel">Its privilege level.</param>
internal sealed class WriteProgress(Method caller, int callerLevel)
{
    private const string RegisterWrite = "MmioRegion__MmioStore";
    private const string DriverReports = "Controller__OnInterrupt";

    private int? _lastCompletion;

    /// <summary>Index of the caller's first instruction afterwards.</summary>
    public int? Returned { get; private set; }

    /// <summary>Index of the register write of the first doorbell.</summary>
    public int? Doorbell { get; private set; }

    /// <summary>Where the driver begins to report on the frame.</summary>
    public int? Reported { get; private set; }

    /// <summary>Index behind the last instruction that tells the network stack.</summary>
    public int? Completed { get; private set; }

    public bool IsOver => Returned is not null && Completed is not null;

    public void Take(int index, PhasedInstruction instruction)
    {
        if (instruction.Cpl == callerLevel && instruction.Method == caller)
            Returned ??= index;
        if (instruction.Phase == Phase.Doorbell && instruction.Method.Name.Contains(RegisterWrite, StringComparison.Ordinal))
            Doorbell ??= index;
        if (Doorbell is null || Completed is not null)
            return;
        if (IsReport(instruction))
            Reported ??= index;
        if (Reported is null)
            return; // a look into an event ring that holds nothing yet
        if (instruction.Phase == Phase.Completion)
            _lastCompletion = index;
        else if (_lastCompletion is not null)
            Completed = _lastCompletion + 1;
    }

    // A driver that calls the stack itself reports and completes in one.
    private static bool IsReport(PhasedInstruction instruction)
        => instruction.Phase == Phase.Report
            || (instruction.Phase == Phase.Completion && instruction.Method.Name.Contains(DriverReports, StringComparison.Ordinal));

    /// <summary>The trace has ended.</summary>
    public void Finish() => Completed ??= _lastCompletion + 1;
}
