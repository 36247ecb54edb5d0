// A guest's memory, as the files that QEMU keeps it in. Next: InterruptLink.cs
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.Win32.SafeHandles;
using RingOS.Devices.Pci;

namespace RingOS.RemoteDevices;

/// <summary>What a device reaches by DMA. Used by one thread at a time.</summary>
public sealed class GuestMemory : IGuestBus, IDisposable
{
    private IReadOnlyList<MemoryPiece> _pieces = []; // one a file
    private List<SafeFileHandle> _files = [];

    /// <summary>QEMU's new layout of memory; it sends hundreds while the firmware runs. The files are this object's now.</summary>
    public void Replace(IReadOnlyList<MemoryPiece> pieces, List<SafeFileHandle> files)
    {
        CloseFiles();
        _pieces = [.. pieces.Zip(files, Inside)];
        _files = files;
    }

    public bool TryRead(ulong address, Span<byte> bytes)
    {
        try
        {
            return Find(address, bytes.Length) is { } place && RandomAccess.Read(place.File, bytes, place.Offset) == bytes.Length;
        }
        catch (Exception exception) when (IsOfFile(exception))
        {
            return false;
        }
    }

    public bool TryWrite(ulong address, ReadOnlySpan<byte> bytes)
    {
        try
        {
            if (Find(address, bytes.Length) is not { } place)
                return false;
            RandomAccess.Write(place.File, bytes, place.Offset);
            return true;
        }
        catch (Exception exception) when (IsOfFile(exception))
        {
            return false;
        }
    }

    public void Dispose() => CloseFiles();

    private (SafeFileHandle File, long Offset)? Find(ulong address, int length)
    {
        for (int index = 0; index < _pieces.Count; index++)
        {
            MemoryPiece piece = _pieces[index];
            if (address >= piece.Address && address - piece.Address <= piece.Length && piece.Length - (address - piece.Address) >= (ulong)length)
                return (_files[index], (long)(piece.Offset + (address - piece.Address)));
        }
        return null;
    }

    // What a piece has beyond the end of its file is not there: a write to it would make the file longer.
    private static MemoryPiece Inside(MemoryPiece piece, SafeFileHandle file)
    {
        ulong end = LengthOf(file);
        return piece with { Length = piece.Offset < end ? Math.Min(piece.Length, end - piece.Offset) : 0 };
    }

    // 0 for what is no file with places in it: reading from a pipe could take for ever.
    private static ulong LengthOf(SafeFileHandle file)
    {
        try
        {
            return (ulong)RandomAccess.GetLength(file);
        }
        catch (Exception exception) when (IsOfFile(exception))
        {
            return 0;
        }
    }

    private static bool IsOfFile(Exception exception)
        => exception is IOException or UnauthorizedAccessException or NotSupportedException or ObjectDisposedException;

    private void CloseFiles()
    {
        foreach (SafeFileHandle file in _files)
            file.Dispose();
        _files = [];
        _pieces = [];
    }
}
