// Where the built images are, and how the boot archive is put together from them. Next: ProgramTable.cs, KernelSymbols.cs
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using RingOS.Abi;

namespace RingOS.Host.Boot;

/// <summary>The images a machine boots.</summary>
public static class Images
{
    private const string KernelProject = "RingOS.Kernel.Native";

    /// <summary>The kernel's ELF file.</summary>
    public static string Kernel => Repository.Built(KernelProject, KernelProject + ".elf");

    /// <summary>The boot archive.</summary>
    public static string Archive => Path.Combine(Repository.BootFolder, "ringos.tar");

    /// <summary>Writes <see cref="Archive"/> from what the solution's build has left, if that is newer.</summary>
    /// <returns>The archive's path.</returns>
    /// <exception cref="RingOsException">The kernel or a program has not been built.</exception>
    public static string Pack()
    {
        List<string> sources = [Kernel, .. ProgramTable.All.Select(static program => program.File)];
        if (sources.Find(static source => !File.Exists(source)) is string missing)
            throw new RingOsException($"{Repository.Display(missing)} has not been built; build it with: ./ringos build");
        if (!IsUpToDate(sources))
            BootArchive.Write(Archive, Contents());
        return Archive;
    }

    /// <summary>What goes into the archive: every program, less its debug sections, and the kernel's symbols.</summary>
    public static IReadOnlyList<ArchiveFile> Contents()
        =>
        [
            .. ProgramTable.All.Select(static program => new ArchiveFile(program.Name, LoadablePart.Of(program.File))),
            new ArchiveFile(BootProtocol.KernelSymbolsFile, KernelSymbols.Format(ElfFile.Read(Kernel))),
        ];

    // Also made anew when this tool changed, because the table of programs is part of it.
    private static bool IsUpToDate(List<string> sources)
    {
        DateTime packed = File.GetLastWriteTimeUtc(Archive); // long ago, if it does not exist
        return sources.Append(typeof(Images).Assembly.Location).All(source => File.GetLastWriteTimeUtc(source) < packed);
    }
}
