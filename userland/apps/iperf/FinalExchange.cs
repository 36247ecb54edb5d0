// The end of a run: a datagram with a negative id, again and again until the server answers. Next: ServerReport.cs
using System;
using RingOS.Abi;
using RingOS.User;

namespace RingOS.Iperf;

/// <summary>Tells the server that all is sent and waits for its report.</summary>
public sealed class FinalExchange(Socket socket, byte[] datagram)
{
    /// <summary>From one try to the next.</summary>
    public const ulong GapNanoseconds = 10_000_000;

    /// <summary>Tries altogether: 2 seconds.</summary>
    public const int MostTries = 200;

    private const int LargestReport = 1472;

    private readonly byte[] _answer = new byte[LargestReport];

    /// <summary>Final datagrams sent.</summary>
    public ulong Tries { get; private set; }

    /// <summary>Returns the server's report, or null if none came.</summary>
    /// <param name="nextId">The id the next datagram would have had: its negative ends the run, and every try counts on.</param>
    public ServerReport? Run(ulong nextId)
    {
        ServerReport report = new();
        while (Tries < MostTries)
        {
            DatagramHeader.WriteId(datagram, -(long)(nextId + Tries));
            Tries++;
            _ = socket.Write(datagram); // lost or not, the next try repeats it
            if (TryReceive(report))
                return report;
        }
        return null;
    }

    private bool TryReceive(ServerReport report)
    {
        SocketAddress from = default;
        long length = socket.Receive(_answer, GapNanoseconds, ref from);
        if (length >= 0)
            return report.TryParse(new ReadOnlySpan<byte>(_answer, 0, (int)Math.Min(length, _answer.Length)));
        if (Errno.Last is not (Status.TimedOut or Status.WouldBlock))
            Clock.Sleep(GapNanoseconds); // refused at once: keep the pace
        return false;
    }
}
