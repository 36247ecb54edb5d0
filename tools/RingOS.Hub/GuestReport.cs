// What a guest says of its own run: its iperf's window and every write that failed. Back to: HubResult.cs
using System.Collections.Generic;
using System.Linq;
using RingOS.Host.Compare;
using RingOS.Host.Machines;
using RingOS.Host.Serial;
using Serilog.Events;

namespace RingOS.Hub;

/// <summary>A write() that returned -1.</summary>
/// <param name="Number">Calls of write() up to this one, from 1.</param>
/// <param name="Datagram">The number of the datagram that was not taken.</param>
/// <param name="Errno">Why.</param>
/// <param name="Nanoseconds">Simulated time from the start of the run until it was called.</param>
public sealed record FailedWrite(long Number, long Datagram, int Errno, long Nanoseconds);

/// <param name="Written">Datagrams that write() took.</param>
/// <param name="Failures">Writes that failed, by errno.</param>
/// <param name="FirstFailures">The first of them.</param>
/// <param name="Counters">What its driver counted, by name.</param>
/// <param name="ServerReceived">Datagrams that the server at the other end counted; null if it never answered.</param>
public sealed record GuestReport(
    long Written, IReadOnlyDictionary<int, long> Failures, IReadOnlyList<FailedWrite> FirstFailures,
    IReadOnlyDictionary<string, long> Counters, long? ServerReceived)
{
    public long Failed => Failures.Values.Sum();

    internal static GuestReport? From(GuestRun run)
    {
        WindowEvent? window = WindowEvent.Find(run);
        return window is null
            ? null
            : new GuestReport(window.Datagrams, new Dictionary<int, long>(), [], new Dictionary<string, long>(), null);
    }
}
