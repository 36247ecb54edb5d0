// What came out of an experiment. Next: HubJson.cs
using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using RingOS.Ethernet;
using RingOS.Host;
using RingOS.Host.Machines;

namespace RingOS.Hub;

/// <summary>How a guest's run went.</summary>
/// <param name="Run">Null if it had to be stopped.</param>
/// <param name="Problem">One line on what is wrong; null if nothing is.</param>
public sealed record HostRun(int Number, GuestRun? Run, string? Problem)
{
    private const int QuotedLines = 12;

    /// <summary>What its iperf and its driver counted; null if it did not come that far.</summary>
    public GuestReport? Report { get; } = Run is null ? null : GuestReport.From(Run);

    internal static async Task<HostRun> OfAsync(Station station, Task<GuestRun> guest)
    {
        try
        {
            GuestRun run = await guest;
            return new HostRun(station.Number, run, run.Succeeded ? null : $"{run.Summary}; the serial line ended with\n{run.LastLines}");
        }
        catch (Exception exception) when (exception is RingOsException or Win32Exception or IOException)
        {
            return new HostRun(station.Number, null, $"{StartFailure.Words}{exception.Message}");
        }
        catch (OperationCanceledException)
        {
            string why = station.LinkError ?? (station.IsHung ? "the guest computed for too long without a pause" : "it was stopped");
            string last = string.Join('\n', station.Lines.TakeLast(QuotedLines).Select(static line => "  | " + line.ForPeople));
            return new HostRun(station.Number, null, $"{why}; the serial line ended with\n{last}");
        }
    }
}

/// <param name="Options">What was asked for.</param>
/// <param name="Medium">What happened on the medium.</param>
/// <param name="Clock">What a bit time is.</param>
/// <param name="Hosts">What happened in the guests.</param>
/// <param name="Frames">Every frame, in the order in which the NICs handed them over.</param>
/// <param name="TraceHash">SHA-256 over all events on the medium.</param>
/// <param name="Trouble">Why the run ended early; null if it did not.</param>
public sealed record HubResult(
    HubOptions Options, MediumStatistics Medium, BitClock Clock, IReadOnlyList<HostRun> Hosts, IReadOnlyList<FrameRecord> Frames,
    string TraceHash, string? Trouble)
{
    /// <summary>Version of the QEMU that ran it; null if none did.</summary>
    public string? Qemu { get; init; }

    public IReadOnlyList<HostFigures> Figures { get; } = [.. Hosts.Select(host => HostFigures.Of(host, Options, Medium.Stations[host.Number], Frames))];

    /// <summary>
    /// Frame bits of the bit rate while hosts were to send: from the first datagram's offer, for as long as -t says. Frames count where
    /// their last attempt began.
    /// </summary>
    public double Utilisation
    {
        get
        {
            long begin = Frames.FirstOrDefault(static frame => frame is { Datagram: not null, Report: not null })?.Report!.Value.OfferedAt ?? 0;
            long length = Options.Milliseconds * (Clock.BitsPerSecond / 1000);
            return (double)Frames.Where(frame => frame.Report is { Outcome: TransmitOutcome.Sent } report
                && report.StartedAt >= begin && report.StartedAt < begin + length).Sum(static frame => frame.WireBits) / length;
        }
    }

    /// <summary>Collisions noticed by senders, for each frame that was sent.</summary>
    public double CollisionsPerFrame => Ratio(Medium.Total(static station => station.Collisions), Medium.Total(static station => station.Sent));

    public IEnumerable<FrameRecord> FramesOf(int station) => Frames.Where(frame => frame.Station == station);

    /// <summary>Frames of a host that were never sent.</summary>
    public IEnumerable<FrameRecord> LostOf(int station) => FramesOf(station).Where(static frame => frame.IsLost);

    /// <summary>A host's part of all that was sent, 0 to 1.</summary>
    public double ShareOf(int station) => Ratio(Medium.Stations[station].BytesSent, Medium.Total(static other => other.BytesSent));

    private static double Ratio(long part, long whole) => whole == 0 ? 0 : (double)part / whole;
}
