// One frame that was lost, attempt by attempt, and who was on the wire instead. Next: KnowledgeSection.cs
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Xml.Linq;
using RingOS.Abi;
using RingOS.Ethernet;
using RingOS.Host.Report;
using RingOS.Hub.Explain;

namespace RingOS.Hub.Report;

/// <summary>Writes the story of the first lost datagram; of the first that a write() was told of, if one was.</summary>
internal static class LostFrameSection
{
    public static IEnumerable<XElement> Write(HubResult result)
    {
        yield return Html.Heading("One lost frame", "lost");
        FailureCase? told = ToldIn(result);
        FrameRecord? lost = told?.Frame ?? result.Frames.FirstOrDefault(static frame => frame is { IsLost: true, Datagram: not null });
        if (lost is null)
        {
            yield return Html.Paragraph("No datagram was lost on the wire.");
            yield break;
        }
        yield return Html.Paragraph(Story(lost));
        foreach (XElement element in Error(told, lost))
            yield return element;
        List<AttemptStory> stories = AttemptStory.Tell(result, lost);
        const string Caption = "Attempts of the frame by time since the NIC was given it, logarithmic: diamond = attempt and collision, white bar = it waited for others "
            + "(deferral), filled bar = it waited by itself (backoff), with its slots of so many. Not shown: what others did meanwhile; the table names them";
        yield return new ReportFigure(Caption, [AttemptChart.Draw(Caption, stories)], Table(stories)).ToHtml();
    }

    // The failed write() that the explanation follows, if a frame was lost for it.
    private static FailureCase? ToldIn(HubResult result)
    {
        bool isTold = result.Hosts.Any(static host => host.Report?.FirstFailures.Any(static failure => failure.Errno == (int)Status.IoError) == true);
        return isTold && FailureCase.First(HubJson.DocumentOf(result)) is { Frame: not null } found ? found : null;
    }

    private static string Story(FrameRecord lost)
    {
        string end = lost.Report!.Value.Outcome == RingOS.Ethernet.TransmitOutcome.LateCollision
            ? "It was given up at once, for a collision came after the slot time: some cable is too long. "
            : "After the sixteenth attempt it gave up, and a counter in the NIC moved by one. ";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Datagram {lost.Datagram} of host {lost.Station + 1}, frame {lost.Id} of the wire. After each collision the station waits a random number of slots of "
            + $"{CsmaCd.SlotTime} bit times, from a range that doubles ten times. {end}");
    }

    private static IEnumerable<XElement> Error(FailureCase? told, FrameRecord lost)
    {
        if (told is null)
        {
            yield return Html.Paragraph("No write() was told of it: the program had its success long before (completion=queued), or had ended.");
            yield break;
        }
        yield return Html.Paragraph(string.Create(
            CultureInfo.InvariantCulture,
            $"Write {told.Failure.Number} of host {lost.Station + 1} returned -1 {told.Failure.ErrnoName} for it")
            + (told.IsOfAnEarlierWrite ? ", though it was an earlier write that had handed it over." : ".") + " Its whole way:");
        yield return Html.Code(string.Create(CultureInfo.InvariantCulture, $"./ringos explain --host {lost.Station + 1} --write {told.Failure.Number}"));
    }

    private static ReportTable Table(List<AttemptStory> stories) => new(
        ["attempt", "begins, us", "had waited for others, us", "hears another after, bit times", "collides with", "backs off, slots", "backs off, us", "sent by others until the next attempt"],
        [
            .. stories.Select(static story => (IReadOnlyList<string>)
            [
                Figures.Whole(story.Number), Figures.Small(story.BeginsAt), Figures.Small(story.BeginsAt - story.ReadyAt), Figures.Whole(story.CollisionAfter),
                story.Rivals, story.Slots, story.BackoffUntil is double until ? Figures.Small(until - story.BackoffFrom) : Figures.NotMeasured, story.Meanwhile,
            ]),
        ]);
}
