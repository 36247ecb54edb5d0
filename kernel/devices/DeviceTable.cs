// What open() finds by name: devices, made once, and files of the boot archive. Next: ConsoleDevice.cs
using System;
using RingOS.Abi;
using RingOS.Kernel.Loader;
using RingOS.Kernel.Memory;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Devices;

/// <summary>Names of kernel objects. Opening allocates nothing: files come from a pool.</summary>
public sealed class DeviceTable
{
    private const int OpenFileCount = 32;

    private readonly BootArchive _archive;
    private readonly KernelDevice _kernel;
    private readonly ArchiveFile[] _files = new ArchiveFile[OpenFileCount];
    private readonly ByteSource?[] _contents;

    public DeviceTable(BootArchive archive, UserMemory memory, KernelCounters counters)
    {
        _archive = archive;
        _contents = new ByteSource?[archive.Count];
        Console = new ConsoleDevice(memory);
        _kernel = new KernelDevice(memory, counters);
        for (int i = 0; i < OpenFileCount; i++)
            _files[i] = new ArchiveFile(memory);
    }

    public ConsoleDevice Console { get; }

    /// <summary>"/dev/nic", once a placement has provided one.</summary>
    public NicDevice? Nic { get; set; }

    /// <summary>Files that are open, of all programs together.</summary>
    public int OpenFiles
    {
        get
        {
            int count = 0;
            foreach (ArchiveFile file in _files)
                count += file.IsOpen ? 1 : 0;
            return count;
        }
    }

    /// <summary>NoSuchFile, or TooManyHandles when all files are open.</summary>
    public Status Open(ReadOnlySpan<byte> path, out KernelObject? target)
    {
        target = FindDevice(path);
        if (target is not null)
            return Status.Ok;
        if (path[0] != (byte)'/' || _archive.Find(path.Slice(1), out int index) != Status.Ok)
            return Status.NoSuchFile;
        if (_contents[index] is null)
            _archive.Open(index, out _contents[index]);
        ArchiveFile? file = TakeClosed();
        if (file is null)
            return Status.TooManyHandles;
        file.Attach(_contents[index]!);
        target = file;
        return Status.Ok;
    }

    private KernelObject? FindDevice(ReadOnlySpan<byte> path)
    {
        if (path.SequenceEqual("/dev/console"u8))
            return Console;
        if (path.SequenceEqual("/dev/kernel"u8))
            return _kernel;
        return path.SequenceEqual("/dev/nic"u8) ? Nic : null;
    }

    private ArchiveFile? TakeClosed()
    {
        foreach (ArchiveFile file in _files)
        {
            if (!file.IsOpen)
                return file;
        }
        return null;
    }
}
