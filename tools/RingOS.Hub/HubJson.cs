// An experiment as JSON: `./ringos hub --json FILE`, and what `./ringos explain` reads. Equal experiments give equal files. Back to: HubResult.cs
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;
using RingOS.Host;

namespace RingOS.Hub;

/// <summary>Writes and reads experiments.</summary>
public static class HubJson
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
        IgnoreReadOnlyProperties = true,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>The whole text, ending in a line feed. Lost frames are told attempt by attempt, in bit times.</summary>
    public static string Format(HubResult result) => JsonSerializer.Serialize(DocumentOf(result), s_options) + "\n";

    /// <summary>What was asked for, and every failed write, of an experiment in a file.</summary>
    /// <exception cref="RingOsException">There is no such file, or it is something else.</exception>
    public static HubDocument Read(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path), path);
        }
        catch (FileNotFoundException)
        {
            throw new RingOsException($"{path} does not exist; run an experiment first: ./ringos hub --completion wait", exitCode: 2);
        }
        catch (DirectoryNotFoundException)
        {
            throw new RingOsException($"{path} does not exist; run an experiment first: ./ringos hub --completion wait", exitCode: 2);
        }
    }

    /// <summary>The same of a text.</summary>
    /// <exception cref="RingOsException">It is something else.</exception>
    public static HubDocument Parse(string text, string name)
    {
        HubDocument? document = null;
        try
        {
            document = JsonSerializer.Deserialize<HubDocument>(text, s_options);
        }
        catch (JsonException)
        {
            // told below
        }
        return document is not null && IsWhole(document)
            ? document
            : throw new RingOsException($"{name} is not an experiment of ringos hub; write it anew with: ./ringos hub --json FILE", exitCode: 2);
    }

    // What the serializer does not check: elements of lists, and what a lost frame must have.
    private static bool IsWhole(HubDocument document)
        => document.Hosts.All(static host => host?.FailedWrites is not null && host.FailedWrites.All(static failed => failed is not null))
            && document.LostFrames.All(static frame => frame?.Report is not null && frame.Attempts.All(static attempt => attempt is not null));

    /// <summary>The same before it is text.</summary>
    internal static HubDocument DocumentOf(HubResult result) => new()
    {
        Options = result.Options,
        Qemu = result.Qemu,
        TraceHash = result.TraceHash,
        Trouble = result.Trouble,
        Medium = new MediumDocument(
            result.Clock.ToSeconds(result.Medium.Elapsed),
            Round(result.Utilisation),
            result.Frames.Count,
            result.Medium.Total(static station => station.Collisions),
            Round(result.CollisionsPerFrame),
            Round(result.Medium.AccessDelay.Mean / result.Options.Megabits),
            Round((double)result.Medium.AccessDelay.Percentile(0.5) / result.Options.Megabits),
            Round((double)result.Medium.AccessDelay.Percentile(0.99) / result.Options.Megabits),
            Round((double)result.Medium.AccessDelay.Maximum / result.Options.Megabits)),
        Hosts = [.. result.Hosts.Select(host => HostOf(result, host))],
        LostFrames = [.. result.Frames.Where(static frame => frame.IsLost)],
    };

    private static HostDocument HostOf(HubResult result, HostRun host) => new(
        host.Number + 1,
        StationAddress.IpOf(host.Number),
        host.Problem,
        Round(result.ShareOf(host.Number)),
        result.Figures[host.Number],
        host.Report?.Counters,
        host.Report?.ServerReceived,
        host.Report?.FirstFailures ?? []);

    private static double Round(double value) => System.Math.Round(value, 6);
}

/// <summary>The file.</summary>
public sealed record HubDocument
{
    public required HubOptions Options { get; init; }

    /// <summary>Version of the QEMU that ran it; null in files of before it was kept.</summary>
    public string? Qemu { get; init; }

    public required string TraceHash { get; init; }

    public string? Trouble { get; init; }

    public required MediumDocument Medium { get; init; }

    public required IReadOnlyList<HostDocument> Hosts { get; init; }

    public required IReadOnlyList<FrameRecord> LostFrames { get; init; }
}

/// <param name="Seconds">Simulated, from power-on to the last guest's end.</param>
/// <param name="Utilisation">Frame bits of the bit rate while hosts were to send, 0 to 1.</param>
/// <param name="Frames">Offered.</param>
/// <param name="Collisions">Noticed by senders.</param>
/// <param name="CollisionsPerFrame">For each frame sent.</param>
/// <param name="MeanDelayMicroseconds">From a NIC's offer to the attempt that sent it.</param>
/// <param name="MedianDelayMicroseconds">Of the same.</param>
/// <param name="P99DelayMicroseconds">Of the same.</param>
/// <param name="MaximumDelayMicroseconds">Of the same.</param>
public sealed record MediumDocument(
    double Seconds, double Utilisation, long Frames, long Collisions, double CollisionsPerFrame, double MeanDelayMicroseconds,
    double MedianDelayMicroseconds, double P99DelayMicroseconds, double MaximumDelayMicroseconds);

/// <param name="Number">From 1, as people count.</param>
/// <param name="Address">IP.</param>
/// <param name="Problem">One line; missing if all is well.</param>
/// <param name="Share">Of all bytes sent, 0 to 1.</param>
/// <param name="Figures">From the write() to the other NIC.</param>
/// <param name="Driver">What its driver counted; missing if the guest did not come so far.</param>
/// <param name="ServerReceived">What its peer's iperf says it received.</param>
/// <param name="FailedWrites">The first thousand.</param>
public sealed record HostDocument(
    int Number, string Address, string? Problem, double Share, HostFigures Figures, IReadOnlyDictionary<string, long>? Driver,
    long? ServerReceived, IReadOnlyList<FailedWrite> FailedWrites);
