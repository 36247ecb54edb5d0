// What was loaded where in a run, as the guest itself says. Kernel side: kernel/threads/ProcessTable.cs. Next: DebugLines.cs
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using RingOS.Abi;
using RingOS.Host.Boot;
using RingOS.Host.Machines;
using RingOS.Host.Serial;
using RingOS.Trace;
using Serilog.Events;

namespace RingOS.Host.Tracing;

/// <summary>An image of a run.</summary>
/// <param name="Name">"kernel", or the process's name.</param>
/// <param name="File">Its ELF file, with symbols.</param>
/// <param name="LoadBias">What was added to its linked addresses.</param>
public sealed record LoadedImage(string Name, string File, ulong LoadBias);

/// <summary>The kernel and the processes of a run, with their symbols and source lines.</summary>
public sealed class LoadedImages
{
    private const string StartEvent = "process {Name} starts";
    internal const string KernelName = "kernel";

    private readonly IReadOnlyList<(LoadedImage Image, ElfFile File)> _images;

    private LoadedImages(IEnumerable<LoadedImage> images)
        => _images = [.. images.Select(static image => (image, ElfFile.Read(image.File)))];

    /// <summary>The kernel and the processes.</summary>
    public IEnumerable<LoadedImage> All => _images.Select(static image => image.Image);

    /// <summary>The images of a run that has ended.</summary>
    /// <param name="run">Its events say which processes there were.</param>
    /// <param name="kernel">The kernel's ELF file.</param>
    /// <param name="nic">A name in <see cref="NicModel.All"/>.</param>
    /// <exception cref="RingOsException">A process is no program of the boot archive.</exception>
    public static LoadedImages Of(GuestRun run, string kernel, string nic)
        => new(run.Events.Where(IsStart).Select(start => Process(start, nic)).Prepend(new LoadedImage(KernelName, kernel, 0)));

    /// <exception cref="RingOsException">Two images overlap.</exception>
    public SymbolMap Symbols()
    {
        try
        {
            return new SymbolMap(_images.Select(static image => SymbolsOf(image.Image, image.File)));
        }
        catch (ArgumentException exception)
        {
            throw new RingOsException($"the guest's events contradict each other: {exception.Message}");
        }
    }

    /// <exception cref="RingOsException">An image's debug information cannot be read.</exception>
    public SourceLines Lines()
    {
        DebugLines lines = new();
        return new SourceLines(_images.SelectMany(image => lines.Of(image.File, image.Image.File, image.Image.LoadBias)));
    }

    /// <summary>
    /// The file of a process. A process is named as its program, less the folder; but the NIC service is always "nic", whichever it is.
    /// </summary>
    /// <exception cref="RingOsException">There is none.</exception>
    public static string FileOf(string process, string nic)
    {
        string program = process == "nic" ? NicModel.Named(nic).Service : process;
        return ProgramTable.All.FirstOrDefault(entry => entry.ShortName == program)?.File
            ?? throw new RingOsException($"a process {process} ran, but the boot archive has no program of that name");
    }

    private static bool IsStart(LogEvent guestEvent) => guestEvent.MessageTemplate.Text.StartsWith(StartEvent, StringComparison.Ordinal);

    private static LoadedImage Process(LogEvent start, string nic)
    {
        if (start.Word("Name") is not string name || start.Word("Base") is not string text || !TryParse(text, out ulong loadBias))
            throw new RingOsException($"the guest's event \"{start.MessageTemplate.Text}\" lacks a name or a hexadecimal base; "
                + "rebuild the images with: ./ringos build");
        return new LoadedImage(name, FileOf(name, nic), loadBias);
    }

    private static bool TryParse(string text, out ulong address)
    {
        address = 0;
        return text.StartsWith("0x", StringComparison.Ordinal)
            && ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out address);
    }

    private static ImageSymbols SymbolsOf(LoadedImage image, ElfFile file)
        => new(image.Name, image.LoadBias, FunctionsOf(file));

    internal static IReadOnlyList<(string Name, ulong Address, ulong Size)> FunctionsOf(ElfFile file)
        => [.. file.Symbols.Where(static symbol => symbol.IsFunction).Select(static symbol => (symbol.Name, symbol.Address, symbol.Size))];
}
