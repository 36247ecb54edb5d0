// A file of the boot archive, opened for reading. Back to: ConsoleDevice.cs
using System;
using RingOS.Abi;
using RingOS.Kernel.Memory;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Devices;

/// <summary>Read-only, with a position of its own.</summary>
public sealed class ArchiveFile(UserMemory memory) : KernelObject
{
    private ByteSource? _content;
    private ulong _position;

    public bool IsOpen => _content is not null;

    /// <summary>Becomes an open file with this content, at its start.</summary>
    public void Attach(ByteSource content)
    {
        _content = content;
        _position = 0;
    }

    public override long Read(Thread caller, ulong buffer, ulong length)
    {
        ulong left = _content!.Length - _position;
        int count = (int)Math.Min(Math.Min(length, left), int.MaxValue);
        if (count == 0)
            return 0;
        Status status = memory.CopyOut(buffer, _content.Slice(_position, count));
        if (status != Status.Ok)
            return -(long)status;
        _position += (ulong)count;
        return count;
    }

    public override long Write(Thread caller, ulong buffer, ulong length) => -(long)Status.AccessDenied;

    public override void Close() => _content = null;
}
