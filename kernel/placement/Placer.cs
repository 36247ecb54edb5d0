// From the command line to a placement: the table of all of them. Next: NicHardware.cs
using System;
using RingOS.Abi;
using RingOS.Kernel.Boot;
using RingOS.Kernel.Devices;
using RingOS.Kernel.Placement.Microkernel;
using RingOS.Kernel.Placement.Monolithic;
using RingOS.Kernel.Placement.Nics;
using RingOS.Kernel.Placement.Ring1;
using RingOS.Kernel.Placement.Ring1Keys;
using RingOS.Kernel.Placement.Ring3;
using RingOS.Kernel.Placement.Ring3Queue;
using RingOS.Kernel.Placement.Software;
using RingOS.Kernel.Sockets;
using RingOS.Net;

namespace RingOS.Kernel.Placement;

/// <summary>Puts the NIC driver and the network stack into the domains that <c>placement=</c> names.</summary>
public sealed class Placer : IPlacer
{
    /// <summary>QEMU's user network.</summary>
    private const uint DefaultAddress = 0x0A00_020F; // 10.0.2.15
    private const uint DefaultMask = 0xFFFF_FF00;
    private const uint DefaultGateway = 0x0A00_0202; // 10.0.2.2

    private readonly IDriverFactory _drivers;

    /// <summary>With the drivers as they are.</summary>
    public Placer()
        : this(new DriverFactory())
    {
    }

    /// <param name="drivers">Who makes the driver where it is part of the kernel's image.</param>
    public Placer(IDriverFactory drivers) => _drivers = drivers;

    public bool Place(Nucleus nucleus)
    {
        ReadOnlySpan<byte> name = nucleus.CommandLine.Value("placement"u8);
        if (name.IsEmpty || name.SequenceEqual("none"u8))
            return true;
        NicHardware? nic = FindNic(nucleus);
        if (nic is null)
            return false;
        if (!TryReadConfiguration(nucleus, out NetworkConfiguration? configuration))
            return Refuse(nucleus, "an address is not four numbers with dots", nucleus.CommandLine.Value("address"u8));
        Dials dials = new();
        if (dials.Read(nucleus.CommandLine, nucleus.Scheduler.Watchdog) is { } senseless)
            return Refuse(nucleus, senseless, name);
        if (dials.Interrupts == InterruptMode.Moderated && !nic.Kind.CanModerate)
            return Refuse(nucleus, "this NIC cannot hold interrupts back; use interrupts=frame or poll", nic.Kind.Name);
        configuration!.Completion = dials.Completion;
        Status status = Start(name, new Site(nucleus, nic, configuration, dials), out SocketLayer? sockets);
        if (status != Status.Ok)
            return Refuse(nucleus, Reason(status), name);
        nucleus.Sockets = new SocketPool(sockets!, nucleus.UserMemory, nucleus.Scheduler);
        nucleus.Devices.Nic = new NicDevice(nucleus.UserMemory, sockets!);
        nucleus.Log.Information("placement {Placement} is up, UDP checksums by {Checksum}")
            .With("Placement", name)
            .With("Checksum", sockets!.OffloadsChecksum ? "offload" : "software")
            .End();
        return true;
    }

    private Status Start(ReadOnlySpan<byte> name, Site site, out SocketLayer? sockets)
    {
        if (name.SequenceEqual("monolithic"u8))
            return MonolithicPlacement.Start(site, _drivers, out sockets);
        if (name.SequenceEqual("software"u8))
            return SoftwarePlacement.Start(site, _drivers, out sockets);
        if (name.SequenceEqual("ring1"u8))
            return Ring1Placement.Start(site, out sockets);
        if (name.SequenceEqual("ring1-keys"u8))
            return Ring1KeysPlacement.Start(site, out sockets);
        if (name.SequenceEqual("ring3"u8))
            return Ring3Placement.Start(site, out sockets);
        if (name.SequenceEqual("ring3-queue"u8))
            return Ring3QueuePlacement.Start(site, out sockets);
        if (name.SequenceEqual("microkernel"u8))
            return MicrokernelPlacement.Start(site, out sockets);
        sockets = null;
        return Status.NoSuchDevice;
    }

    private static NicHardware? FindNic(Nucleus nucleus)
    {
        ReadOnlySpan<byte> name = nucleus.CommandLine.Value("nic"u8);
        NicKind? kind = name.IsEmpty ? NicTable.Default : NicTable.Named(name);
        if (kind is null)
        {
            Refuse(nucleus, NicTable.Unknown, name);
            return null;
        }
        bool isOwnDriver = nucleus.CommandLine.Value("service"u8).IsEmpty; // another service knows what to do with the word
        if (!kind.TakesFaults && isOwnDriver && !nucleus.CommandLine.Value("fault"u8).IsEmpty)
        {
            Refuse(nucleus, "faults are injected into the driver of the e1000e only", kind.Name);
            return null;
        }
        if (!TryReadWindow(nucleus, kind, out bool usesPorts))
            return null;
        NicHardware? nic = NicHardware.Find(nucleus, kind, usesPorts);
        if (nic is null)
            Refuse(nucleus, "the machine has no such NIC on its first PCI bus", kind.Name);
        return nic;
    }

    private static bool TryReadWindow(Nucleus nucleus, NicKind kind, out bool usesPorts)
    {
        ReadOnlySpan<byte> word = nucleus.CommandLine.Value("io"u8);
        usesPorts = word.SequenceEqual("port"u8);
        if (!usesPorts && !word.IsEmpty && !word.SequenceEqual("memory"u8))
            return Refuse(nucleus, "io= must be port or memory", word);
        return !usesPorts || kind.Ports.Length != 0 || Refuse(nucleus, "the driver of this NIC uses no ports", kind.Name);
    }

    private static bool TryReadConfiguration(Nucleus nucleus, out NetworkConfiguration? configuration)
    {
        configuration = null;
        if (!TryReadAddress(nucleus.CommandLine.Value("address"u8), DefaultAddress, out uint address)
            || !TryReadAddress(nucleus.CommandLine.Value("mask"u8), DefaultMask, out uint mask)
            || !TryReadAddress(nucleus.CommandLine.Value("gateway"u8), DefaultGateway, out uint gateway))
            return false;
        configuration = new NetworkConfiguration(address, mask, gateway)
        {
            MayOffloadChecksums = !nucleus.CommandLine.Value("checksum"u8).SequenceEqual("software"u8),
        };
        return true;
    }

    private static bool TryReadAddress(ReadOnlySpan<byte> text, uint absent, out uint address)
    {
        address = absent;
        return text.IsEmpty || AddressText.TryParse(text, out address);
    }

    private static string Reason(Status status) => status switch
    {
        Status.NoSuchDevice => "no such placement; there are monolithic, software, ring1, ring1-keys, ring3, ring3-queue, microkernel and none",
        Status.NoSuchFile => "a service of it is missing in the boot archive",
        Status.NotExecutable => "a service of it is corrupt in the boot archive",
        Status.NoMemory => "not enough memory",
        Status.PeerGone => "a service of it died or did not answer while starting",
        Status.NotPermitted => "this processor has no supervisor protection keys (PKS), or SMEP is not on beside them",
        Status.TimedOut => "the NIC did not come out of its reset",
        _ => "its driver could not be started",
    };

    private static bool Refuse(Nucleus nucleus, string reason, ReadOnlySpan<byte> value)
    {
        nucleus.Log.Error("cannot place {Value}: {Reason}").With("Value", value).With("Reason", reason).End();
        return false;
    }
}
