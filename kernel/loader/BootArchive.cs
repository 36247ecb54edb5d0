// The boot archive: programs and other files in one USTAR tar. POSIX.1-2017, pax, "ustar Interchange Format". Next: TarHeader.cs
using System;
using RingOS.Abi;
using RingOS.Kernel.Memory;

namespace RingOS.Kernel.Loader;

/// <summary>
/// Regular files by path, such as "iperf" or "etc/motd", without a leading "./". Other kinds of entries are passed over. Whatever the bytes are,
/// reading them is safe; see <see cref="Integrity"/>.
/// </summary>
public sealed class BootArchive
{
    /// <summary>Files that are found; what comes after them is not. Each costs a few words of the kernel's heap.</summary>
    public const int MaximumFiles = 4096;

    private readonly ByteSource _source;
    private readonly ulong[] _headers;

    /// <summary>Reads all headers once.</summary>
    public BootArchive(ByteSource source)
    {
        _source = source;
        _headers = new ulong[Scan(null)];
        Scan(_headers);
    }

    /// <summary>
    /// Ok, or IoError if a header is corrupt, the end marker is missing, a file reaches beyond the end, or there are more than
    /// <see cref="MaximumFiles"/>. The files before that place are there all the same.
    /// </summary>
    public Status Integrity { get; private set; }

    /// <summary>Files in the archive.</summary>
    public int Count => _headers.Length;

    /// <summary>Copies the path of file number <paramref name="index"/> and returns its length; 0 for no such file or too little room.</summary>
    public int CopyPath(int index, Span<byte> destination)
    {
        if ((uint)index >= (uint)Count)
            return 0;
        return TarHeader.CopyPath(Header(index), destination);
    }

    /// <summary>The content of file number <paramref name="index"/>; InvalidArgument if there is none.</summary>
    public Status Open(int index, out ByteSource? file)
    {
        file = null;
        if ((uint)index >= (uint)Count)
            return Status.InvalidArgument;
        if (!TarHeader.TryReadSize(Header(index), out ulong length))
            return Status.IoError;
        file = new ByteWindow(_source, _headers[index] + TarHeader.Size, length);
        return Status.Ok;
    }

    /// <summary>The number of a file: the last of that path, as when unpacking. NoSuchFile if there is none.</summary>
    public Status Find(ReadOnlySpan<byte> path, out int index)
    {
        for (index = Count - 1; index >= 0; index--)
        {
            if (TarHeader.HasPath(Header(index), path))
                return Status.Ok;
        }

        return Status.NoSuchFile;
    }

    /// <summary>The content of a file. NoSuchFile if there is none of that path.</summary>
    public Status Open(ReadOnlySpan<byte> path, out ByteSource? file)
    {
        file = null;
        Status status = Find(path, out int index);
        return status == Status.Ok ? Open(index, out file) : status;
    }

    private ReadOnlySpan<byte> Header(int index) => _source.Slice(_headers[index], TarHeader.Size);

    // Walks over all entries and counts the files; notes where their headers are, if there is an array for it.
    private int Scan(ulong[]? headers)
    {
        int files = 0;
        ulong offset = 0;
        Integrity = Status.IoError;
        while (_source.Contains(offset, TarHeader.Size))
        {
            ReadOnlySpan<byte> header = _source.Slice(offset, TarHeader.Size);
            if (TarHeader.IsEndMarker(header))
            {
                Integrity = Status.Ok;
                break;
            }

            if (!TarHeader.IsValid(header) || !TarHeader.TryReadSize(header, out ulong length) || !_source.Contains(offset + TarHeader.Size, length))
                break;
            if (TarHeader.IsFile(header))
            {
                if (files == MaximumFiles)
                    break;
                if (headers is not null)
                    headers[files] = offset;
                files++;
            }

            offset += TarHeader.Size + TarHeader.RoundUp(length);
        }

        return files;
    }
}
