// Which programs the boot archive holds, and which projects build them. Next: Images.cs
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace RingOS.Host.Boot;

/// <summary>A program of the boot archive.</summary>
/// <param name="Name">Its path in the archive: "bin/iperf".</param>
/// <param name="Project">The project whose ELF file it is.</param>
public sealed record ProgramEntry(string Name, string Project)
{
    /// <summary>Less the folder: what its processes are called, but for NIC services.</summary>
    public string ShortName => Name[(Name.LastIndexOf('/') + 1)..];

    /// <summary>The ELF file on the host.</summary>
    public string File => Repository.Built(Project, Project + ".elf");
}

/// <summary>The programs: those named here, and every test program below tests/Boot/Programs.</summary>
public static class ProgramTable
{
    public const string ApplicationFolder = "bin/";
    public const string ServiceFolder = "service/";

    /// <summary>All programs, sorted by name.</summary>
    public static IReadOnlyList<ProgramEntry> All { get; } =
    [
        new(ApplicationFolder + "hello", "RingOS.Hello"),
        new(ApplicationFolder + "iperf", "RingOS.Iperf"),
        new(ApplicationFolder + "netstat", "RingOS.Netstat"),
        new(ApplicationFolder + "ping", "RingOS.Ping"),
        new(ApplicationFolder + "primitives", "RingOS.Primitives"),
        new(ApplicationFolder + "udpecho", "RingOS.UdpEcho"),
        new(ServiceFolder + "echo", "RingOS.Echo"),
        new(ServiceFolder + "net", "RingOS.NetService"),
        new(ServiceFolder + "nic-bcm5721", "RingOS.NicService.Bcm5721"),
        new(ServiceFolder + "nic-e1000", "RingOS.NicService.E1000"),
        new(ServiceFolder + "nic-e1000e", "RingOS.NicService.E1000e"),
        new(ServiceFolder + "nic-rtl8139", "RingOS.NicService.Rtl8139"),
        new(ServiceFolder + "supervisor", "RingOS.Supervisor"),
    ];

    /// <summary>The NIC service that misbehaves when told to; only in archives for that.</summary>
    public static ProgramEntry FaultInjector { get; } = new(ServiceFolder + "nic-e1000e-faulty", "RingOS.Test.FaultInjector");

    /// <summary>The fuzzer, as a program and as the service it calls; only in archives for that.</summary>
    public static IReadOnlyList<ProgramEntry> Fuzzer { get; } =
        [new(ApplicationFolder + "fuzz", "RingOS.Test.Fuzz"), new(ServiceFolder + "fuzz", "RingOS.Test.Fuzz")];

    /// <summary>The program of a given name.</summary>
    public static ProgramEntry Named(string name) => All.Single(entry => entry.Name == name);

    /// <summary>Names of the programs a user can run, less their folder.</summary>
    public static IEnumerable<string> Applications
        => All.Where(static entry => entry.Name.StartsWith(ApplicationFolder, StringComparison.Ordinal))
            .Select(static entry => entry.Name[ApplicationFolder.Length..]);

    /// <summary>Checks the first word of a program's command line.</summary>
    /// <exception cref="RingOsException">There is no such program.</exception>
    public static void RequireApplication(string commandLine)
    {
        string name = commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() ?? "";
        if (!Applications.Contains(name))
            throw new RingOsException($"unknown app '{name}'; there is: {string.Join(", ", Applications)}", exitCode: 2);
    }
}
