// The options of iperf that RingOS does not have, and why. iperf 2.1.8, man/iperf.1. Next: DatagramHeader.cs
using System;

namespace RingOS.Iperf;

/// <summary>Tells somebody who knows iperf that nothing is mistyped.</summary>
public static class UnsupportedOption
{
    /// <summary>Why there is no such option here; empty if iperf has none of that name either.</summary>
    /// <param name="name">A letter or a long name, without dashes.</param>
    public static ReadOnlySpan<byte> ReasonFor(ReadOnlySpan<byte> name) => name switch
    {
        _ when IsIn(name, Tcp) => "it is for TCP, and here is UDP only"u8,
        _ when IsIn(name, Streams) => "here is one stream at a time, from client to server"u8,
        _ when IsIn(name, Addresses) => "here is one IPv4 address and one interface"u8,
        _ when IsIn(name, Patterns) => "here datagrams are sent evenly, by -b, and from the start"u8,
        _ when IsIn(name, Reports) => "here is one form of report; --json adds exact counts"u8,
        _ when IsIn(name, Systems) => "this kernel has nothing of the kind"u8,
        _ => default,
    };

    private static ReadOnlySpan<byte> Tcp =>
        """
        m print_mss w window M mss N nodelay Z tcp-congestion linux-congestion tcp-rx-window-clamp tcp-quickack tcp-write-prefetch
        tcp-write-times permit-key permit-key-timeout bounceback bounceback-congest bounceback-hold bounceback-period
        bounceback-no-quickack bounceback-txdelay connect-only connect-retries near-congestion
        """u8;

    private static ReadOnlySpan<byte> Streams =>
        "P parallel d dualtest r tradeoff R reverse remove full-duplex L listenport no-connect-sync no-udp-fin X peerdetect peer-detect"u8;

    private static ReadOnlySpan<byte> Addresses =>
        "B bind H ssm-host V ipv6_domain T ttl incr-dstip incr-dstport incr-srcip incr-srcport local-only"u8;

    private static ReadOnlySpan<byte> Patterns =>
        "burst-period burst-size ipg isochronous fq-rate txdelay-time txstart-time F fileinput I stdin"u8;

    private static ReadOnlySpan<byte> Reports =>
        "e enhanced f format hide-ips x reportexclude y reportstyle sum-dstip sum-only histograms udp-histogram trip-times o output"u8;

    private static ReadOnlySpan<byte> Systems => "l2checks NUM_REPORT_STRUCTS z realtime S tos tos-override tap-dev D daemon"u8;

    // Whether a word is one of a list with blanks or line ends between.
    private static bool IsIn(ReadOnlySpan<byte> word, ReadOnlySpan<byte> list)
    {
        int start = 0;
        for (int end = 0; end <= list.Length; end++)
        {
            if (end < list.Length && list[end] > (byte)' ')
                continue;
            if (word.Length != 0 && list.Slice(start, end - start).SequenceEqual(word))
                return true;
            start = end + 1;
        }
        return false;
    }
}
