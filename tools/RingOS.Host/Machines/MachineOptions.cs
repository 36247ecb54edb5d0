// What machine to start and with what in it. Next: QemuCommandLine.cs
using System;
using System.Collections.Generic;

namespace RingOS.Host.Machines;

/// <summary>QEMU's two PC boards.</summary>
public enum MachineType
{
    /// <summary>Q35: PCI Express, 2009.</summary>
    Q35,

    /// <summary>440FX: PCI, 1996.</summary>
    Pc,
}

/// <summary>A UDP port of the host that leads into the guest.</summary>
/// <param name="HostPort">Port on 127.0.0.1.</param>
/// <param name="GuestPort">Port of 10.0.2.15.</param>
public sealed record PortForward(int HostPort, int GuestPort)
{
    /// <summary>Reads "5001" or "15001:5001", host first.</summary>
    /// <exception cref="RingOsException">It is neither.</exception>
    public static PortForward Parse(string text)
    {
        string[] ports = text.Split(':');
        bool isGood = ports.Length <= 2 & TryPort(ports[0], out int host) & TryPort(ports[^1], out int guest);
        return isGood
            ? new PortForward(host, guest)
            : throw new RingOsException($"--forward {text}: give a UDP port, 1 to 65535, as in 5001, or HOST:GUEST as in 15001:5001; the guest has no TCP", exitCode: 2);
    }

    private static bool TryPort(string text, out int port)
    {
        bool isGood = StrictNumber.TryWhole(text, out ulong number) && number is >= 1 and <= ushort.MaxValue;
        port = isGood ? (int)number : 0;
        return isGood;
    }
}

/// <summary>A wire of UDP datagrams on 127.0.0.1, an Ethernet frame in each.</summary>
/// <param name="MachinePort">Where the machine receives.</param>
/// <param name="PeerPort">Where the other end does.</param>
public sealed record DatagramWire(int MachinePort, int PeerPort);

/// <summary>One machine. Boots either <see cref="Kernel"/> (with <see cref="Archive"/>) or <see cref="Iso"/>.</summary>
public sealed record MachineOptions
{
    /// <summary>The kernel's ELF file.</summary>
    public string? Kernel { get; init; }

    /// <summary>The boot archive, handed over as the first boot module.</summary>
    public string? Archive { get; init; }

    /// <summary>A bootable CD image, in place of kernel and archive.</summary>
    public string? Iso { get; init; }

    /// <summary>What <see cref="Iso"/> is written on.</summary>
    public IsoMedium IsoMedium { get; init; }

    /// <summary>What starts the machine; used with <see cref="Iso"/>.</summary>
    public Firmware Firmware { get; init; }

    /// <summary>The kernel's command line; see RingOS.Abi.BootProtocol. An <see cref="Iso"/> has one of its own, whose place this one takes.</summary>
    public string CommandLine { get; init; } = "";

    public MachineType Type { get; init; } = MachineType.Q35;

    /// <summary>At least 64.</summary>
    public int MemoryMiB { get; init; } = 128;

    /// <summary>What executes the instructions.</summary>
    public Accelerator Accelerator { get; init; }

    /// <summary>QEMU's CPU model, where TCG makes the processor. rep string instructions count an instruction an iteration, hence the two missing features.</summary>
    public string Cpu { get; init; } = "max,-erms,-fsrm";

    /// <summary>A name in <see cref="NicModel.All"/>.</summary>
    public string Nic { get; init; } = NicModel.Default;

    /// <summary>Virtual time counts instructions, so that one time-stamp-counter tick is one instruction and runs repeat exactly.</summary>
    public bool Icount { get; init; }

    /// <summary>
    /// With <see cref="Icount"/>: a halted guest waits in real time, so that somebody outside has the time to answer, but idle
    /// ticks no longer repeat exactly. Otherwise idle time is skipped.
    /// </summary>
    public bool IdleTakesTime { get; init; }

    /// <summary>QEMU's random seed, used with <see cref="Icount"/>.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Every frame in either direction goes into this file, which appears when the machine has ended.</summary>
    public string? PcapFile { get; init; }

    /// <summary>Waits for gdb on this port of 127.0.0.1 before the first instruction.</summary>
    public int? GdbPort { get; init; }

    /// <summary>Counts or records what the guest executes; the machine runs as without it.</summary>
    public Instrumentation.MachineInstrument? Instrument { get; init; }

    /// <summary>QEMU's network answers for itself alone and passes nothing on: nothing comes from outside.</summary>
    public bool IsIsolated { get; init; }

    /// <summary>A wire to this process in the place of QEMU's network; null for that.</summary>
    public DatagramWire? Wire { get; init; }

    public IReadOnlyList<PortForward> Forwards { get; init; } = [];

    /// <summary>Devices that live in this process. A machine that has some has no NIC of QEMU's, and an <see cref="Instrument"/>.</summary>
    public MachineDevices? Devices { get; init; }

    /// <summary>Given to QEMU as they are, last.</summary>
    public IReadOnlyList<string> ExtraArguments { get; init; } = [];

    /// <summary>A machine that still runs after this is ended and counts as hung; null: never.</summary>
    public TimeSpan? Deadline { get; init; } = TimeSpan.FromSeconds(60);
}
