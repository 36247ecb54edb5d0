// Carried against offered: these guests, and the simulator alone for 1 to 32 stations; hub and switch. Next: LimitSection.cs
using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using RingOS.Ethernet;
using RingOS.Host.Report;
using RingOS.Host.Report.Charts;
using LoadOptions = RingOS.Ethernet.LoadOptions;

namespace RingOS.Hub.Report;

/// <summary>Runs the simulator without guests and draws what it carries.</summary>
internal static class LoadSection
{
    private const string Guests = "these guests";
    private const double SimulatedBits = 50e6; // of each point: some 4,000 of the longest frames
    private static readonly double[] s_loads = [0.2, 0.4, 0.6, 0.8, 1.0, 1.2, 1.6, 2.0];
    private static readonly int[] s_stations = [1, 2, 4, 8, 16, 32];

    public static IEnumerable<XElement> Write(HubResult result)
    {
        List<LoadPoint> saturated = [.. new LoadSweep(Options(result) with { Stations = s_stations }).Run()];
        yield return Html.Heading("Carried and offered", "load");
        yield return Html.Paragraph("The simulator alone, without guests: stations that offer frames of 1518 bytes at random times, over cables as long as here. A hub carries "
            + "nearly all of what is offered up to some nine tenths of its rate, and then no more; what changes with the number of stations is who "
            + "waits, and how many frames are given up. A switch has no collisions, and loses what its queues cannot hold.");
        yield return Carried(result).ToHtml();
        yield return Html.Heading("Collisions and stations", "collisions");
        yield return Html.Paragraph("Stations of a hub that always have another frame. Of the frames it offers to the wire, each station loses those that collided sixteen "
            + "times. The guests' mark differs where they had not always another frame, or fewer had.");
        yield return Collisions(result, saturated).ToHtml();
        yield return GivenUp(result, saturated).ToHtml();
    }

    private static ReportFigure Carried(HubResult result)
    {
        List<ChartLine> lines =
        [
            .. s_stations.Select(stations => Sweep(result, Topology.Hub, stations, $"hub, {Stations(stations)}")),
            Sweep(result, Topology.Switch, result.Options.Hosts, $"switch, {Stations(result.Options.Hosts)}"),
        ];
        List<IReadOnlyList<string>> rows = [.. lines.Select(static line => (IReadOnlyList<string>)[line.Name, .. line.Points.Select(static point => Figures.Ratio(point.Y)), ""])];
        if (Offered(result) is double offered && offered > 0)
        {
            lines.Add(new ChartLine(Guests, [new Spot(offered * 100, result.Utilisation)], Figures.Ratio));
            rows.Add([$"{Guests}, at {Figures.Whole(offered * 100)} %", .. s_loads.Select(static _ => ""), Figures.Ratio(result.Utilisation)]);
        }
        const string Caption = "Frame bits carried, as a share of the bit rate, by what all stations together offer, in per cent of it; a switch carries on all its ports "
            + "at once. Of the guests it shows what iperf's -b asked for (with -b 0, what write() was asked to take)";
        ReportTable table = new(["stations", .. s_loads.Select(static load => $"{Figures.Whole(load * 100)} %"), "carried by guests"], rows);
        return new ReportFigure(Caption, [LineChart.Draw(Caption, "% of the bit rate offered", lines)], table);
    }

    // Of the bit rate, in frames of a full datagram. Without -b: what the program tried to write.
    private static double? Offered(HubResult result)
    {
        double frame = (HubOptions.DatagramBytes + Overhead + Frame.CheckSequenceBytes) * 8;
        double seconds = result.Options.Milliseconds / 1000.0;
        double datagrams = result.Options.BitsPerSecond > 0
            ? result.Options.Hosts * result.Options.DatagramRate * seconds
            : result.Hosts.Sum(static host => host.Report is { } report ? (double)report.Written + report.Failed : 0);
        double load = datagrams * frame / (result.Clock.BitsPerSecond * seconds);
        return load <= MostOffered ? load : null;
    }

    private const int Overhead = 42; // UDP, IP and Ethernet headers
    private const double MostOffered = 20; // beyond, the mark would squeeze the curves

