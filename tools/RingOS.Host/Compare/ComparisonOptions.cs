// What to compare, and how long. Next: Measurement.cs
using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using RingOS.Abi;
using RingOS.Host.Boot;
using RingOS.Host.Iperf;
using RingOS.Host.Machines;

namespace RingOS.Host.Compare;

/// <summary>A UDP server that is not ours.</summary>
/// <param name="Address">As the guest sees it, dotted.</param>
/// <param name="Port">UDP port.</param>
public sealed record ServerAddress(string Address, int Port)
{
    private const string HostAsSeenByGuest = "10.0.2.2";

    /// <summary>Reads HOST:PORT. This machine's own loopback is 10.0.2.2 in the guest.</summary>
    /// <exception cref="RingOsException">It is not of that form.</exception>
    public static ServerAddress Parse(string text)
    {
        string[] parts = text.Split(':');
        if (parts.Length != 2 || parts[0].Length == 0 || !ushort.TryParse(parts[1], out ushort port) || port == 0)
            throw new RingOsException($"'{text}' is no server; give HOST:PORT, such as 127.0.0.1:5001", exitCode: 2);
        bool isThisMachine = parts[0] == "localhost" || parts[0].StartsWith("127.", StringComparison.Ordinal);
        string address = isThisMachine ? HostAsSeenByGuest : parts[0];
        if (!IPAddress.TryParse(address, out IPAddress? parsed) || parsed.AddressFamily != AddressFamily.InterNetwork)
            throw new RingOsException($"'{parts[0]}' is no IPv4 address; the guest cannot look up names, so give the address", exitCode: 2);
        return new ServerAddress(address, port);
    }

    /// <summary>The embedded server on a port of this machine.</summary>
    public static ServerAddress Local(int port) => new(HostAsSeenByGuest, port);
}

/// <summary>A comparison.</summary>
public sealed record ComparisonOptions
{
    /// <summary>The three designs that answer the question: in the kernel, the driver apart, the network stack apart too.</summary>
    public static readonly IReadOnlyList<Placement> Headline =
        [Placement.Named("monolithic"), Placement.Named("ring3"), Placement.Named("microkernel")];

    /// <summary>The columns; ratios are to <c>monolithic</c> where it is among them, else to the first.</summary>
    public IReadOnlyList<Placement> Placements { get; init; } = Headline;

    /// <summary>A name in <see cref="NicModel.All"/>; the same for all columns.</summary>
    public string Nic { get; init; } = NicModel.Default;

    /// <summary>The same for all columns.</summary>
    public Dials Dials { get; init; } = Dials.Headline;

    /// <summary>Whose image boots.</summary>
    public Kit Kit { get; init; } = Kit.Native;

    /// <summary>Another kernel image than the kit's usual one; null for that.</summary>
    public string? Kernel { get; init; }

    /// <summary>Whether the kernel's elementary operations are measured too.</summary>
    public bool WithPrimitives { get; init; } = true;

    /// <summary>Datagrams of a counted run.</summary>
    public int Count { get; init; } = 20_000;

    /// <summary>UDP payload of a datagram.</summary>
    public int Bytes { get; init; } = 1470;

    /// <summary>Another server than the embedded one; null for that.</summary>
    public ServerAddress? Server { get; init; }

    /// <summary>Runs of each placement against the clock, interleaved; the median is shown.</summary>
    public int Rounds { get; init; } = 5;

    /// <summary>How long each run against the clock sends.</summary>
    public int WallSeconds { get; init; } = 2;

    /// <summary>What executes the runs against the clock; counted ones are TCG's.</summary>
    public Accelerator Accelerator { get; init; }

    /// <summary>The most a single machine may take.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>What the probe of KVM must know of the machines that this comparison boots.</summary>
    public MachineOptions KvmMachine => new() { Accelerator = Accelerator, CommandLine = string.Join(' ', Dials.Words) };

    /// <exception cref="RingOsException">A number is out of range, or KVM cannot have a placement.</exception>
    public void Check()
    {
        const int MostDatagrams = 100_000_000;
        const int FewestBytes = IperfDatagram.HeaderSize;
        const int MostBytes = PacketLayout.MaximumUdpPayload;
        if (Count is < 2 or > MostDatagrams)
            throw new RingOsException($"{Count} datagrams cannot be compared; give a count of 2 to {MostDatagrams}", exitCode: 2);
        if (Bytes is < FewestBytes or > MostBytes)
            throw new RingOsException($"{Bytes} bytes do not fit; give {FewestBytes} to {MostBytes}", exitCode: 2);
        if (Placements.Count == 0 || Placements.Distinct().Count() != Placements.Count)
            throw new RingOsException("name each placement once", exitCode: 2);
        if (Accelerator == Accelerator.Kvm && Placements.Any(static placement => placement.Name == KvmRefusal.NeedsKeys) && !HostProcessor.HasSupervisorKeys)
            throw new RingOsException($"{KvmRefusal.NeedsKeys} needs supervisor protection keys (PKS), which KVM does not offer on this machine; name other --placements", exitCode: 2);
        _ = Dials.Checked();
        _ = NicModel.Named(Nic).DeviceFor(Qemu.Expected, string.Join(' ', Dials.Words));
    }
}
