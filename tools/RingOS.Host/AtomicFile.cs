// Results for the user: whole or not there, and never in place of a device. Next: OutputFile.cs
using System;
using System.IO;
using System.Text;
using System.Threading.Tasks;

namespace RingOS.Host;

/// <summary>
/// The one way results are written. A regular file is written beside its place and renamed, so a reader, an interruption or a full disk
/// never meets half of one, and what was there before stays until then. Links are followed. Devices and FIFOs are written to.
/// </summary>
public static class AtomicFile
{
    public static void WriteAllText(string path, string text) => Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    /// <summary>Calls <paramref name="write"/> with a stream; what it wrote appears at the path if it returns.</summary>
    /// <exception cref="RingOsException">The place cannot be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        using OutputFile file = OutputFile.Open(path);
        try
        {
            write(file.Stream);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(path, exception);
        }
        file.Commit();
    }

    /// <summary>The same for a writer that wants a path, such as an external tool.</summary>
    /// <exception cref="RingOsException">The place cannot be written.</exception>
    public static async Task WriteAsync(string path, Func<string, Task> produce)
    {
        Check(path);
        bool isStream = FileKinds.Of(path) == FileKind.Stream;
        string temporary = isStream ? Path.Combine(Path.GetTempPath(), $"ringos-{Guid.NewGuid():N}") : TemporaryFor(path);
        try
        {
            await produce(temporary);
            if (!File.Exists(temporary))
                return; // it had nothing to write
            if (isStream)
                CopyTo(path, temporary);
            else
                MoveTo(path, temporary);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Says before the work whether the place can be written; makes its folder.</summary>
    /// <exception cref="RingOsException">It cannot; the message says why.</exception>
    public static void Check(string path)
    {
        switch (FileKinds.Of(path))
        {
            case FileKind.Folder:
                throw new RingOsException($"cannot write {path}: it is a folder; choose another place");
            case FileKind.Socket:
                throw new RingOsException($"cannot write {path}: it is a socket; choose another place");
            case FileKind.Stream or FileKind.Regular when !FileKinds.MayBeWritten(path):
                throw new RingOsException($"cannot write {path}: you may not write there; choose another place");
            case FileKind.Stream:
                return;
            default:
                TryFolder(path);
                return;
        }
    }

    /// <summary>Moves a complete file to the place; the mode of what was there stays.</summary>
    /// <exception cref="RingOsException">It cannot be moved.</exception>
    public static void MoveTo(string path, string temporary)
    {
        try
        {
            string target = TargetOf(path);
            if (!OperatingSystem.IsWindows() && File.Exists(target))
                File.SetUnixFileMode(temporary, File.GetUnixFileMode(target));
            File.Move(temporary, target, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(path, exception);
        }
    }

    /// <summary>A fresh name beside what <paramref name="path"/> leads to, whose folder is made if need be.</summary>
    /// <exception cref="RingOsException">The folder cannot be made.</exception>
    public static string TemporaryFor(string path)
    {
        string target = TargetOf(path);
        string folder = Path.GetDirectoryName(target) ?? "/";
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RingOsException($"cannot make the folder {folder}: {exception.Message}; choose another place");
        }
        return Path.Combine(folder, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}.partial");
    }

    internal static RingOsException CannotWrite(string path, Exception why)
        => new($"cannot write {path}: {why.Message}; what was there before is as it was; choose another place");

    // A link that leads nowhere yet names the place all the same.
    private static string TargetOf(string path)
    {
        string full = Path.GetFullPath(path);
        try
        {
            return new FileInfo(full).LinkTarget is null ? full : File.ResolveLinkTarget(full, returnFinalTarget: true)!.FullName;
        }
        catch (IOException exception)
        {
            throw new RingOsException($"cannot write {path}: {exception.Message}; choose another place");
        }
    }

    private static void TryFolder(string path)
    {
        string probe = TemporaryFor(path);
        try
        {
            File.Create(probe).Dispose();
            File.Delete(probe);
        }
        catch (Exception impossible) when (impossible is IOException or UnauthorizedAccessException)
        {
            throw new RingOsException($"cannot write {path}: no file can be made in {Path.GetDirectoryName(probe)}; choose another place");
        }
    }

    private static void CopyTo(string path, string temporary)
    {
        using FileStream complete = File.OpenRead(temporary);
        Write(path, complete.CopyTo);
    }
}
