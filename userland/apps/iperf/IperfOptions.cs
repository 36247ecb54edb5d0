// What the user asks for. Next: OptionParser.cs
using RingOS.Abi;

namespace RingOS.Iperf;

/// <summary>The settings of one run; defaults are those of iperf 2.1.</summary>
public sealed class IperfOptions
{
    public const int DefaultLength = 1470;
    public const int MinimumLength = DatagramHeader.Size;
    public const int MaximumLength = PacketLayout.MaximumUdpPayload;

    /// <summary>-s: receive instead of send.</summary>
    public bool IsServer { get; set; }

    /// <summary>-c, in host byte order.</summary>
    public uint Server { get; set; }

    /// <summary>-p</summary>
    public ushort Port { get; set; } = 5001;

    /// <summary>-u: the only protocol there is.</summary>
    public bool IsUdp { get; set; }

    /// <summary>-b in bits a second; 0 sends as fast as the kernel takes it.</summary>
    public ulong Bandwidth { get; set; } = 1024 * 1024;

    /// <summary>-t in milliseconds; not looked at if <see cref="Amount"/> is set.</summary>
    public ulong Milliseconds { get; set; } = 10_000;

    /// <summary>Server: -t in milliseconds without a datagram, after which it gives up; 0, the default, waits for ever.</summary>
    public ulong PatienceMilliseconds { get; set; }

    /// <summary>-n in bytes; 0 sends for <see cref="Milliseconds"/>. Server: datagrams, after which it stops; 0 goes on to the last.</summary>
    public ulong Amount { get; set; }

    /// <summary>-i in milliseconds; 0 prints the total only.</summary>
    public ulong IntervalMilliseconds { get; set; }

    /// <summary>-l: bytes of a datagram.</summary>
    public int Length { get; set; } = DefaultLength;

    /// <summary>--latency: every write is timed.</summary>
    public bool IsLatencyWanted { get; set; }

    /// <summary>--on-write-error continue: no failed write ends the run, unless none succeeds for 30 seconds. Otherwise EIO does.</summary>
    public bool SurvivesWriteErrors { get; set; }

    /// <summary>--full-queue: what a write does when the transmit queue is full.</summary>
    public QueuePolicy FullQueue { get; set; }

    /// <summary>--json: a log event with exact counts at the end.</summary>
    public bool IsJson { get; set; }

    /// <summary>
    /// <see cref="Amount"/> such that the last, shorter datagram still holds the 16 bytes that name it.
    /// </summary>
    public ulong SendableAmount
    {
        get
        {
            ulong rest = Amount % (ulong)Length;
            return rest == 0 || rest >= MinimumLength ? Amount : Amount - rest + MinimumLength;
        }
    }
}
