// What iperf prints, character for character as iperf 2.1.8 (src/ReportOutputs.c, include/Locale.h). Next: LossPercentage.cs
using System;
using RingOS.Abi;
using RingOS.User;
using Console = RingOS.User.Console;

namespace RingOS.Iperf;

/// <summary>The lines on the screen.</summary>
public sealed class ReportLines
{
    private readonly TextBuffer _text = new(160);

    public void PrintListening(ushort port)
    {
        Rule();
        Print(Line("Server listening on UDP port "u8).Append((ulong)port));
        Rule();
    }

    public void PrintHeading(IperfOptions options)
    {
        Rule();
        Print(Line("Client connecting to "u8).AppendAddress(options.Server).Append(", UDP port "u8).Append((ulong)options.Port));
        Line("Sending "u8).Append((ulong)options.Length).Append(" byte datagrams, "u8);
        if (options.Bandwidth == 0)
            _text.Append("as fast as they are taken"u8);
        else
            _text.Append("IPG target: "u8).AppendFixed(GapInHundredths(options), 2).Append(" us"u8);
        Print(_text);
        Rule();
    }

    public void PrintConnected(in SocketAddress local, in SocketAddress remote)
        => Print(Line("[  1] local "u8).AppendAddress(local.Address).Append(" port "u8).Append((ulong)local.Port)
            .Append(" connected with "u8).AppendAddress(remote.Address).Append(" port "u8).Append((ulong)remote.Port));

    public void PrintSendColumns() => Print(Line("[ ID] Interval       Transfer     Bandwidth"u8));

    /// <summary>One interval, or the whole run; times in ticks since the first datagram.</summary>
    public void PrintInterval(ulong from, ulong to, ulong bytes, ulong writeErrors = 0)
    {
        AppendTransfer(TenthsOfMilliseconds(from), TenthsOfMilliseconds(to), bytes, Clock.ToNanoseconds(to - from));
        if (writeErrors != 0)
            _text.Append("  write errors: "u8).Append(writeErrors);
        Print(_text);
    }

    /// <summary>"[  1] Failed writes: 3 x ENOBUFS, 1 x EIO"; nothing if none failed.</summary>
    public void PrintFailures(WriteFailures failures)
    {
        if (failures.Total != 0)
            Print(failures.AppendByName(Line("[  1] Failed writes: "u8)));
    }

    /// <summary>The final datagram counts, as in iperf 2.1 and in its server's total.</summary>
    public void PrintSent(ulong datagrams) => Print(Line("[  1] Sent "u8).Append(datagrams).Append(" datagrams"u8));

    public void PrintServerReport(ServerReport report)
    {
        Print(Line("[  1] Server Report:"u8));
        PrintReceived(report);
    }

    /// <summary>What a server received: its own last lines, and those of the client it reports to.</summary>
    public void PrintReceived(ServerReport report)
    {
        Print(Line("[ ID] Interval       Transfer     Bandwidth        Jitter   Lost/Total Datagrams"u8));
        ulong end = (report.StopMicroseconds + 50) / 100;
        AppendTransfer(0, end, report.Bytes, report.StopMicroseconds * 1000);
        _text.Append("  "u8).AppendFixed(report.JitterMicroseconds, 3, 6).Append(" ms "u8);
        _text.Append(report.Lost).Append((byte)'/').Append(report.Datagrams).Append(" ("u8);
        LossPercentage.Append(_text, report.Lost, report.Datagrams);
        Print(_text.Append("%)"u8));
        if (report.OutOfOrder == 0)
            return;
        AppendTimes(0, end);
        Print(_text.Append("  "u8).Append(report.OutOfOrder).Append(" datagrams received out-of-order"u8));
    }

    public void PrintNoReport(ulong tries)
        => Print(Line("[  1] WARNING: did not receive ack of last datagram after "u8).Append(tries).Append(" tries."u8));

    public void PrintGivenUp() => Print(Line("[  1] WARNING: this client fell silent, and another one sends: given up"u8));

    /// <summary>"write failed: No route to host"</summary>
    public void PrintFailure(ReadOnlySpan<byte> what, Status why) => Print(Line(what).Append(" failed: "u8).AppendError(why));

    private static ulong GapInHundredths(IperfOptions options)
        => WideMath.MultiplyDivide((ulong)options.Length * 16, 100_000_000, options.Bandwidth) + 1 >> 1;

    private static ulong TenthsOfMilliseconds(ulong ticks) => (Clock.ToNanoseconds(ticks) + 50_000) / 100_000;

    private void AppendTimes(ulong from, ulong to)
        => Line("[  1] "u8).AppendFixed(from, 4).Append((byte)'-').AppendFixed(to, 4).Append(" sec"u8);

    private void AppendTransfer(ulong from, ulong to, ulong bytes, ulong nanoseconds)
    {
        AppendTimes(from, to);
        AdaptiveUnit.AppendBytes(_text.Append("  "u8), bytes);
        // Thousandths of a bit a second: bytes * 8 * 1000 / seconds.
        ulong rate = nanoseconds == 0 ? 0 : WideMath.MultiplyDivide(bytes, 8 * 1000 * Clock.NanosecondsPerSecond, nanoseconds);
        AdaptiveUnit.AppendBits(_text.Append("  "u8), rate).Append("/sec"u8);
    }

    private TextBuffer Line(ReadOnlySpan<byte> start) => _text.Clear().Append(start);

    private void Rule() => Print(Line("------------------------------------------------------------"u8));

    private static void Print(TextBuffer text) => Console.WriteLine(text);
}
