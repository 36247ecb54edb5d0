// Which act a test program is to perform: its first argument, or, where nobody can pass one, the archive's file etc/act.
// Written by: tests/Boot/TestArchive.cs
using System;
using RingOS.User;

namespace RingOS.Test;

/// <summary>The test's choice.</summary>
internal static class Act
{
    private const int LongestName = 64;

    /// <summary>Companions and services are started without arguments of their own, so they look into the file.</summary>
    public static ReadOnlySpan<byte> Chosen(Arguments arguments) => arguments.Count > 1 ? arguments[1] : FromFile();

    /// <summary>The content of etc/act; empty if there is none.</summary>
    public static ReadOnlySpan<byte> FromFile()
    {
        int file = Files.Open("/etc/act"u8);
        if (file < 0)
            return default;
        byte[] name = new byte[LongestName];
        long length = Files.Read(file, name);
        _ = Files.Close(file); // it was open
        return length > 0 ? new ReadOnlySpan<byte>(name, 0, (int)length) : default;
    }
}
