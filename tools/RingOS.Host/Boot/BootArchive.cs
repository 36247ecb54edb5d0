// The boot archive: a USTAR tar file, the same bytes for the same contents. POSIX pax(1), "ustar Interchange Format". Next: IsoImage.cs
using System;
using System.Collections.Generic;
using System.Formats.Tar;
using System.IO;
using System.Linq;

namespace RingOS.Host.Boot;

/// <summary>A file of the archive.</summary>
/// <param name="Name">Path in the archive, no leading slash.</param>
/// <param name="Content">Its bytes.</param>
public sealed record ArchiveFile(string Name, byte[] Content);

/// <summary>Writes boot archives.</summary>
public static class BootArchive
{
    private const UnixFileMode ReadAndExecute = UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupRead
        | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    // Nothing in the guest reads it; it only must not change from build to build.
    private static readonly DateTimeOffset s_modified = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes an archive, sorted by name; the file appears whole or not at all.</summary>
    public static void Write(string path, IEnumerable<ArchiveFile> files)
        => AtomicFile.Write(path, stream => Write(stream, files));

    /// <summary>Writes an archive to a stream.</summary>
    public static void Write(Stream stream, IEnumerable<ArchiveFile> files)
    {
        using TarWriter writer = new(stream, TarEntryFormat.Ustar, leaveOpen: true);
        foreach (ArchiveFile file in files.OrderBy(static file => file.Name, StringComparer.Ordinal))
        {
            using MemoryStream content = new(file.Content, writable: false);
            writer.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, file.Name)
            {
                DataStream = content,
                Mode = ReadAndExecute,
                ModificationTime = s_modified,
            });
        }
    }
}
