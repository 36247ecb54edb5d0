// A machine that was started for a measurement, so that a report can name the exact commands. Next: Comparison.cs
using System.Linq;
using RingOS.Host.Machines;

namespace RingOS.Host.Compare;

/// <summary>A started machine.</summary>
/// <param name="Kind">What it was for: "counted", "timed".</param>
/// <param name="Options">The machine.</param>
public sealed record MachineRecord(string Kind, MachineOptions Options)
{
    /// <summary>The kernel's command line.</summary>
    public string KernelCommandLine => Options.CommandLine;

    /// <summary>QEMU's, as one would type it: without the instrument, whose memory is this tool's and which changes no figure.</summary>
    public string QemuCommand
        => string.Join(' ', QemuCommandLine.Build(Options with { Instrument = null }, Qemu.Chosen).Prepend(Qemu.Chosen.Program)
            .Select(static word => word.Contains(' ') ? $"\"{word}\"" : word));
}
