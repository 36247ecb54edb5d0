// One header of a tar archive: 512 bytes of text fields. POSIX.1-2017, pax, table 4-14. Next: LittleEndian.cs
using System;

namespace RingOS.Kernel.Loader;

/// <summary>Reads a header; it is always given as <see cref="Size"/> bytes, content untrusted.</summary>
internal static class TarHeader
{
    /// <summary>Bytes of a header; files are padded to a multiple of it.</summary>
    public const int Size = 512;

    private const int NameOffset = 0;
    private const int NameLength = 100;
    private const int SizeOffset = 124;
    private const int SizeLength = 12;
    private const int ChecksumOffset = 148;
    private const int ChecksumLength = 8;
    private const int TypeOffset = 156;
    private const int MagicOffset = 257;
    private const int PrefixOffset = 345;
    private const int PrefixLength = 155;

    public static ulong RoundUp(ulong length) => (length + (Size - 1)) & ~(ulong)(Size - 1);

    /// <summary>A block of zeros closes the archive.</summary>
    public static bool IsEndMarker(ReadOnlySpan<byte> header)
    {
        foreach (byte value in header)
        {
            if (value != 0)
                return false;
        }

        return true;
    }

    /// <summary>The magic word is there and the checksum is right.</summary>
    public static bool IsValid(ReadOnlySpan<byte> header)
        => AreEqual(header.Slice(MagicOffset, 5), "ustar"u8)
            && TryReadOctal(header.Slice(ChecksumOffset, ChecksumLength), out ulong checksum)
            && checksum == Sum(header);

    /// <summary>A regular file, not a directory, link or extension of the next header.</summary>
    public static bool IsFile(ReadOnlySpan<byte> header) => header[TypeOffset] is (byte)'0' or 0;

    /// <summary>Bytes of content after the header. False if the field is not an octal number (the binary form, for 8 GiB and more, is none).</summary>
    public static bool TryReadSize(ReadOnlySpan<byte> header, out ulong length)
        => TryReadOctal(header.Slice(SizeOffset, SizeLength), out length);

    public static bool HasPath(ReadOnlySpan<byte> header, ReadOnlySpan<byte> path)
    {
        int prefix = LengthOfPrefix(header);
        int start = StartOfName(header, prefix);
        int name = LengthOfText(header.Slice(start, NameLength - start));
        if (prefix == 0)
            return AreEqual(header.Slice(start, name), path);
        return path.Length == prefix + 1 + name && path[prefix] == '/'
            && AreEqual(header.Slice(PrefixOffset, prefix), path.Slice(0, prefix))
            && AreEqual(header.Slice(start, name), path.Slice(prefix + 1));
    }

    /// <summary>Copies the path and returns its length; 0 if there is too little room.</summary>
    public static int CopyPath(ReadOnlySpan<byte> header, Span<byte> destination)
    {
        int prefix = LengthOfPrefix(header);
        int start = StartOfName(header, prefix);
        int name = LengthOfText(header.Slice(start, NameLength - start));
        int head = prefix == 0 ? 0 : prefix + 1;
        if (destination.Length < head + name)
            return 0;
        header.Slice(PrefixOffset, prefix).CopyTo(destination);
        if (prefix != 0)
            destination[prefix] = (byte)'/';
        header.Slice(start, name).CopyTo(destination.Slice(head));
        return head + name;
    }

    // GNU's older format has blanks after the magic word, and keeps other things where the prefix is.
    private static int LengthOfPrefix(ReadOnlySpan<byte> header)
        => header[MagicOffset + 5] == 0 ? LengthOfText(header.Slice(PrefixOffset, PrefixLength)) : 0;

    // "./iperf" is what an archive of a folder calls "iperf".
    private static int StartOfName(ReadOnlySpan<byte> header, int prefix)
        => prefix == 0 && header[NameOffset] == '.' && header[NameOffset + 1] == '/' ? NameOffset + 2 : NameOffset;

    private static int LengthOfText(ReadOnlySpan<byte> field)
    {
        int length = 0;
        while (length < field.Length && field[length] != 0)
            length++;
        return length;
    }

    // Octal digits, with blanks before and a blank or NUL after them. At most 12 of them: no overflow.
    private static bool TryReadOctal(ReadOnlySpan<byte> field, out ulong value)
    {
        value = 0;
        int at = 0;
        while (at < field.Length && field[at] == ' ')
            at++;
        int first = at;
        for (; at < field.Length && field[at] is >= (byte)'0' and <= (byte)'7'; at++)
            value = value * 8 + (ulong)(field[at] - '0');
        return at != first && (at == field.Length || field[at] is 0 or (byte)' ');
    }

    // All bytes, the checksum's own taken as blanks.
    private static ulong Sum(ReadOnlySpan<byte> header)
    {
        ulong sum = 0;
        for (int i = 0; i < Size; i++)
            sum += i is >= ChecksumOffset and < ChecksumOffset + ChecksumLength ? (byte)' ' : header[i];
        return sum;
    }

    private static bool AreEqual(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (left.Length != right.Length)
            return false;
        for (int i = 0; i < left.Length; i++)
        {
            if (left[i] != right[i])
                return false;
        }

        return true;
    }
}
