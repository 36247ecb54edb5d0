// What the tests boot: the system's own programs and services, those below Programs/, and kernels. Next: Guest.cs
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using RingOS.Abi;
using RingOS.Host;
using RingOS.Host.Boot;

namespace RingOS.Tests.Boot;

/// <summary>Puts boot archives together.</summary>
internal static class TestArchive
{
    /// <summary>The kernel with drivers and network stack.</summary>
    public const string FullKernel = "RingOS.Kernel.Native";

    /// <summary>The kernel alone.</summary>
    public const string BareKernel = "RingOS.Kernel.Bare";

    /// <summary>The kernel with self-tests.</summary>
    public const string SelfTestKernel = "RingOS.Test.SelfTestKernel";

    /// <summary>The full kernel, whose driver makes mistakes.</summary>
    public const string DriverFaultKernel = "RingOS.Test.DriverFaultKernel";

    /// <summary>The full kernel with a fault injector over its driver.</summary>
    public const string FaultyKernel = "RingOS.Kernel.Faulty";

    /// <summary>The full kernel, whose sockets lose what they must give back.</summary>
    public const string BookFaultKernel = "RingOS.Test.BookFaultKernel";

    private static readonly (string Name, string Project)[] s_programs =
    [
        ("bin/hello", "RingOS.Hello"),
        ("bin/language", "RingOS.Test.Language"),
        ("bin/iperf", "RingOS.Iperf"),
        ("bin/netstat", "RingOS.Netstat"),
        ("bin/ping", "RingOS.Ping"),
        ("bin/misbehave", "RingOS.Test.Misbehave"),
        ("bin/neighbours", "RingOS.Test.Neighbours"),
        ("bin/onlooker", "RingOS.Test.Onlooker"),
        ("bin/syscalls", "RingOS.Test.Syscalls"),
        ("service/echo", "RingOS.Echo"),
        ("service/net", "RingOS.NetService"),
        ("service/nic-e1000", "RingOS.NicService.E1000"),
        ("service/nic-e1000e", "RingOS.NicService.E1000e"),
        ("service/nic-rtl8139", "RingOS.NicService.Rtl8139"),
        ("service/nic-e1000e-faulty", "RingOS.Test.FaultInjector"),
        ("service/supervisor", "RingOS.Supervisor"),
        ("service/faulty-nic", "RingOS.Test.FaultyNic"),
        ("service/faulty-net", "RingOS.Test.FaultyNet"),
        ("service/ports", "RingOS.Test.PortService"),
        ("service/attacker", "RingOS.Test.Attacker"),
        ("service/onlooker", "RingOS.Test.Onlooker"),
    ];

    private static readonly ConcurrentDictionary<string, byte[]> s_symbols = new();
    private static readonly ConcurrentDictionary<string, byte[]> s_images = new();

    /// <summary>The ELF file of an image.</summary>
    public static string ElfOf(string project) => Repository.Built(project, project + ".elf");

    /// <summary>Everything, with the symbols of one kernel.</summary>
    /// <param name="kernel">Project of the kernel.</param>
    /// <param name="act">What a program or service without arguments of its own is to do: the file etc/act.</param>
    public static IReadOnlyList<ArchiveFile> Files(string kernel, string act)
        =>
        [
            .. s_programs.Select(static program => new ArchiveFile(program.Name, Image(program.Project))),
            new ArchiveFile(BootProtocol.KernelSymbolsFile, Symbols(kernel)),
            new ArchiveFile("etc/act", Encoding.ASCII.GetBytes(act)),
        ];

    /// <summary>The same with one file changed, or left out if there is no new content.</summary>
    public static IReadOnlyList<ArchiveFile> With(this IReadOnlyList<ArchiveFile> files, string name, byte[]? content)
    {
        IEnumerable<ArchiveFile> others = files.Where(file => file.Name != name);
        return content is null ? [.. others] : [.. others, new ArchiveFile(name, content)];
    }

    /// <summary>The content of one file.</summary>
    public static byte[] ContentOf(this IReadOnlyList<ArchiveFile> files, string name) => files.Single(file => file.Name == name).Content;

    /// <summary>Where a symbol of the full kernel is.</summary>
    public static ulong AddressOf(string symbol)
        => ElfFile.Read(ElfOf(FullKernel)).Symbols.Single(candidate => candidate.Name == symbol).Address;

    private static byte[] Symbols(string kernel)
        => s_symbols.GetOrAdd(kernel, static name => KernelSymbols.Format(ElfFile.Read(ElfOf(name))));

    private static byte[] Image(string project) => s_images.GetOrAdd(project, static name => LoadablePart.Of(ElfOf(name)));
}
