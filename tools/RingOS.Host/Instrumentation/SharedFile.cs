// Memory that this process shares with a machine. It has no name, so nothing is left of it however either ends. memfd_create(2),
// proc(5). Next: ImagePlan.cs
using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace RingOS.Host.Instrumentation;

/// <summary>A file in memory, which another process of the same user opens by <see cref="Path"/> while this one has it.</summary>
public sealed class SharedFile : IDisposable
{
    private const uint CloseOnExecute = 1; // MFD_CLOEXEC

    private readonly SafeFileHandle _file;

    /// <param name="name">Seen in /proc only.</param>
    /// <param name="length">Bytes, all zero; memory is taken as they are written.</param>
    /// <exception cref="RingOsException">There is no memory for it.</exception>
    public SharedFile(string name, long length)
    {
        int descriptor = Create(name, CloseOnExecute);
        if (descriptor < 0)
            throw new RingOsException($"cannot share memory with QEMU: {Marshal.GetLastPInvokeErrorMessage()}");
        _file = new SafeFileHandle(descriptor, ownsHandle: true);
        Path = $"/proc/{Environment.ProcessId}/fd/{descriptor}";
        try
        {
            RandomAccess.SetLength(_file, length);
        }
        catch (IOException exception)
        {
            _file.Dispose();
            throw new RingOsException($"cannot share {length} bytes of memory with QEMU: {exception.Message}");
        }
    }

    public string Path { get; }

    public SafeFileHandle Handle => _file;

    public void Dispose() => _file.Dispose();

    /// <summary>Writes a table.</summary>
    public void Write<T>(ulong offset, ReadOnlySpan<T> rows)
        where T : unmanaged
        => RandomAccess.Write(_file, MemoryMarshal.AsBytes(rows), (long)offset);

    /// <summary>Reads a table. What lies beyond the file's end is zero.</summary>
    public T[] Read<T>(ulong offset, int count)
        where T : unmanaged
    {
        T[] rows = new T[count];
        Span<byte> rest = MemoryMarshal.AsBytes(rows.AsSpan());
        long at = (long)offset;
        for (int read; !rest.IsEmpty && (read = RandomAccess.Read(_file, rest, at)) > 0; at += read)
            rest = rest[read..];
        return rows;
    }

    [DllImport("libc", EntryPoint = "memfd_create", SetLastError = true)]
    private static extern int Create([MarshalAs(UnmanagedType.LPUTF8Str)] string name, uint flags);
}
