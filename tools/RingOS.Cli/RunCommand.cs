// ringos run: boots one system and shows it live. Next: CompareCommand.cs
using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Host;
using RingOS.Host.Boot;
using RingOS.Host.Machines;
using RingOS.Host.Serial;
using Serilog;
using Serilog.Core;

namespace RingOS.Cli;

/// <summary>The <c>run</c> command.</summary>
internal static class RunCommand
{
    private const int DefaultTimeout = 120;
    private const int LongestTimeout = 1_000_000;

    private static readonly Option<string> s_placement = SharedOptions.Placement();
    private static readonly Option<string> s_nic = SharedOptions.Nic();
    private static readonly Option<string> s_io = SharedOptions.Io();
    private static readonly Option<string> s_app = SharedOptions.App("hello");
    private static readonly Option<string> s_kit = SharedOptions.Kit();
    private static readonly DialOptions s_dials = new();
    private static readonly Option<string> s_accelerator = SharedOptions.Accelerator();
    private static readonly Option<bool> s_noBuild = SharedOptions.NoBuild();
    private static readonly Option<FileInfo?> s_pcap = new("--pcap") { HelpName = "FILE", Description = "Captures every frame" };
    private static readonly Option<bool> s_icount = new("--icount") { Description = "Counts instructions as time: exact and repeatable" };
    private static readonly Option<bool> s_gdb = new("--gdb") { Description = "Waits for gdb before the first instruction" };
    private static readonly Option<bool> s_cdrom = new("--cdrom") { Description = "Boots from an ISO image through GRUB" };
    private static readonly Option<bool> s_usb = new("--usb") { Description = "The same image, as a USB stick" };

    private static readonly Option<string> s_firmware = new("--firmware")
    {
        HelpName = "FIRMWARE",
        Description = "What starts --cdrom and --usb: bios or uefi",
        DefaultValueFactory = static _ => "bios",
    };

    private static readonly Option<string[]> s_forward = new("--forward")
    {
        HelpName = "PORT",
        Description = "Leads a UDP port of 127.0.0.1 to the same port of the guest, or HOSTPORT:GUESTPORT to another; may be given again",
    };

    private static readonly Option<int> s_memory = new("--memory")
    {
        CustomParser = Numbers.Whole,
        HelpName = "MIB",
        Description = $"Memory in MiB, at least {QemuCommandLine.MinimumMemoryMiB}",
        DefaultValueFactory = static _ => 128,
    };

    private static readonly Option<string> s_machine = new("--machine")
    {
        HelpName = "BOARD",
        Description = "QEMU's board: q35 or pc",
        DefaultValueFactory = static _ => "q35",
    };

    private static readonly Option<int> s_timeout = new("--timeout")
    {
        HelpName = "SECONDS",
        Description = $"Ends a machine that still runs after this, up to {LongestTimeout}; 0: never",
        CustomParser = Numbers.Whole,
        DefaultValueFactory = static _ => DefaultTimeout,
    };

