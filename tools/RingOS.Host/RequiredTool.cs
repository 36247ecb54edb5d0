// The tools RingOS needs beside .NET, the oldest version of each that is known to do, and where to get it. Next: FoundTool.cs
using System;
using System.Collections.Generic;
using System.IO;
using RingOS.Host.Machines;

namespace RingOS.Host;

/// <summary>What a tool is needed for; a command names its uses, and a tool may have several.</summary>
[Flags]
public enum ToolUse
{
    None = 0,
    Build = 1 << 0,
    Boot = 1 << 1,
    Iso = 1 << 2,
    Uefi = 1 << 3,
    UnitTests = 1 << 4,
    BootTests = 1 << 5,
    SystemTests = 1 << 6,
    Cosmos = 1 << 7,

    /// <summary>Every use but the Cosmos kit, which has tools that nothing else needs: what <c>doctor</c> asks for.</summary>
    All = Build | Boot | Iso | Uefi | UnitTests | BootTests | SystemTests,
}

/// <summary>One prerequisite.</summary>
/// <param name="Name">Program on PATH, or an absolute path of a file that must exist.</param>
/// <param name="Package">Debian package that brings it.</param>
/// <param name="Needed">Oldest version that will do; null if any does.</param>
/// <param name="VersionArgument">Makes it print its version; null for files that are not programs.</param>
/// <param name="Uses">What needs it.</param>
public sealed record RequiredTool(string Name, string Package, Version? Needed, string? VersionArgument, ToolUse Uses)
{
    /// <summary>All of them, in the order <c>doctor</c> shows: the one table that every command installs from.</summary>
    public static readonly IReadOnlyList<RequiredTool> All =
    [
        new("dotnet", "dotnet-sdk-10.0", new Version(10, 0), "--version", ToolUse.Build),
        new("nasm", "nasm", new Version(2, 15), "--version", ToolUse.Build),
        new("ld.lld", "lld", new Version(13, 0), "--version", ToolUse.Build),
        new(Qemu.Name, "qemu-system-x86", new Version(7, 2), "--version", ToolUse.Boot | ToolUse.UnitTests | ToolUse.BootTests | ToolUse.SystemTests),
        new("grub-mkrescue", "grub-common", new Version(2, 4), "--version", ToolUse.Iso | ToolUse.UnitTests | ToolUse.SystemTests),
        new("/usr/lib/grub/i386-pc/multiboot2.mod", "grub-pc-bin", null, null, ToolUse.Iso | ToolUse.UnitTests | ToolUse.SystemTests),
        new("/usr/lib/grub/x86_64-efi/multiboot2.mod", "grub-efi-amd64-bin", null, null, ToolUse.Iso | ToolUse.UnitTests | ToolUse.SystemTests),
        new("xorriso", "xorriso", null, "--version", ToolUse.Iso | ToolUse.UnitTests | ToolUse.SystemTests),
        new("mformat", "mtools", null, "--version", ToolUse.Iso | ToolUse.UnitTests | ToolUse.SystemTests),
        new(UefiFirmware.Code, "ovmf", null, null, ToolUse.Uefi | ToolUse.SystemTests),
        new("iperf", "iperf", new Version(2, 1), "--version", ToolUse.UnitTests | ToolUse.SystemTests),
        new("gdb", "gdb", null, "--version", ToolUse.SystemTests),
        new("tshark", "tshark", null, "--version", ToolUse.SystemTests),
        new("chromium", "chromium", null, "--version", ToolUse.SystemTests),
        new("clang", "clang", null, "--version", ToolUse.Cosmos),
        new("make", "make", null, "--version", ToolUse.Cosmos),
        new("gcc", "gcc", null, "--version", ToolUse.Cosmos),
        new("cosmos.patcher", "", null, null, ToolUse.Cosmos),
    ];

    /// <summary>A name for people: the program, or the file and the folder that tells what it belongs to.</summary>
    public string Title => Name.StartsWith('/') ? $"{Path.GetFileName(Path.GetDirectoryName(Name))}/{Path.GetFileName(Name)}" : Name;

    /// <summary>What to look for: the name, or the program chosen in its place.</summary>
    public string Program => Name == Qemu.Name ? Qemu.Choice : Name;

    /// <summary>Whether apt brings it; the .NET SDK and the Cosmos kit's tool are what the user brings along, and a QEMU of his own.</summary>
    public bool IsInstallable => Name is not ("dotnet" or "cosmos.patcher") && Program == Name;

    /// <summary>The command that installs it.</summary>
    public string Fix => Name switch
    {
        "dotnet" => "install the .NET SDK 10: https://dotnet.microsoft.com/download/dotnet/10.0",
        "cosmos.patcher" => "dotnet tool install -g Cosmos.Patcher --version 3.0.82, with ~/.dotnet/tools on PATH",
        _ => IsInstallable ? $"sudo apt install {Package}" : $"name another one by --qemu or {Qemu.Variable}",
    };
}
