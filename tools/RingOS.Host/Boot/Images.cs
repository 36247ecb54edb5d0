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
    /// <summary>The kernel's ELF file.</summary>
    public static string Kernel => KernelOf("RingOS.Kernel.Native");

    /// <summary>The same kernel, but its hardware library checks nothing: what checking costs in <c>placement=software</c>.</summary>
    public static string UncheckedKernel => KernelOf("RingOS.Kernel.Unchecked");

    /// <summary>The same kernel with a fault injector in front of a driver of its own.</summary>
    public static string FaultyKernel => KernelOf("RingOS.Kernel.Faulty");

    /// <summary>The kernel's ELF file as the Cosmos kit builds it.</summary>
    public static string CosmosKernel => Path.Combine(Repository.BootFolder, "cosmos.elf");

    /// <summary>The image of a CD that boots it, with an archive of its own.</summary>
    public static string CosmosIso => Path.Combine(Repository.BootFolder, "cosmos.iso");

    /// <summary>The boot archive.</summary>
    public static string Archive => Path.Combine(Repository.BootFolder, "ringos.tar");

    /// <summary>Writes <see cref="Archive"/> from what the solution's build has left, if that is newer.</summary>
    /// <returns>The archive's path.</returns>
    /// <exception cref="RingOsException">The kernel or a program has not been built.</exception>
    public static string Pack()
    {
        Pack(Archive, Kernel, ProgramTable.All);
        return Archive;
    }

    /// <summary>Writes an archive with the symbols of another kit's kernel.</summary>
    /// <param name="archive">The file to write.</param>
    /// <param name="kernel">The kernel's ELF file.</param>
    /// <exception cref="RingOsException">The kernel or a program has not been built.</exception>
    public static void PackFor(string archive, string kernel) => Pack(archive, kernel, ProgramTable.All);

    /// <summary>Writes the archive for a kernel and a driver that may be told to misbehave: the usual one and the fault injector.</summary>
    /// <param name="kernel">The kernel's ELF file.</param>
    /// <returns>The archive's path.</returns>
    /// <exception cref="RingOsException">The kernel or a program has not been built.</exception>
    public static string PackFaults(string kernel)
    {
        string archive = Path.Combine(Repository.BootFolder, $"faults-{Path.GetFileNameWithoutExtension(kernel)}.tar");
        Pack(archive, kernel, [.. ProgramTable.All, ProgramTable.FaultInjector]);
        return archive;
    }

    /// <summary>What goes into the archive: every program, less its debug sections, and the kernel's symbols.</summary>
    public static IReadOnlyList<ArchiveFile> Contents() => Contents(Kernel, ProgramTable.All);

    /// <summary>The same with the fuzzer; what it is to do is still to be added.</summary>
    /// <param name="kernel">The kernel's ELF file.</param>
    /// <exception cref="RingOsException">The kernel or a program has not been built.</exception>
    public static IReadOnlyList<ArchiveFile> ContentsForFuzzing(string kernel)
    {
        List<ProgramEntry> programs = [.. ProgramTable.All, .. ProgramTable.Fuzzer];
        RequireBuilt([kernel, .. programs.Select(static program => program.File)]);
        return Contents(kernel, programs);
    }

    private static IReadOnlyList<ArchiveFile> Contents(string kernel, IEnumerable<ProgramEntry> programs)
        =>
        [
            .. programs.Select(static program => new ArchiveFile(program.Name, LoadablePart.Of(program.File))),
            new ArchiveFile(BootProtocol.KernelSymbolsFile, KernelSymbols.Format(ElfFile.Read(kernel))),
        ];

    private static string KernelOf(string project) => Repository.Built(project, project + ".elf");

    private static void Pack(string archive, string kernel, IReadOnlyList<ProgramEntry> programs)
    {
        List<string> sources = [kernel, .. programs.Select(static program => program.File)];
        RequireBuilt(sources);
        if (!IsUpToDate(archive, sources))
            BootArchive.Write(archive, Contents(kernel, programs));
    }

    private static void RequireBuilt(List<string> sources)
    {
        if (sources.Find(static source => !File.Exists(source)) is string missing)
            throw new RingOsException($"{Repository.Display(missing)} has not been built; build it with: ./ringos build");
    }

    // Also made anew when this tool changed, because the table of programs is part of it.
    private static bool IsUpToDate(string archive, List<string> sources)
    {
        DateTime packed = File.GetLastWriteTimeUtc(archive); // long ago, if it does not exist
        return sources.Append(typeof(Images).Assembly.Location).All(source => File.GetLastWriteTimeUtc(source) < packed);
    }
}
