// A CD image that GRUB boots under BIOS and UEFI, from CD or a USB stick: kernel, archive, and a menu of one entry. GRUB manual:
// multiboot2, grub-mkrescue. Next: ../Machines/Machine.cs
using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace RingOS.Host.Boot;

/// <summary>Makes bootable ISO images.</summary>
public static class IsoImage
{
    /// <summary>Only what booting this one kernel needs, and both platforms have: about 6 MB, most of it GRUB's image for UEFI.</summary>
    private const string Modules = "multiboot2 multiboot normal iso9660 serial terminal";

    /// <summary>Writes an image; the file appears whole or not at all.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="kernel">The kernel's ELF file.</param>
    /// <param name="archive">The boot archive.</param>
    /// <param name="commandLine">The kernel's command line.</param>
    /// <exception cref="RingOsException">A part is missing, or grub-mkrescue failed.</exception>
    public static Task WriteAsync(string output, string kernel, string archive, string commandLine, CancellationToken cancellation)
        => AtomicFile.WriteAsync(output, temporary => MakeAsync(temporary, kernel, archive, commandLine, cancellation));

    private static async Task MakeAsync(string output, string kernel, string archive, string commandLine, CancellationToken cancellation)
    {
        string tree = Directory.CreateTempSubdirectory("ringos-iso-").FullName;
        try
        {
            Lay(tree, kernel, archive, commandLine);
            ToolResult result = await ExternalTool.RunAsync("grub-mkrescue",
                ["--output", output, $"--install-modules={Modules}", "--fonts=", "--themes=", "--locales=", tree], cancellation);
            if (result.ExitCode != 0 || !File.Exists(output))
                throw new RingOsException($"grub-mkrescue failed: {LastLine(result.Output)}; check its parts with: ./ringos doctor");
        }
        finally
        {
            Directory.Delete(tree, recursive: true);
        }
    }

    /// <summary>GRUB's menu.</summary>
    public static string Menu(string commandLine)
        => "set timeout=0\n"
            + "set default=0\n"
            + "menuentry \"RingOS\" {\n"
            + $"    multiboot2 /boot/kernel.elf {Quote(commandLine)}\n"
            + "    module2 /boot/ringos.tar ringos.tar\n"
            + "    boot\n"
            + "}\n";

    private static void Lay(string tree, string kernel, string archive, string commandLine)
    {
        string boot = Path.Combine(tree, "boot");
        Directory.CreateDirectory(Path.Combine(boot, "grub"));
        File.WriteAllBytes(Path.Combine(boot, "kernel.elf"), LoadablePart.Of(kernel));
        if (!File.Exists(archive))
            throw new RingOsException($"{archive} does not exist; build it with: ./ringos build");
        File.Copy(archive, Path.Combine(boot, "ringos.tar"));
        File.WriteAllText(Path.Combine(boot, "grub", "grub.cfg"), Menu(commandLine));
    }

    // GRUB's script gives some characters a meaning; inside single quotes there is none.
    private static string Quote(string commandLine)
        => string.Join(' ', commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(static word => word.All(IsPlain) ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'"));

    private static bool IsPlain(char letter) => char.IsAsciiLetterOrDigit(letter) || "=-._:,/".Contains(letter);

    private static string LastLine(string output)
        => output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault("it gave no reason");
}
