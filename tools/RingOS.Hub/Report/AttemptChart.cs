// The attempts of one frame below one another over a logarithmic axis of time. Back to: LostFrameSection.cs
using System;
using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using RingOS.Host.Report;

namespace RingOS.Hub.Report;

/// <summary>Draws a row an attempt.</summary>
internal static class AttemptChart
{
    private const double Width = 860;
    private const double Left = 90;
    private const double Right = 110;
    private const double Top = 24;
    private const double RowHeight = 20;
    private const double BarHeight = 12;
    private const double Bottom = 40;

    /// <param name="title">What the chart shows.</param>
    /// <param name="stories">First drawn on top; at least one.</param>
    public static XElement Draw(string title, IReadOnlyList<AttemptStory> stories)
    {
        double last = stories.Max(static story => Math.Max(story.BeginsAt, story.BackoffUntil ?? 0));
        Scale scale = new(Math.Max(1, (int)Math.Ceiling(Math.Log10(Math.Max(1, last)))));
        double bottom = Top + (stories.Count * RowHeight);
        List<XElement> shapes = [.. Axis(scale, bottom), Svg.Text(Width - 4, Top - 8, "slots", Svg.Axis, Anchor.End)];
        for (int row = 0; row < stories.Count; row++)
            shapes.AddRange(Row(stories[row], Top + (row * RowHeight), scale));
        return Svg.Chart(Width, bottom + Bottom, title, shapes);
    }

    private static IEnumerable<XElement> Axis(Scale scale, double bottom)
    {
        for (int decade = 0; decade <= scale.Decades; decade++)
        {
            double x = scale.X(Math.Pow(10, decade));
            yield return Svg.Line(x, Top, x, bottom, "grid");
            yield return Svg.Text(x, bottom + 14, Figures.Whole(Math.Pow(10, decade)), Svg.Axis, Anchor.Middle);
        }
        yield return Svg.Text((Left + Width - Right) / 2, bottom + 30, "us since the NIC was given the frame, logarithmic; what came earlier than 1 us stands at 1", Svg.Axis, Anchor.Middle);
    }

    private static IEnumerable<XElement> Row(AttemptStory story, double y, Scale scale)
    {
        double baseline = y + 10.5;
        yield return Svg.Text(Left - 8, baseline, $"attempt {Figures.Whole(story.Number)}", Svg.Axis, Anchor.End);
        double x = scale.X(story.BeginsAt);
        if (story.ReadyAt < story.BeginsAt)
            yield return Svg.Rectangle(scale.X(story.ReadyAt), y + 3, x - scale.X(story.ReadyAt), BarHeight - 6, Palette.Published);
        if (story.BackoffUntil is double until)
            yield return Svg.Rectangle(scale.X(story.BackoffFrom), y, scale.X(until) - scale.X(story.BackoffFrom), BarHeight, Palette.Plain);
        yield return Svg.Polygon([new(x - 5, y + 6), new(x, y), new(x + 5, y + 6), new(x, y + 12)], Palette.Ink);
        yield return Svg.Text(Width - 4, baseline, story.Slots, Svg.Value, Anchor.End);
    }

    private sealed record Scale(int Decades)
    {
        public double X(double microseconds) => Left + (Math.Log10(Math.Max(1, microseconds)) / Decades * (Width - Left - Right));
    }
}
