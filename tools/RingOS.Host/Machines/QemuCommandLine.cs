// Turns machine options into QEMU's arguments. qemu(1), sections "invocation" and "standard options". Next: Machine.cs
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using RingOS.Abi;

namespace RingOS.Host.Machines;

/// <summary>QEMU's arguments for a machine.</summary>
public static class QemuCommandLine
{
    /// <summary>Least memory in MiB the kernel promises to boot with.</summary>
    public const int MinimumMemoryMiB = 64;

    private const string NetworkId = "n0";
    private const string HostCpu = "host"; // all that the host's processor has

    /// <summary>A machine for <see cref="KvmProbe"/>: nothing but the processor, a debug console on standard output, and the way to end.</summary>
    /// <param name="firmware">The guest.</param>
    public static IReadOnlyList<string> Probe(string firmware) =>
    [
        "-accel", "kvm", "-cpu", HostCpu, "-machine", "q35", "-m", Number(MinimumMemoryMiB), "-display", "none", "-no-reboot", "-monitor", "none",
        "-nodefaults", "-bios", firmware, "-chardev", "stdio,id=progress,signal=off",
        "-device", $"isa-debugcon,iobase=0x{BootProtocol.DebugConsolePort:x},chardev=progress",
        "-device", $"isa-debug-exit,iobase=0x{BootProtocol.DebugExitPort:x},iosize=0x04",
    ];

    /// <summary>The arguments, one an element. The archive is named relative to <see cref="WorkingFolder"/>.</summary>
    /// <param name="options">The machine.</param>
    /// <param name="qemu">Whose arguments.</param>
    /// <param name="pcapFile">Where QEMU writes frames to, if anywhere.</param>
    /// <exception cref="RingOsException">The options cannot be met.</exception>
    public static IReadOnlyList<string> Build(MachineOptions options, Qemu qemu, string? pcapFile = null)
    {
        if (options.MemoryMiB < MinimumMemoryMiB)
            throw new RingOsException($"{options.MemoryMiB} MiB of memory are too few; give {MinimumMemoryMiB} or more", exitCode: 2);
        List<string> arguments = [];
        AddBoard(arguments, options);
        if (options.Devices is null)
            AddNetwork(arguments, options, qemu, pcapFile);
        else
            arguments.AddRange(options.Devices.Arguments(options.MemoryMiB));
        AddTime(arguments, options);
        AddAccelerator(arguments, options);
        AddImage(arguments, options);
        AddDebugging(arguments, options);
        arguments.AddRange(options.ExtraArguments);
        return arguments;
    }

    /// <summary>
    /// The folder QEMU must run in: the archive's. QEMU takes what follows a blank in a module's name for the module's arguments,
    /// so a full path with a blank in it could not be named.
    /// </summary>
    public static string WorkingFolder(MachineOptions options)
        => options.Archive is null ? Repository.Root : Path.GetDirectoryName(Path.GetFullPath(options.Archive)) ?? "/";

    private static void AddBoard(List<string> arguments, MachineOptions options)
    {
        arguments.AddRange(["-display", "none", "-no-reboot", "-monitor", "none", "-nodefaults"]);
        arguments.AddRange(["-chardev", "stdio,id=serial0,signal=off", "-serial", "chardev:serial0"]);
        arguments.AddRange(["-machine", Board(options), "-cpu", options.Accelerator == Accelerator.Kvm ? HostCpu : options.Cpu]);
        arguments.AddRange(["-m", Number(options.MemoryMiB)]);
        arguments.AddRange(["-device", string.Create(CultureInfo.InvariantCulture,
            $"isa-debug-exit,iobase=0x{BootProtocol.DebugExitPort:x},iosize=0x04")]);
    }

    // Firmware looks for disks behind each of q35's six SATA ports, which takes most of the time of a boot; a kernel that comes without one needs none.
    private static string Board(MachineOptions options)
    {
        if (options.Type == MachineType.Pc)
            return "pc";
        return options.Iso is null ? "q35,sata=off" : "q35";
    }

