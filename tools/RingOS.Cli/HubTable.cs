// The table that `ringos hub` ends with. Back to: HubCommand.cs
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using RingOS.Hub;
using Spectre.Console;

namespace RingOS.Cli;

/// <summary>Shows an experiment: a column for each host, a line for the medium, and where to go on.</summary>
internal static class HubTable
{
    private static readonly (string Title, Func<HubResult, int, string> Cell)[] s_rows =
    [
        ("datagrams wanted by -b", static (result, host) => Whole(result.Figures[host].Offered)),
        ("  write() returned 1470", static (result, host) => Whole(result.Figures[host].Written)),
        ("  write() returned -1", static (result, host) => Failures(result.Figures[host])),
        ("  of which no room in a local queue", static (result, host) => Whole(result.Figures[host].QueueDrops)),
        ("frames sent", static (result, host) => Whole(result.Figures[host].Sent)),
        ("  share of all bytes, %", static (result, host) => Percent(result.ShareOf(host))),
        ("  first had to wait (deferred)", static (result, host) => Whole(result.Figures[host].Deferred)),
        ("  collisions", static (result, host) => Whole(result.Figures[host].Collisions)),
        ("  lost after 16 collisions", static (result, host) => Whole(result.Figures[host].Excessive)),
        ("  lost to a late collision", static (result, host) => Whole(result.Figures[host].Late)),
        ("  wait for the wire, mean us", static (result, host) => One(result.Figures[host].MeanDelayMicroseconds)),
        ("  and for 99 %, us", static (result, host) => One(result.Figures[host].P99DelayMicroseconds)),
        ("datagrams delivered to the peer's NIC", static (result, host) => Whole(result.Figures[host].Delivered)),
        ("  received by the peer's iperf", static (result, host) => Whole(result.Hosts[host].Report?.ServerReceived)),
    ];

    public static void Write(IAnsiConsole screen, HubResult result)
    {
        HubOptions options = result.Options;
        string middle = options.IsFullDuplex ? "a full-duplex switch" : "a half-duplex hub";
        screen.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{options.Hosts} hosts on {middle}, {options.Megabits} Mb/s; each runs iperf -u -b {Rate.Format(options.BitsPerSecond)} "
            + $"for {options.Milliseconds / 1000.0} s; placement={options.Placement} completion={options.Completion}, seed {options.Seed}"));
        Table table = new Table().Border(TableBorder.Simple).Collapse().AddColumn("");
        foreach (int host in Enumerable.Range(0, options.Hosts))
            table.AddColumn(new TableColumn(string.Create(CultureInfo.InvariantCulture, $"host {host + 1}")).RightAligned());
        foreach ((string title, Func<HubResult, int, string> cell) in s_rows)
            table.AddRow([title, .. Enumerable.Range(0, options.Hosts).Select(host => Markup.Escape(cell(result, host)))]);
        screen.Write(table);
        WriteMedium(screen, result);
    }

    private static void WriteMedium(IAnsiConsole screen, HubResult result)
    {
        screen.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"the wire: {Percent(result.Utilisation)} % of the time frame bits, {result.CollisionsPerFrame:0.00} collisions a frame sent"));
        screen.WriteLine($"trace {result.TraceHash}");
        if (result.Hosts.FirstOrDefault(static host => host.Report?.FirstFailures.Count > 0) is { } first)
            screen.WriteLine($"why a write() failed: ./ringos explain --host {first.Number + 1} --write {first.Report!.FirstFailures[0].Number}");
    }

    private static string Failures(HostFigures figures)
        => figures.Failed.Count == 0 ? "0" : string.Join('\n', figures.Failed.OrderBy(static pair => pair.Key).Select(
            static pair => $"{Whole(pair.Value)} {ErrnoNames.Of(pair.Key)}"));

    private static string Whole(long? value) => value?.ToString("#,0", CultureInfo.InvariantCulture) ?? "-";

    private static string One(double value) => value.ToString("#,0.0", CultureInfo.InvariantCulture);

    private static string Percent(double share) => (share * 100).ToString("0.0", CultureInfo.InvariantCulture);
}