    private static string Stations(int count) => count == 1 ? "1 station" : $"{Figures.Whole(count)} stations";

    private static ChartLine Sweep(HubResult result, Topology topology, int stations, string name)
    {
        LoadOptions options = Options(result) with { Topology = topology, Stations = [stations], Loads = s_loads };
        return new ChartLine(name, [.. new LoadSweep(options).Run().Select(static point => new Spot(point.Load!.Value * 100, point.Utilisation))], Figures.Ratio);
    }

    private static ReportFigure Collisions(HubResult result, List<LoadPoint> points)
    {
        const string Caption = "Collisions noticed by senders for each frame sent, by number of stations that always have another frame. A collision of two stations counts twice";
        List<ChartLine> lines = [new("simulator", [.. points.Select(static point => new Spot(point.Stations, point.CollisionsPerFrame))], Figures.Ratio)];
        if (!result.Options.IsFullDuplex)
            lines.Add(new ChartLine(Guests, [new Spot(result.Options.Hosts, result.CollisionsPerFrame)], Figures.Ratio));
        List<IReadOnlyList<string>> rows =
        [
            .. points.Select(static point => (IReadOnlyList<string>)
            [
                Figures.Whole(point.Stations), Figures.Ratio(point.CollisionsPerFrame), Figures.Ratio(point.Utilisation),
                Figures.Small(point.LeastShare * 100), Figures.Small(point.MostShare * 100), Figures.Small(point.MeanAccessMicroseconds),
            ]),
            [
                $"{Guests}: {Figures.Whole(result.Options.Hosts)}", Figures.Ratio(result.CollisionsPerFrame), Figures.Ratio(result.Utilisation),
                Figures.Small(result.Hosts.Min(host => result.ShareOf(host.Number)) * 100), Figures.Small(result.Hosts.Max(host => result.ShareOf(host.Number)) * 100),
                Figures.Small(result.Medium.AccessDelay.Mean / result.Options.Megabits),
            ],
        ];
        ReportTable table = new(["stations", "collisions a frame", "carried", "least lucky %", "most lucky %", "mean wait us"], rows);
        return new ReportFigure(Caption, [LineChart.Draw(Caption, "stations", lines)], table);
    }

    private static ReportFigure GivenUp(HubResult result, List<LoadPoint> points)
    {
        const string Caption = "Frames given up after 16 collisions (or a late one), of 100 that the wire was offered, by number of stations. Not shown: what queues refused before";
        List<ChartLine> lines = [new("simulator", [.. points.Select(static point => new Spot(point.Stations, Percent(point.Excessive + point.Late, point.Sent)))], Figures.Ratio)];
        long lost = result.Medium.Total(static station => station.Excessive + station.Late);
        double guests = Percent(lost, result.Medium.Total(static station => station.Sent));
        if (!result.Options.IsFullDuplex)
            lines.Add(new ChartLine(Guests, [new Spot(result.Options.Hosts, guests)], Figures.Ratio));
        ReportTable table = new(
            ["stations", "given up of 100", "given up", "sent"],
            [
                .. points.Select(static point => (IReadOnlyList<string>)
                [
                    Figures.Whole(point.Stations), Figures.Ratio(Percent(point.Excessive + point.Late, point.Sent)),
                    Figures.Whole(point.Excessive + point.Late), Figures.Whole(point.Sent),
                ]),
                [$"{Guests}: {Figures.Whole(result.Options.Hosts)}", Figures.Ratio(guests), Figures.Whole(lost), Figures.Whole(result.Medium.Total(static station => station.Sent))],
            ]);
        bool hasAny = lines.Exists(static line => line.Points.Any(static point => point.Y > 0));
        return new ReportFigure(Caption, hasAny ? [LineChart.Draw(Caption, "stations", lines)] : [], table);
    }

    private static double Percent(long lost, long sent) => lost + sent == 0 ? 0 : 100.0 * lost / (lost + sent);

    private static LoadOptions Options(HubResult result) => new()
    {
        BitsPerSecond = result.Clock.BitsPerSecond,
        Seconds = SimulatedBits / result.Clock.BitsPerSecond,
        Seed = result.Options.Seed,
        CableBitTimes = result.Options.Medium.Delays[0],
    };
}
