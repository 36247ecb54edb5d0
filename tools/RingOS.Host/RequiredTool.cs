// The tools RingOS needs beside .NET, the oldest version of each that is known to do, and where to get it. Next: FoundTool.cs
using System;
using System.Collections.Generic;
using System.IO;

namespace RingOS.Host;

/// <summary>What a tool is needed for.</summary>
public enum ToolUse
{
    Build,
    Boot,
    Iso,
    Test,
}

/// <summary>One prerequisite.</summary>
/// <param name="Name">Program on PATH, or an absolute path of a file that must exist.</param>
/// <param name="Package">Debian package that brings it.</param>
/// <param name="Needed">Oldest version that will do; null if any does.</param>
/// <param name="VersionArgument">Makes it print its version; null for files that are not programs.</param>
/// <param name="Use">Which commands need it.</param>
public sealed record RequiredTool(string Name, string Package, Version? Needed, string? VersionArgument, ToolUse Use)
{
    /// <summary>All of them, in the order <c>doctor</c> shows.</summary>
    public static readonly IReadOnlyList<RequiredTool> All =
    [
        new("dotnet", "dotnet-sdk-10.0", new Version(10, 0), "--version", ToolUse.Build),
        new("nasm", "nasm", new Version(2, 15), "--version", ToolUse.Build),
        new("ld.lld", "lld", new Version(13, 0), "--version", ToolUse.Build),
        new("qemu-system-x86_64", "qemu-system-x86", new Version(7, 2), "--version", ToolUse.Boot),
        new("grub-mkrescue", "grub-common", new Version(2, 4), "--version", ToolUse.Iso),
        new("/usr/lib/grub/i386-pc/multiboot2.mod", "grub-pc-bin", null, null, ToolUse.Iso),
        new("xorriso", "xorriso", null, "--version", ToolUse.Iso),
        new("mformat", "mtools", null, "--version", ToolUse.Iso),
        new("iperf", "iperf", new Version(2, 1), "--version", ToolUse.Test),
        new("gdb", "gdb", null, "--version", ToolUse.Test),
        new("tshark", "tshark", null, "--version", ToolUse.Test),
        new("chromium", "chromium", null, "--version", ToolUse.Test),
    ];

    /// <summary>A name for people: the program, or what the file belongs to.</summary>
    public string Title => Name.StartsWith('/') ? $"{Path.GetFileName(Name)} (GRUB for PC)" : Name;

    /// <summary>The command that installs it.</summary>
    public string Fix
        => Name == "dotnet" ? "install the .NET SDK 10: https://dotnet.microsoft.com/download/dotnet/10.0" : $"sudo apt install {Package}";
}
