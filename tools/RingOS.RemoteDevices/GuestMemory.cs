// A guest's memory, as the files that QEMU keeps it in. Next: InterruptLink.cs
using System;
using System.Collections.Generic;
using System.IO;
using Microsoft.Win32.SafeHandles;
using RingOS.Devices.Pci;

namespace RingOS.RemoteDevices;

/// <summary>What a device reaches by DMA. Used by one thread at a time.</summary>
public sealed class GuestMemory : IGuestBus, IDisposable
{
    private IReadOnlyList<MemoryPiece> _pieces = [];
    private List<SafeFileHandle> _files = [];

    /// <summary>QEMU's new layout of memory; it sends hundreds while the firmware runs. The files are this object's now.</summary>
    public void Replace(IReadOnlyList<MemoryPiece> pieces, List<SafeFileHandle> files)
    {
        CloseFiles();
        _pieces = pieces;
        _files = files;
    }

    public bool TryRead(ulong address, Span<byte> bytes)
        => Find(address, bytes.Length) is { } place && RandomAccess.Read(place.File, bytes, place.Offset) == bytes.Length;

    public bool TryWrite(ulong address, ReadOnlySpan<byte> bytes)
    {
        if (Find(address, bytes.Length) is not { } place)
            return false;
        RandomAccess.Write(place.File, bytes, place.Offset);
        return true;
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

    private void CloseFiles()
    {
        foreach (SafeFileHandle file in _files)
            file.Dispose();
        _files = [];
        _pieces = [];
    }
}
