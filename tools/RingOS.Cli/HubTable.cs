// The table that `ringos hub` ends with. Back to: HubCommand.cs
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using RingOS.Hub;
using Spectre.Console;
using Status = RingOS.Abi.Status;

namespace RingOS.Cli;

/// <summary>Shows an experiment: a column for each host, a line for the medium, and where to go on.</summary>
internal static class HubTable
{
    private const int MostColumns = 6;

    private static readonly (string Title, string Short, Func<HubResult, int, string> Cell)[] s_rows =
    [
        ("datagrams wanted by -b", "wanted", static (result, host) => Whole(result.Figures[host].Offered)),
        ("  write() returned 1470", "= 1470", static (result, host) => Whole(result.Figures[host].Written)),
        ("  write() returned -1", "= -1", static (result, host) => Failures(result.Figures[host])),
        ("  of which no room in a local queue", "", static (result, host) => Whole(result.Figures[host].QueueDrops)),
        ("frames sent", "sent", static (result, host) => Whole(result.Figures[host].Sent)),
        ("  share of all bytes, %", "share %", static (result, host) => Percent(result.ShareOf(host))),
        ("  first had to wait (deferred)", "defer", static (result, host) => Whole(result.Figures[host].Deferred)),
        ("  collisions", "coll.", static (result, host) => Whole(result.Figures[host].Collisions)),
        ("  lost after 16 collisions", "lost", static (result, host) => Whole(result.Figures[host].Excessive)),
        ("  lost to a late collision", "late", static (result, host) => Whole(result.Figures[host].Late)),
        ("  wait for the wire, mean us", "mean", static (result, host) => One(result.Figures[host].MeanDelayMicroseconds)),
        ("  and for 99 %, us", "99 %", static (result, host) => One(result.Figures[host].P99DelayMicroseconds)),
        ("datagrams delivered to the peer's NIC", "deliv.", static (result, host) => Whole(result.Figures[host].Delivered)),
        ("  received by the peer's iperf", "recv.", static (result, host) => Whole(result.Hosts[host].Report?.ServerReceived)),
    ];

    public static void Write(IAnsiConsole screen, HubResult result)
    {
        HubOptions options = result.Options;
        string middle = options.IsFullDuplex ? "a full-duplex switch" : "a half-duplex hub";
        screen.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{options.Hosts} hosts on {middle}, {options.Megabits} Mb/s; each runs iperf -u -b {Rate.Format(options.BitsPerSecond)} "
            + $"for {options.Milliseconds / 1000.0} s; placement={options.Placement} completion={options.Completion}, seed {options.Seed}; QEMU {result.Qemu}"));
        WholeTable.Write(screen, options.Hosts > MostColumns ? Lying(result) : Standing(result));
        WriteMedium(screen, result);
    }

    private static Table Standing(HubResult result)
    {
        Table table = new Table().Border(TableBorder.Simple).Collapse().AddColumn("");
        foreach (int host in Enumerable.Range(0, result.Options.Hosts))
            table.AddColumn(new TableColumn(NameOf(host)).RightAligned());
        foreach ((string title, string _, Func<HubResult, int, string> cell) in s_rows)
            table.AddRow([title, .. Enumerable.Range(0, result.Options.Hosts).Select(host => Markup.Escape(cell(result, host)))]);
        return table;
    }

    // With many hosts, a row for each.
    private static Table Lying(HubResult result)
    {
        Table table = new Table().Border(TableBorder.Simple).Collapse().AddColumn(new TableColumn("host").RightAligned().NoWrap().Padding(0, 0));
        (string Title, string Short, Func<HubResult, int, string> Cell)[] columns = [.. s_rows.Where(static row => row.Short.Length > 0)];
        foreach ((string _, string title, Func<HubResult, int, string> _) in columns)
            table.AddColumn(new TableColumn(title).RightAligned().NoWrap().Padding(1, 0, 0, 0));
        foreach (int host in Enumerable.Range(0, result.Options.Hosts))
            table.AddRow([(host + 1).ToString(CultureInfo.InvariantCulture), .. columns.Select(column => Markup.Escape(column.Cell(result, host)))]);
        return table;
    }

    private static string NameOf(int host) => string.Create(CultureInfo.InvariantCulture, $"host {host + 1}");

    private static void WriteMedium(IAnsiConsole screen, HubResult result)
    {
        screen.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"the wire: {Percent(result.Utilisation)} % of the time frame bits, {result.CollisionsPerFrame:0.00} collisions a frame sent"));
        screen.WriteLine($"trace {result.TraceHash}");
        (int Host, FailedWrite Write)[] failures =
            [.. result.Hosts.SelectMany(static host => (host.Report?.FirstFailures ?? []).Select(write => (host.Number, write)))];
        if (failures.Length == 0)
            return;
        (int failed, FailedWrite why) = failures.OrderBy(static one => one.Write.Errno == (int)Status.IoError ? 0 : 1).First();
        screen.WriteLine(string.Create(CultureInfo.InvariantCulture, $"why a write() failed: ./ringos explain --host {failed + 1} --write {why.Number}"));
    }

    private static string Failures(HostFigures figures)
        => figures.Failed.Count == 0 ? "0" : string.Join('\n', figures.Failed.OrderBy(static pair => pair.Key).Select(
            static pair => $"{Whole(pair.Value)} {ErrnoNames.Of(pair.Key)}"));

    private static string Whole(long? value) => value?.ToString("#,0", CultureInfo.InvariantCulture) ?? "-";

    private static string One(double value) => value.ToString("#,0.0", CultureInfo.InvariantCulture);

    private static string Percent(double share) => (share * 100).ToString("0.0", CultureInfo.InvariantCulture);
}
