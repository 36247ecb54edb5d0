// Where the tables of the shared memory lie. Layout of header and rows: tools/RingOS.Instrument/layout. Next: MachineInstrument.cs
using System;
using System.Collections.Generic;
using System.Linq;
using RingOS.Instrument;

namespace RingOS.Host.Instrumentation;

/// <summary>Puts a plan into memory.</summary>
internal static class SharedLayout
{
    /// <summary>Different addresses a run may execute; those of RingOS execute some 30,000, firmware included.</summary>
    private const int MostAddresses = 120_000;

    private const int MostHelpers = 8_192;
    private const int MostProcesses = 64;
    private const int IndexSize = 1 << 18; // a power of two, twice the addresses at least
    private const int Page = 4096;

    /// <summary>Makes the memory, with the plan in it.</summary>
    /// <param name="header">Mode and landmark.</param>
    /// <param name="images">The kernel, then every program that may be loaded.</param>
    /// <param name="measured">The program whose marks are the window's edges.</param>
    /// <param name="series">Rows for interrupts or for the recording.</param>
    /// <exception cref="RingOsException">There is no memory for it.</exception>
    public static SharedFile Create(SharedHeader header, IReadOnlyList<ImagePlan> images, string measured, int series)
    {
        ulong end = Place(ref header, images, series);
        SharedFile file = new("ringos-instrument", (long)end);
        try
        {
            WriteImages(file, header, images, measured);
            file.Write<SharedHeader>(0, [header]);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static ulong Place(ref SharedHeader header, IReadOnlyList<ImagePlan> images, int series)
    {
        ulong end = SharedHeader.Size;
        header.Magic = SharedHeader.MagicValue;
        header.Version = SharedHeader.CurrentVersion;
        header.Images = Next(ref end, images.Count, ImageRow.Size, isFull: true);
        header.Ranges = Next(ref end, images.Sum(static image => image.Ranges.Count), RangeRow.Size, isFull: true);
        header.Fingerprints = Next(ref end, images.Sum(static image => image.Fingerprint.Length), 1, isFull: true);
        header.Slots = Next(ref end, MostProcesses, SlotRow.Size);
        header.Addresses = Next(ref end, MostAddresses, AddressRow.Size);
        header.AddressIndex = Next(ref end, IndexSize, sizeof(uint));
        header.Live = Next(ref end, MostAddresses + MostHelpers, sizeof(ulong));
        header.Results = Next(ref end, MostAddresses, sizeof(ulong));
        header.Helpers = Next(ref end, MostHelpers, HelperRow.Size);
        header.Series = Next(ref end, series, sizeof(uint));
        return end;
    }

    private static Area Next(ref ulong end, int rows, int size, bool isFull = false)
    {
        ulong start = (end + Page - 1) & ~(ulong)(Page - 1);
        end = start + ((ulong)rows * (ulong)size);
        return new Area { Offset = start, Capacity = (ulong)rows, Count = isFull ? (ulong)rows : 0 };
    }

    private static void WriteImages(SharedFile file, SharedHeader header, IReadOnlyList<ImagePlan> images, string measured)
    {
        List<ImageRow> rows = [];
        List<RangeRow> ranges = [];
        List<byte> fingerprints = [];
        foreach (ImagePlan image in images)
        {
            rows.Add(new ImageRow
            {
                FirstRange = (ulong)ranges.Count,
                RangeCount = (ulong)image.Ranges.Count,
                HelperCount = (ulong)image.HelperCount,
                FingerprintAddress = image.EntryPage,
                FingerprintOffset = (ulong)fingerprints.Count,
                FingerprintLength = (ulong)image.Fingerprint.Length,
            });
            ranges.AddRange(image.Name == measured ? image.Ranges : image.Ranges.Select(WithoutEdges));
            fingerprints.AddRange(image.Fingerprint.Span);
        }
        file.Write<ImageRow>(header.Images.Offset, rows.ToArray());
        file.Write<RangeRow>(header.Ranges.Offset, ranges.ToArray());
        file.Write<byte>(header.Fingerprints.Offset, fingerprints.ToArray());
    }

    private static RangeRow WithoutEdges(RangeRow range)
        => range with { Marks = range.Marks & ~(RangeMarks.WindowBegin | RangeMarks.WindowEnd) };
}
