// Machines of a few instructions, assembled in the test: what the host tool must report is then known exactly. Next: MachineTests.cs
using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Host;
using RingOS.Host.Machines;
using Xunit;

namespace RingOS.Tests.Unit.Host;

/// <summary>A multiboot image made from a few lines of assembly; its files go when it is disposed.</summary>
internal sealed class TinyGuest : IDisposable
{
    // Multiboot 1 with addresses in the header (flag 16), so that a flat file will do. The stack is below the image.
    private const string Head = """
        bits 32
        org 0x100000
        header:
            dd 0x1BADB002, 0x10000, -(0x1BADB002 + 0x10000)
            dd header, 0x100000, end, end, start
        start:
            mov esp, 0x90000
            jmp main
        print:              ; esi: text, ends with 0; COM1
            mov dx, 0x3F8
        .next:
            lodsb
            test al, al
            jz .done
            out dx, al
            jmp .next
        .done:
            ret
        main:

        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("ringos-guest-").FullName;

    private TinyGuest()
    {
    }

    public MachineOptions Options => new() { Kernel = Path.Combine(_folder, "guest.bin"), Deadline = TimeSpan.FromSeconds(60) };

    /// <summary>Address of the loop behind its last instruction: of hlt, jmp and the text's final 0, if it has no text.</summary>
    public ulong Hang => 0x100000 + (ulong)new FileInfo(Options.Kernel!).Length - 4;

    /// <summary>A path in the guest's own folder.</summary>
    public string FileNamed(string name) => Path.Combine(_folder, name);

    /// <summary>A guest that prints some text and then does as told.</summary>
    public static async Task<TinyGuest> AssembleAsync(string text, string then)
    {
        TinyGuest guest = new();
        string source = Head + $"    mov esi, text\n    call print\n{then}\nhang:\n    hlt\n    jmp hang\ntext: db {Bytes(text)}0\nend:\n";
        await File.WriteAllTextAsync(guest.FileNamed("guest.asm"), source);
        ToolResult result = await ExternalTool.RunAsync("nasm",
            ["-f", "bin", "-o", guest.FileNamed("guest.bin"), guest.FileNamed("guest.asm")], CancellationToken.None);
        Assert.True(result.ExitCode == 0, result.Output);
        return guest;
    }

    /// <summary>The instructions that end the machine through the debug port.</summary>
    public static string Exit(int value) => $"    mov al, {value}\n    out 0xF4, al";

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Bytes(string text)
    {
        List<string> bytes = [];
        foreach (char letter in text)
            bytes.Add(((int)letter).ToString(System.Globalization.CultureInfo.InvariantCulture) + ", ");
        return string.Concat(bytes);
    }
}
