// Measurements that the ladder shows but does not make itself. Next: Ladder.cs
using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Host.Machines;
using RingOS.Host.Report;

namespace RingOS.Host.Compare;

/// <summary>Measures what receiving costs.</summary>
public interface IReceiveSource
{
    /// <summary>The machines that were started, in order.</summary>
    IReadOnlyList<MachineRecord> Machines { get; }

    /// <summary>Boots one placement for one kind of traffic.</summary>
    /// <param name="placement">Which.</param>
    /// <param name="kind">A word of <see cref="ReceiveFigure.Kinds"/>.</param>
    /// <param name="cancellation">Ends the machine.</param>
    /// <exception cref="RingOsException">It could not be measured.</exception>
    Task<ReceiveFigure> MeasureAsync(Placement placement, string kind, CancellationToken cancellation);
}

/// <summary>Lets drivers misbehave and watches.</summary>
public interface IFaultSource
{
    /// <summary>How many machines it will start.</summary>
    int Machines { get; }

    /// <summary>Runs every fault in every placement.</summary>
    /// <param name="onStep">Told before every machine what runs now.</param>
    /// <param name="cancellation">Ends the machine.</param>
    /// <exception cref="RingOsException">It could not be done.</exception>
    Task<IReadOnlyList<FaultOutcome>> RunAsync(Action<string> onStep, CancellationToken cancellation);
}

/// <summary>The sources a ladder has; a part without one is left out, and the page says so.</summary>
/// <param name="Receive">Measures receiving; null if it cannot be measured.</param>
/// <param name="Faults">Runs the faults; null if it cannot.</param>
public sealed record LadderSources(IReceiveSource? Receive, IFaultSource? Faults);