    private static void AddNetwork(List<string> arguments, MachineOptions options, Qemu qemu, string? pcapFile)
    {
        string forwards = string.Concat(options.Forwards.Select(static forward => string.Create(CultureInfo.InvariantCulture,
            $",hostfwd=udp:127.0.0.1:{forward.HostPort}-10.0.2.15:{forward.GuestPort}")));
        string isolation = options.IsIsolated ? ",restrict=on" : "";
        arguments.AddRange(["-netdev", options.Wire is { } wire
            ? string.Create(CultureInfo.InvariantCulture, $"socket,id={NetworkId},udp=127.0.0.1:{wire.PeerPort},localaddr=127.0.0.1:{wire.MachinePort}")
            : $"user,id={NetworkId},ipv6=off{isolation}{forwards}"]);
        arguments.AddRange(["-device", $"{NicModel.Named(options.Nic).DeviceFor(qemu, options.CommandLine)},netdev={NetworkId}"]);
        if (pcapFile is not null)
            arguments.AddRange(["-object", $"filter-dump,id=pcap0,netdev={NetworkId},file={Escape(pcapFile)}"]);
    }

    private static void AddTime(List<string> arguments, MachineOptions options)
    {
        if (!options.Icount)
            return;
        string sleep = options.IdleTakesTime ? "on" : "off";
        arguments.AddRange(["-icount", $"shift=0,sleep={sleep}", "-rtc", "base=2026-01-01,clock=vm", "-seed", Number(options.Seed)]);
    }

    private static void AddAccelerator(List<string> arguments, MachineOptions options)
    {
        if (options.Accelerator != Accelerator.Kvm)
            return;
        if (options.Icount || options.Instrument is not null)
            throw new RingOsException("KVM counts no instructions; leave out --icount, or --accel kvm", exitCode: 2);
        arguments.AddRange(["-accel", "kvm"]);
    }

    private static void AddImage(List<string> arguments, MachineOptions options)
    {
        if (options.Iso is not null)
        {
            AddIso(arguments, options);
            return;
        }
        if (options.Kernel is null)
            throw new RingOsException("a machine needs a kernel or an ISO to boot");
        arguments.AddRange(["-kernel", Path.GetFullPath(options.Kernel)]);
        if (options.Archive is not null)
            arguments.AddRange(["-initrd", Escape(Path.GetFileName(options.Archive))]);
        if (options.CommandLine.Length > 0)
            arguments.AddRange(["-append", options.CommandLine]);
    }

    private static void AddIso(List<string> arguments, MachineOptions options)
    {
        if (options.CommandLine.Length > 0)
            arguments.AddRange(["-fw_cfg", $"name={BootProtocol.CommandLineItem},string={Escape(options.CommandLine)}"]);
        if (options.Firmware == Firmware.Uefi)
            arguments.AddRange(UefiFirmware.Arguments);
        string image = Escape(Path.GetFullPath(options.Iso!));
        if (options.IsoMedium == IsoMedium.Cd)
            arguments.AddRange(["-drive", $"if=none,id=iso0,media=cdrom,file={image}", "-device", "ide-cd,drive=iso0,bootindex=1"]);
        else
            arguments.AddRange(["-drive", $"if=none,id=iso0,format=raw,readonly=on,file={image}", "-device", "qemu-xhci", "-device", "usb-storage,drive=iso0,bootindex=1"]);
    }

    private static void AddDebugging(List<string> arguments, MachineOptions options)
    {
        if (options.GdbPort is int port)
            arguments.AddRange(["-S", "-gdb", $"tcp:127.0.0.1:{Number(port)}"]);
        if (options.Instrument is not null)
            arguments.AddRange(options.Instrument.Arguments(options.Devices));
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    // In QEMU's option lists a comma inside a value is doubled.
    internal static string Escape(string value) => value.Replace(",", ",,", System.StringComparison.Ordinal);
}
