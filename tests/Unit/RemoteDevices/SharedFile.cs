// A file that stands for a guest's memory. Back to: ScriptedQemu.cs
using System;
using System.IO;
using System.Linq;
using Microsoft.Win32.SafeHandles;

namespace RingOS.Tests.Unit.RemoteDevices;

/// <summary>Byte n is n modulo 251, until somebody writes.</summary>
internal sealed class SharedFile : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public SharedFile(int length)
    {
        File.WriteAllBytes(_path, [.. Enumerable.Range(0, length).Select(static index => (byte)(index % 251))]);
        Handle = File.OpenHandle(_path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
    }

    public SafeFileHandle Handle { get; }

    public long Length => new FileInfo(_path).Length;

    /// <summary>How often this process has it open.</summary>
    public int OpenTimes => ScriptedQemu.OpenFiles().Count(target => target == _path);

    public byte[] Bytes => File.ReadAllBytes(_path);

    /// <summary>As another process would have it.</summary>
    public SafeFileHandle Open(FileAccess access = FileAccess.ReadWrite)
        => File.OpenHandle(_path, FileMode.Open, access, FileShare.ReadWrite);

    public void Cut(int length) => RandomAccess.SetLength(Handle, length);

    public void Dispose()
    {
        Handle.Dispose();
        File.Delete(_path);
    }
}
