// A timeline as chrome://tracing and ui.perfetto.dev show it: the Trace Event Format, JSON object form. Back to: TracedWrite.cs
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using RingOS.Trace;

namespace RingOS.Host.Tracing;

/// <summary>Writes a timeline: a process for each lane, a slice for each step, in it slices for methods, arrows between lanes.</summary>
public static class ChromeTrace
{
    private const int Thread = 1;

    /// <summary>One microsecond of the viewer stands for one guest instruction.</summary>
    public static string Format(TracedWrite write)
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter json = new(text))
        {
            json.WriteStartObject();
            WriteDescription(json, write);
            json.WriteStartArray("traceEvents");
            WriteEvents(json, write.Timeline);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(text.ToArray());
    }

    /// <summary>"ring 3 iperf"</summary>
    public static string NameOf(Lane lane) => $"ring {lane.Cpl} {lane.Domain}";

    private static void WriteDescription(Utf8JsonWriter json, TracedWrite write)
    {
        json.WriteString("displayTimeUnit", "ms");
        json.WriteStartObject("otherData");
        json.WriteString("unit", "1 microsecond shown is 1 guest instruction executed");
        json.WriteString("placement", write.Options.Placement.Name);
        json.WriteString("dials", write.Options.Dials.ToString());
        json.WriteNumber("write", write.Number);
        json.WriteNumber("instructions", write.Timeline.Length);
        json.WriteEndObject();
    }

    private static void WriteEvents(Utf8JsonWriter json, WriteTimeline timeline)
    {
        List<Lane> lanes = [.. timeline.Lanes];
        for (int i = 0; i < lanes.Count; i++)
            WriteLane(json, i + 1, NameOf(lanes[i]));
        TimelineStep? before = null;
        foreach (TimelineStep step in timeline.Steps)
        {
            int process = lanes.IndexOf(step.Lane) + 1;
            if (before is not null && before.Lane != step.Lane)
                WriteArrow(json, before, lanes.IndexOf(before.Lane) + 1, step, process);
            WriteStep(json, step, process);
            before = step;
        }
    }

    private static void WriteLane(Utf8JsonWriter json, int process, string name)
    {
        Begin(json, "M", "process_name", process, stamp: 0);
        json.WriteStartObject("args");
        json.WriteString("name", name);
        json.WriteEndObject();
        json.WriteEndObject();
        Begin(json, "M", "process_sort_index", process, stamp: 0);
        json.WriteStartObject("args");
        json.WriteNumber("sort_index", process);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteStep(Utf8JsonWriter json, TimelineStep step, int process)
    {
        WriteSlice(json, step.Phase.Name(), process, step.Stamp, step.Length, []);
        foreach (TimelineSlice slice in step.Slices)
            WriteSlice(json, slice.Method.Short(), process, slice.Stamp, slice.Length, slice.Lines);
    }

    private static void WriteSlice(
        Utf8JsonWriter json, string name, int process, int stamp, int length, IReadOnlyList<SourceLine> lines)
    {
        Begin(json, "X", name, process, stamp);
        json.WriteNumber("dur", length);
        json.WriteStartObject("args");
        json.WriteNumber("instructions", length);
        foreach (SourceLine line in lines.DistinctBy(static line => (line.File, line.Number)))
            json.WriteString($"{line.File}:{line.Number}", line.Text);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // The arrow starts in the last instruction of one lane and ends in the first of the other.
    private static void WriteArrow(Utf8JsonWriter json, TimelineStep from, int fromProcess, TimelineStep to, int toProcess)
    {
        string name = $"{NameOf(from.Lane)} to {NameOf(to.Lane)}";
        Begin(json, "s", name, fromProcess, to.Stamp - 1);
        json.WriteNumber("id", to.Stamp);
        json.WriteEndObject();
        Begin(json, "f", name, toProcess, to.Stamp);
        json.WriteNumber("id", to.Stamp);
        json.WriteString("bp", "e");
        json.WriteEndObject();
    }

    private static void Begin(Utf8JsonWriter json, string kind, string name, int process, int stamp)
    {
        json.WriteStartObject();
        json.WriteString("ph", kind);
        json.WriteString("name", name);
        json.WriteString("cat", "write");
        json.WriteNumber("pid", process);
        json.WriteNumber("tid", Thread);
        json.WriteNumber("ts", stamp);
    }
}
