// Carried against offered: these guests, and the simulator alone for 1 to 32 stations; hub and switch. Back to: HubReport.cs
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Xml.Linq;
using RingOS.Ethernet;
using RingOS.Host.Report;
using RingOS.Host.Report.Charts;
using LoadOptions = RingOS.Ethernet.LoadOptions;

namespace RingOS.Hub.Report;

/// <summary>Runs the simulator without guests and draws what it carries.</summary>
internal static class LoadSection
{
    private const double SimulatedSeconds = 0.5;
    private static readonly double[] s_loads = [0.2, 0.4, 0.6, 0.8, 1.0, 1.2, 1.6, 2.0];
    private static readonly int[] s_stations = [1, 2, 4, 8, 16, 32];

    public static IEnumerable<XElement> Write(HubResult result)
    {
        yield return Html.Heading("Carried and offered", "load");
        yield return Html.Paragraph("The simulator alone, without guests: stations that offer frames of 1518 bytes at random times. A hub carries "
            + "nearly all of what is offered up to some nine tenths of its rate, and then no more; what changes with the number of stations is who "
            + "waits, and how many frames are given up. A switch has no collisions, and loses what its queues cannot hold.");
        yield return Carried(result).ToHtml();
        yield return Saturated(result).ToHtml();
    }

    private static ReportFigure Carried(HubResult result)
    {
        List<ChartLine> lines =
        [
            .. new[] { 2, 4, 32 }.Select(stations => Sweep(result, Topology.Hub, stations, $"hub, {stations} stations")),
            Sweep(result, Topology.Switch, 4, "switch, 4 stations"),
        ];
        double offered = result.Options.Hosts * result.Options.DatagramRate * (HubOptions.DatagramBytes + 46) * 8 / (result.Options.Megabits * 1e6);
        if (result.Options.BitsPerSecond > 0 && result.Utilisation > 0)
            lines.Add(new ChartLine("these guests", [new Spot(offered * 100, result.Utilisation)], Figures.Ratio));
        const string Caption = "Frame bits carried, as a share of the bit rate, by what all stations together offer, in per cent of it";
        ReportTable table = new(
            ["", .. s_loads.Select(static load => $"{Figures.Whole(load * 100)} %")],
            [.. lines.Where(static line => line.Points.Count > 1).Select(static line => (IReadOnlyList<string>)[line.Name, .. line.Points.Select(static point => Figures.Ratio(point.Y))])]);
        return new ReportFigure(Caption, [LineChart.Draw(Caption, "% offered", lines)], table);
    }

    private static ChartLine Sweep(HubResult result, Topology topology, int stations, string name)
    {
        LoadOptions options = Options(result) with { Topology = topology, Stations = [stations], Loads = s_loads };
        return new ChartLine(name, [.. new LoadSweep(options).Run(CancellationToken.None).Select(static point => new Spot(point.Load!.Value * 100, point.Utilisation))], Figures.Ratio);
    }

    private static ReportFigure Saturated(HubResult result)
    {
        List<LoadPoint> points = [.. new LoadSweep(Options(result) with { Stations = s_stations }).Run(CancellationToken.None)];
        List<ChartLine> lines =
        [
            new("collisions a frame", [.. points.Select(static point => new Spot(point.Stations, point.CollisionsPerFrame))], Figures.Ratio),
            new("carried, of the rate", [.. points.Select(static point => new Spot(point.Stations, point.Utilisation))], Figures.Ratio),
            new("given up, of 10 frames", [.. points.Select(static point => new Spot(point.Stations, LostOfTen(point)))], Figures.Ratio),
        ];
        if (result.CollisionsPerFrame > 0)
            lines.Add(new ChartLine("these guests: collisions", [new Spot(result.Options.Hosts, result.CollisionsPerFrame)], Figures.Ratio));
        const string Caption = "A hub whose stations always have another frame: collisions noticed by senders for each frame sent, what is carried, and what is given up";
        ReportTable table = new(
            ["stations", "collisions a frame", "carried", "given up of 10", "least lucky %", "most lucky %", "mean wait us"],
            [
                .. points.Select(static point => (IReadOnlyList<string>)
                [
                    Figures.Whole(point.Stations), Figures.Ratio(point.CollisionsPerFrame), Figures.Ratio(point.Utilisation), Figures.Ratio(LostOfTen(point)),
                    Figures.Small(point.LeastShare * 100), Figures.Small(point.MostShare * 100), Figures.Small(point.MeanAccessMicroseconds),
                ]),
            ]);
        return new ReportFigure(Caption, [LineChart.Draw(Caption, "stations", lines)], table);
    }

    private static double LostOfTen(LoadPoint point)
        => point.Sent + point.Excessive + point.Late == 0 ? 0 : 10.0 * (point.Excessive + point.Late) / (point.Sent + point.Excessive + point.Late);

    private static LoadOptions Options(HubResult result) => new()
    {
        BitsPerSecond = result.Options.Megabits * 1_000_000L,
        Seconds = SimulatedSeconds,
        Seed = result.Options.Seed,
        CableMetres = result.Options.CableMetres,
    };
}
