// One frame that was lost, attempt by attempt. Next: KnowledgeSection.cs
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Xml.Linq;
using RingOS.Ethernet;
using RingOS.Host.Report;

namespace RingOS.Hub.Report;

/// <summary>Draws the first lost datagram's attempts on a logarithmic axis.</summary>
internal static class LostFrameSection
{
    private const double Width = 860;
    private const double Height = 120;
    private const double Left = 20;
    private const double Axis = 70;
    private const int Decades = 6; // from 1 us to 1 s

    public static IEnumerable<XElement> Write(HubResult result)
    {
        yield return Html.Heading("One lost frame", "lost");
        if (result.Frames.FirstOrDefault(static frame => frame is { IsLost: true, Datagram: not null }) is not { } lost)
        {
            yield return Html.Paragraph("No datagram was lost on the wire.");
            yield break;
        }
        yield return Html.Paragraph(string.Create(
            CultureInfo.InvariantCulture,
            $"The first datagram lost: number {lost.Datagram} of host {lost.Station + 1}. After each collision the station waits a random number of slots "
            + $"of 512 bit times, from a range that doubles ten times; after the sixteenth attempt it gives up, and a counter in the NIC moves by one."));
        string caption = "Attempts of the frame, by time since the NIC was given it; logarithmic, 1 us to 1 s";
        yield return new ReportFigure(caption, [Draw(caption, lost, result.Options.Megabits)], Table(lost, result.Options.Megabits)).ToHtml();
    }

    private static XElement Draw(string title, FrameRecord frame, int megabits)
    {
        long offered = frame.Report!.Value.OfferedAt;
        List<XElement> shapes = [Svg.Line(Left, Axis, Width - Left, Axis, "grid")];
        for (int decade = 0; decade <= Decades; decade++)
            shapes.Add(Svg.Text(X(Math.Pow(10, decade)), Axis + 34, $"{Figures.Whole(Math.Pow(10, decade))} us", Svg.Axis, Anchor.Middle));
        foreach (Attempt attempt in frame.Attempts)
        {
            double x = X((double)(attempt.StartedAt - offered) / megabits);
            double y = Axis - (attempt.Number % 3 * 16);
            shapes.Add(Svg.Line(x, Axis, x, y - 6, "leader"));
            shapes.Add(Svg.Text(x, y - 8, attempt.Number.ToString(CultureInfo.InvariantCulture), Svg.Label, Anchor.Middle));
        }
        return Svg.Chart(Width, Height, title, shapes);
    }

    private static double X(double microseconds) => Left + (Math.Log10(Math.Max(1, microseconds)) / Decades * (Width - (2 * Left)));

    private static ReportTable Table(FrameRecord frame, int megabits)
    {
        long offered = frame.Report!.Value.OfferedAt;
        return new ReportTable(
            ["attempt", "begins, us", "waited for others, us", "hears another after, bit times", "backs off, slots", "of"],
            [
                .. frame.Attempts.Select(attempt => (IReadOnlyList<string>)
                [
                    Figures.Whole(attempt.Number),
                    Figures.Small((double)(attempt.StartedAt - offered) / megabits),
                    Figures.Small((double)(attempt.StartedAt - (attempt.ReadyAt ?? attempt.StartedAt)) / megabits),
                    Figures.Whole(attempt.CollidedAt - attempt.StartedAt),
                    Figures.Whole(attempt.BackoffSlots),
                    attempt.BackoffSlots is null ? Figures.NotMeasured : Figures.Whole(1 << Math.Min(attempt.Number, CsmaCd.BackoffLimit)),
                ]),
            ]);
    }
}
