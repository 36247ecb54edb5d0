// The source lines of a built image, with their text. Next: LineProgram.cs
using System;
using System.Collections.Generic;
using System.IO;
using RingOS.Host.Boot;
using RingOS.Trace;

namespace RingOS.Host.Tracing;

/// <summary>Reads debug information, and the sources it speaks of.</summary>
public sealed class DebugLines
{
    private const string Section = ".debug_line";
    private const string MappedRoot = "/ringos/"; // build/Freestanding.props, PathMap

    private readonly Dictionary<string, string[]> _sources = [];
    private readonly Dictionary<(string File, int Line), SourceLine> _known = [];

    /// <summary>The lines of an image.</summary>
    /// <param name="image">An ELF file; one without debug information has no lines.</param>
    /// <param name="path">Where it is, for error messages.</param>
    /// <param name="loadBias">Added to every address.</param>
    /// <exception cref="RingOsException">The debug information cannot be read.</exception>
    public IEnumerable<(ulong Address, SourceLine? Line)> Of(ElfFile image, string path, ulong loadBias)
    {
        foreach (LineRow row in Rows(image, path))
            yield return (row.Address + loadBias, row.Line > 0 ? LineAt(row.File, row.Line) : null);
    }

    private static List<LineRow> Rows(ElfFile image, string path)
    {
        try
        {
            return LineProgram.ReadAll(image.Section(Section).Span);
        }
        catch (Exception exception) when (exception is ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            throw new RingOsException($"{Repository.Display(path)}: its debug information is damaged; build it anew with: ./ringos build");
        }
        catch (NotSupportedException exception)
        {
            throw new RingOsException($"{Repository.Display(path)}: {exception.Message}");
        }
    }

    private SourceLine LineAt(string file, int number)
    {
        if (_known.TryGetValue((file, number), out SourceLine? line))
            return line;
        string path = file.StartsWith(MappedRoot, StringComparison.Ordinal)
            ? file[MappedRoot.Length..]
            : Path.GetRelativePath(Repository.Root, file);
        string[] source = SourceOf(path);
        line = new SourceLine(path, number, number <= source.Length ? source[number - 1].Trim() : "");
        _known.Add((file, number), line);
        return line;
    }

    private string[] SourceOf(string path)
    {
        if (_sources.TryGetValue(path, out string[]? lines))
            return lines;
        string full = Path.Combine(Repository.Root, path);
        lines = File.Exists(full) ? File.ReadAllLines(full) : [];
        _sources.Add(path, lines);
        return lines;
    }
}
