// The whole of iperf as a list of steps. Next: IperfOptions.cs
using System;
using RingOS.Abi;
using RingOS.User;
using Console = RingOS.User.Console;

namespace RingOS.Iperf;

/// <summary>iperf, client and server.</summary>
public static class IperfCommand
{
    private const ulong MillisecondInNanoseconds = 1_000_000;

    /// <summary>Runs it. Returns the exit code: 0, or 1 for a bad command line, no connection, a write that failed for good, or no write that did not fail.</summary>
    public static int Run(Arguments arguments)
    {
        IperfOptions options = new();
        TextBuffer error = new(160);
        ParseOutcome outcome = new OptionParser(arguments, options, error).Parse();
        if (outcome == ParseOutcome.Failed)
            Console.WriteLine(error);
        else if (outcome == ParseOutcome.HelpWanted)
            PrintHelp();
        else if (outcome == ParseOutcome.VersionWanted)
            Console.WriteLine("iperf of RingOS: the UDP part of iperf 2.1.8"u8);
        else
            return options.IsServer ? new ServerCommand(options).Run() : Send(options);
        return outcome == ParseOutcome.Failed ? 1 : 0;
    }

    private static int Send(IperfOptions options)
    {
        ReportLines lines = new();
        lines.PrintHeading(options);
        Socket? socket = Connect(options, lines);
        if (socket is null)
            return 1;
        byte[] datagram = NewDatagram(options);
        DatagramSender sender = new(socket, datagram, options, new IntervalReport(lines, options.IntervalMilliseconds));
        MeasuredWindow window = new();
        Clock.Sleep(MillisecondInNanoseconds); // so that the window starts at the edge of a timer tick
        WriteLatency? latency = options.IsLatencyWanted ? new WriteLatency() : null;
        window.Open();
        if (latency is null)
            sender.Run();
        else
            sender.Run(latency);
        window.Close();
        sender.Settle();
        ServerReport? report = Finish(sender, socket, datagram, lines);
        if (options.IsJson)
            PrintEvents(window, sender, options.Length, report);
        latency?.Print();
        _ = socket.Close();
        bool hasOnlyFailed = sender.Datagrams == 0 && sender.Failures.Total != 0;
        return sender.FatalError == Status.Ok && !hasOnlyFailed ? 0 : 1;
    }

    // The NIC's counters last: by now the driver knows what became of everything that the server has heard of.
    private static void PrintEvents(MeasuredWindow window, DatagramSender sender, int length, ServerReport? report)
    {
        sender.FailureLog?.Print(sender.BeginTicks);
        window.Print(sender, length, report);
        NicCounters nic = new();
        if (!nic.Read())
            return;
        EventLine line = new EventLine().Begin(Clock.WallNanoseconds, "iperf NIC: {FramesSent} frames sent, {ExcessiveCollisions} lost to collisions"u8);
        nic.AddTo(line);
        line.End();
    }

    private static Socket? Connect(IperfOptions options, ReportLines lines)
    {
        Socket? socket = Socket.Open(SocketKind.Datagram);
        SocketAddress local = default;
        if (socket is null)
            lines.PrintFailure("socket"u8, Errno.Last);
        else if (socket.Connect(options.Server, options.Port) < 0)
            lines.PrintFailure("connect"u8, Errno.Last);
        else if (socket.SetQueuePolicy(options.FullQueue) < 0)
            lines.PrintFailure("ioctl"u8, Errno.Last);
        else
        {
            _ = socket.GetLocalAddress(ref local); // for the screen only
            lines.PrintConnected(local, new SocketAddress { Address = options.Server, Port = options.Port });
            lines.PrintSendColumns();
            return socket;
        }
        return null;
    }

    // iperf fills its datagrams with the digits 0 to 9 over and over.
    private static byte[] NewDatagram(IperfOptions options)
    {
        byte[] datagram = new byte[options.Length];
        for (int i = DatagramHeader.SizeWithSettings; i < datagram.Length; i++)
            datagram[i] = (byte)('0' + i % 10);
        DatagramHeader.WriteSettings(datagram, options);
        return datagram;
    }

    private static ServerReport? Finish(DatagramSender sender, Socket socket, byte[] datagram, ReportLines lines)
    {
        bool isFatal = sender.FatalError != Status.Ok;
        if (isFatal)
            lines.PrintFailure("write"u8, sender.FatalError);
        lines.PrintInterval(0, sender.SettledTicks - sender.BeginTicks, sender.Bytes, sender.Failures.Total);
        lines.PrintFailures(sender.Failures);
        lines.PrintSent(sender.Datagrams + (isFatal ? 0u : 1u));
        if (isFatal)
            return null;
        FinalExchange final = new(socket, datagram);
        ServerReport? report = final.Run(sender.Datagrams + 1);
        if (report is null)
            lines.PrintNoReport(final.Tries);
        else
            lines.PrintServerReport(report);
        return report;
    }

    private static void PrintHelp() => Console.Write("""
        Usage: iperf -c ADDRESS -u [options], or iperf -s -u [options]
          -c, --client ADDRESS       send to the server with this IPv4 address
          -s, --server               receive from one client
          -u, --udp                  use UDP (the only protocol here)
          -b, --bandwidth #[kmgKMG]  bits a second, 0 for no pacing (default 1M)
          -t, --time #               seconds to send for (default 10); server: seconds without a datagram to give up after
          -n, --num #[kmgKMG]        bytes to send, instead of -t; server: datagrams to stop after
          -l, --len #[kmKM]          bytes of a datagram, 16 to 1472 (default 1470)
          -i, --interval #           seconds between reports
          -p, --port #               the server's port (default 5001)
              --latency              time every write: a log event at the end
              --on-write-error WHAT  stop (default): EIO ends the run; continue: no failure does, unless none succeeds for 30 seconds
              --full-queue WHAT      when there is no room for a datagram: fail (ENOBUFS, default), block, or again (EAGAIN)
              --json                 log events at the end: failed writes, exact counts, the NIC's counters
          -1, -C, -U                 taken: one client, no extra messages and one thread are all there is
          -h, --help                 this text
          -v, --version              what it is

        """u8);
}
