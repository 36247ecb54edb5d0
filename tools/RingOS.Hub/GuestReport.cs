// What a guest says of its own run: its iperf's window, every write that failed, what its driver counted. Back to: HubResult.cs
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using RingOS.Abi;
using RingOS.Host.Machines;
using RingOS.Host.Serial;
using Serilog.Events;

namespace RingOS.Hub;

/// <summary>A write() that returned -1.</summary>
/// <param name="Number">Calls of write() up to this one, from 1.</param>
/// <param name="Datagram">The number of the datagram that was not taken.</param>
/// <param name="Errno">Why.</param>
/// <param name="BeganNanoseconds">Simulated time from the start of the run until it was called.</param>
/// <param name="EndedNanoseconds">And until it returned.</param>
public sealed record FailedWrite(long Number, long Datagram, int Errno, long BeganNanoseconds, long EndedNanoseconds)
{
    /// <summary>"EIO"</summary>
    public string ErrnoName => ErrnoNames.Of(Errno);
}

/// <param name="Written">Datagrams that write() took.</param>
/// <param name="Failures">Writes that failed, by errno.</param>
/// <param name="FirstFailures">The first thousand of them.</param>
/// <param name="Counters">What its driver counted, by name.</param>
/// <param name="ServerReceived">Datagrams that the server at the other end counted; null if it never answered.</param>
public sealed record GuestReport(
    long Written, IReadOnlyDictionary<int, long> Failures, IReadOnlyList<FailedWrite> FirstFailures,
    IReadOnlyDictionary<string, long> Counters, long? ServerReceived)
{
    private const string Window = "iperf window";
    private const string Failure = "iperf write";
    private const string Nic = "iperf NIC";

    public long Failed => Failures.Values.Sum();

    internal static GuestReport? From(GuestRun run)
        => run.Events.LastStartingWith(Window) is not LogEvent window ? null : new GuestReport(
            window.RequiredNumber("Datagrams"),
            ByErrno(window.Word("WriteErrorsByErrno") ?? ""),
            [.. run.Events.Where(static found => found.MessageTemplate.Text.StartsWith(Failure, StringComparison.Ordinal)).Select(ReadFailure)],
            Counted(run.Events.LastStartingWith(Nic)),
            window.Number("ServerReceived"));

    private static FailedWrite ReadFailure(LogEvent found) => new(
        found.RequiredNumber("Write"), found.RequiredNumber("Datagram"), (int)found.RequiredNumber("Errno"),
        found.RequiredNumber("BeganNanoseconds"), found.RequiredNumber("Nanoseconds"));

    // "5:72,105:3": an errno and how often.
    private static Dictionary<int, long> ByErrno(string list)
        => list.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(static item => item.Split(':'))
            .ToDictionary(
                static item => int.Parse(item[0], CultureInfo.InvariantCulture),
                static item => long.Parse(item[^1], CultureInfo.InvariantCulture));

    private static Dictionary<string, long> Counted(LogEvent? found)
        => found is null
            ? []
            : Enum.GetValues<NicCounter>().Where(static counter => counter != NicCounter.Count)
                .Where(counter => found.Number(counter.ToString()) is not null)
                .ToDictionary(static counter => counter.ToString(), counter => found.RequiredNumber(counter.ToString()));
}
