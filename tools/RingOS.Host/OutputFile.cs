// A result that is written while the work goes on. Next: ExternalTool.cs
using System;
using System.IO;

namespace RingOS.Host;

/// <summary>A stream whose content appears at its place with <see cref="Commit"/>, or not at all. See <see cref="AtomicFile"/>.</summary>
public sealed class OutputFile : IDisposable
{
    private readonly string _path;
    private readonly string? _temporary; // null: a device or a FIFO

    private OutputFile(string path, string? temporary, FileStream stream)
    {
        _path = path;
        _temporary = temporary;
        Stream = stream;
    }

    public FileStream Stream { get; }

    /// <summary>Opens the place. A FIFO waits for its reader here.</summary>
    /// <exception cref="RingOsException">It cannot be written.</exception>
    public static OutputFile Open(string path)
    {
        AtomicFile.Check(path);
        string? temporary = FileKinds.Of(path) == FileKind.Stream ? null : AtomicFile.TemporaryFor(path);
        try
        {
            FileMode mode = temporary is null ? FileMode.Append : FileMode.CreateNew; // a redirected descriptor goes on where it is
            return new OutputFile(path, temporary, new FileStream(temporary ?? path, mode, FileAccess.Write, FileShare.ReadWrite));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw AtomicFile.CannotWrite(path, exception);
        }
    }

    /// <summary>All is written: it may be seen. A full disk is told here at the latest.</summary>
    /// <exception cref="RingOsException">It did not reach the disk; the place is as it was.</exception>
    public void Commit()
    {
        try
        {
            Stream.Flush(flushToDisk: _temporary is not null);
            Stream.Dispose();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw AtomicFile.CannotWrite(_path, exception);
        }
        if (_temporary is not null)
            AtomicFile.MoveTo(_path, _temporary);
    }

    public void Dispose()
    {
        try
        {
            Stream.Dispose();
        }
        catch (IOException)
        {
            // What could not be written has been told, or nobody wants it any more.
        }
        if (_temporary is not null)
            File.Delete(_temporary);
    }
}
