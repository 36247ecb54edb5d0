// What is at a path: a file, a folder, or something that only takes a stream. statx(2), access(2). Next: AtomicFile.cs
using System;
using System.Runtime.InteropServices;
using System.Text;

namespace RingOS.Host;

/// <summary>What a path leads to, through links.</summary>
public enum FileKind
{
    /// <summary>Nothing yet.</summary>
    None,
    Regular,
    Folder,

    /// <summary>A device, a FIFO or an open descriptor: written to as it is, never replaced.</summary>
    Stream,

    /// <summary>A socket: it cannot be opened.</summary>
    Socket,
}

/// <summary>Looks at paths.</summary>
public static class FileKinds
{
    private const int CurrentFolder = -100; // AT_FDCWD
    private const uint TypeMask = 1; // STATX_TYPE
    private const int ResultSize = 256;
    private const int ModeOffset = 28; // stx_mode
    private const int MayWrite = 2; // W_OK

    /// <summary>What is at a path now. Descriptors of this process, such as /dev/stdout, are streams whatever they lead to.</summary>
    public static FileKind Of(string path)
    {
        byte[] result = new byte[ResultSize];
        if (StatX(CurrentFolder, Native(path), 0, TypeMask, result) != 0)
            return FileKind.None;
        return (BitConverter.ToUInt16(result, ModeOffset) & 0xF000) switch
        {
            0x4000 => FileKind.Folder,
            0x8000 => IsDescriptor(path) ? FileKind.Stream : FileKind.Regular,
            0xC000 => FileKind.Socket,
            _ => FileKind.Stream,
        };
    }

    /// <summary>Whether this process may write to what is there.</summary>
    public static bool MayBeWritten(string path) => Access(Native(path), MayWrite) == 0;

    private static bool IsDescriptor(string path)
        => path is "/dev/stdout" or "/dev/stderr" || path.StartsWith("/dev/fd/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal);

    private static byte[] Native(string path) => Encoding.UTF8.GetBytes(path + "\0");

    [DllImport("libc", EntryPoint = "statx")]
    private static extern int StatX(int folder, byte[] path, int flags, uint mask, byte[] result);

    [DllImport("libc", EntryPoint = "access")]
    private static extern int Access(byte[] path, int mode);
}
