// Memory that a machine and this process have both mapped. Next: GuestMemory.cs
using System;
using System.IO;
using System.IO.MemoryMappedFiles;
using RingOS.Host;
using RingOS.Host.Instrumentation;

namespace RingOS.RemoteDevices;

/// <summary>A file in memory without a name, and all of it here. Nothing is left of it when both processes have ended, of whatever.</summary>
public sealed unsafe class SharedMapping : IDisposable
{
    private readonly SharedFile _file;
    private readonly MemoryMappedFile _mapped;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;

    /// <param name="name">Seen in /proc only.</param>
    /// <param name="length">Bytes, all zero.</param>
    /// <exception cref="RingOsException">There is no memory for it.</exception>
    public SharedMapping(string name, int length)
    {
        Length = length;
        _file = new SharedFile(name, length);
        try
        {
            _mapped = MemoryMappedFile.CreateFromFile(_file.Handle, mapName: null, length, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
            _view = _mapped.CreateViewAccessor(0, length);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Dispose();
            throw new RingOsException($"cannot share memory with QEMU: {exception.Message}");
        }
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
    }

    /// <summary>Where QEMU finds it.</summary>
    public string Path => _file.Path;

    public int Length { get; }

    /// <summary>All of it. Not to be used when it has been disposed.</summary>
    public Span<byte> Bytes => new(_start, Length); // SAFETY: mapped as long as this object is not disposed.

    /// <summary>Its first byte, for what must be read and written at once.</summary>
    internal byte* Start => _start;

    public void Dispose()
    {
        if (_start != null)
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view?.Dispose();
        _mapped?.Dispose();
        _file.Dispose();
    }
}