    public static Command Create()
    {
        Command command = new("run", "Boots one system and shows it live; returns 0 if its program returned 0")
        {
            s_placement, s_nic, s_io, s_app, s_dials, s_accelerator, s_pcap, s_icount, s_gdb, s_cdrom, s_usb, s_firmware,
            s_forward, s_memory, s_machine, s_timeout, s_kit, s_noBuild,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        string app = parsed.GetRequiredValue(s_app);
        Placement placement = Placement.Named(parsed.GetRequiredValue(s_placement));
        NicModel nic = NicModel.Named(parsed.GetRequiredValue(s_nic));
        Kit kit = Kit.Named(parsed.GetRequiredValue(s_kit));
        ProgramTable.RequireApplication(app);
        string commandLine = KernelCommandLine.Format(placement.Name, nic, parsed.GetRequiredValue(s_io), app, s_dials.Read(parsed));
        MachineOptions machine = Machine(parsed, commandLine) with { Nic = nic.Name };
        _ = QemuCommandLine.Build(Kit.Native.Boot(machine), Qemu.Expected); // a bad option is told before the build
        if (machine.Accelerator == Accelerator.Kvm)
            await Preparation.KvmAsync(machine, cancellation);
        if (machine.PcapFile is not null)
            AtomicFile.Check(machine.PcapFile);
        foreach (PortForward forward in machine.Forwards)
            FreePort.RequireUdp(forward.HostPort);
        bool fromIso = parsed.GetValue(s_cdrom) || parsed.GetValue(s_usb);
        if (machine.Firmware == Firmware.Uefi && !fromIso && kit == Kit.Native)
            throw new RingOsException("--firmware uefi starts an ISO image: add --cdrom or --usb", exitCode: 2);
        ToolUse uses = ToolUse.Boot | (fromIso ? ToolUse.Iso : ToolUse.None) | (machine.Firmware == Firmware.Uefi ? ToolUse.Uefi : ToolUse.None);
        await Preparation.ImagesAsync(kit, parsed.GetValue(s_noBuild), uses, cancellation);
        machine = kit.Boot(machine);
        using TemporaryImage? image = fromIso && kit == Kit.Native ? new TemporaryImage() : null;
        if (image is not null)
            machine = await OnCdromAsync(machine, image.Path, cancellation);
        foreach (PortForward forward in machine.Forwards)
            Console.Error.WriteLine($"UDP port {forward.HostPort} of 127.0.0.1 leads to port {forward.GuestPort} of the guest");
        if (machine.GdbPort is int port)
            Console.Error.WriteLine($"attach with: gdb {Repository.Display(kit.Kernel)} -ex \"target remote 127.0.0.1:{port}\"");

        using Logger log = Logs.Create();
        GuestRun run = await Host.Machines.Machine.RunAsync(machine, line => Show(line, log), cancellation);
        log.Debug("machine ended: {Ending} after {Elapsed}", run.Ending, run.Elapsed);
        return run.Succeeded ? 0 : Failed(run, kit);
    }

    private static MachineOptions Machine(ParseResult parsed, string commandLine)
    {
        int timeout = parsed.GetValue(s_timeout);
        if (timeout > LongestTimeout)
            throw new RingOsException($"--timeout {timeout}: choose 0 to {LongestTimeout} seconds", exitCode: 2);
        IReadOnlyList<PortForward> forwards = [.. (parsed.GetValue(s_forward) ?? []).Select(PortForward.Parse)];
        bool waitsForGdb = parsed.GetValue(s_gdb);
        return new MachineOptions
        {
            CommandLine = commandLine,
            Type = Board(parsed.GetRequiredValue(s_machine)),
            MemoryMiB = parsed.GetValue(s_memory),
            Icount = parsed.GetValue(s_icount),
            Accelerator = Accelerators.Named(parsed.GetRequiredValue(s_accelerator)),
            IdleTakesTime = forwards.Count > 0, // somebody outside needs the time to speak
            Forwards = forwards,
            PcapFile = parsed.GetValue(s_pcap)?.FullName,
            IsoMedium = parsed.GetValue(s_usb) ? IsoMedium.UsbStick : IsoMedium.Cd,
            Firmware = FirmwareNamed(parsed.GetRequiredValue(s_firmware)),
            GdbPort = waitsForGdb ? FreePort.Prefer(1234) : null,
            Deadline = timeout > 0 && !waitsForGdb ? TimeSpan.FromSeconds(timeout) : null,
        };
    }

    private static MachineType Board(string name) => name switch
    {
        "q35" => MachineType.Q35,
        "pc" => MachineType.Pc,
        _ => throw new RingOsException($"unknown machine '{name}'; there is: q35, pc", exitCode: 2),
    };

    private static Firmware FirmwareNamed(string name) => name switch
    {
        "bios" => Firmware.Bios,
        "uefi" => Firmware.Uefi,
        _ => throw new RingOsException($"unknown firmware '{name}'; there is: bios, uefi", exitCode: 2),
    };

    private static async Task<MachineOptions> OnCdromAsync(MachineOptions machine, string iso, CancellationToken cancellation)
    {
        await IsoImage.WriteAsync(iso, Images.Kernel, Images.Archive, machine.CommandLine, cancellation);
        return machine with { Kernel = null, Archive = null, Iso = iso };
    }

    // The program's own lines go to standard output as they are; events are the log's business.
    private static void Show(SerialLine line, ILogger log)
    {
        if (line.Event is null)
            Console.Out.WriteLine(line.Text);
        log.WriteGuest(line);
    }

    private static int Failed(GuestRun run, Kit kit)
    {
        string timeout = run.Ending == GuestEnding.Hung ? "; give it longer with --timeout SECONDS, or look inside with --gdb" : "";
        bool hasSaidWhy = run.Ending is GuestEnding.ProgramFailed or GuestEnding.ProgramFaulted
            or GuestEnding.Panicked or GuestEnding.BootFailed;
        string cosmos = kit == Kit.Cosmos ? $"; what Cosmos said is in {Repository.Display(Kit.CosmosLog)}" : "";
        throw new RingOsException(
            hasSaidWhy ? run.Summary : $"{run.Summary}{timeout}{cosmos}; the serial line ended with\n{run.LastLines}");
    }
}
