// Files that are whole or not there: written beside their place, then renamed. Next: ExternalTool.cs
using System;
using System.IO;
using System.Text;

namespace RingOS.Host;

/// <summary>Writes files so that a reader, or an interruption, never meets half of one.</summary>
public static class AtomicFile
{
    public static void WriteAllText(string path, string text) => Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    /// <summary>Calls <paramref name="write"/> with a temporary file in the same folder and renames it if that returns.</summary>
    /// <exception cref="RingOsException">The place cannot be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        Replace(path, temporary =>
        {
            using FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write);
            write(stream);
        });
    }

    /// <summary>As <see cref="Write"/>, for a writer that wants a path, such as an external tool.</summary>
    /// <exception cref="RingOsException">The place cannot be written.</exception>
    public static void Replace(string path, Action<string> produce)
    {
        string temporary = TemporaryFor(path);
        try
        {
            produce(temporary);
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RingOsException($"cannot write {path}: {exception.Message}; choose another place");
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>A fresh name beside <paramref name="path"/>, whose folder is made if need be.</summary>
    /// <exception cref="RingOsException">The folder cannot be made.</exception>
    public static string TemporaryFor(string path)
    {
        string full = Path.GetFullPath(path);
        string folder = Path.GetDirectoryName(full) ?? "/";
        if (Directory.Exists(full))
            throw new RingOsException($"cannot write {path}: it is a folder; choose another place");
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RingOsException($"cannot make the folder {folder}: {exception.Message}; choose another place");
        }
        return Path.Combine(folder, $".{Path.GetFileName(full)}.{Guid.NewGuid():N}.partial");
    }
}
