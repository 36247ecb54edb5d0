// Exact counts around the data datagrams that were sent, for the host tool. Next: ReceiveCounts.cs
using RingOS.User;

namespace RingOS.Iperf;

/// <summary>The client's window: the kernel's counters just outside the first and the last write.</summary>
public sealed class MeasuredWindow
{
    private const int LongestList = 512;

    private readonly CounterWindow _counters = new();

    /// <summary>Right before the first datagram.</summary>
    public void Open() => _counters.Open();

    /// <summary>Right after the last datagram.</summary>
    public void Close() => _counters.Close();

    /// <summary>Prints the event.</summary>
    public void Print(DatagramSender sender, int length, ServerReport? report)
    {
        EventLine line = new EventLine().Begin(
            Clock.WallNanoseconds, "iperf window: {Datagrams} datagrams of {Bytes} bytes in {WindowTicks} ticks"u8);
        line.Add("Datagrams"u8, sender.Datagrams).Add("Bytes"u8, (ulong)length);
        AddFailures(line, sender.Failures);
        line.Add("WindowTicks"u8, sender.EndTicks - sender.BeginTicks);
        if (Clock.IsSimulated)
            line.AddNull("IdleTicks"u8); // nobody shall take the rest for instructions
        else
            line.Add("IdleTicks"u8, _counters.IdleTicks);
        line.Add("TicksPerSecond"u8, Clock.TicksPerSecond);
        _counters.AddTo(line);
        AddReport(line, report);
        line.End();
    }

    private static void AddFailures(EventLine line, WriteFailures failures)
    {
        line.Add("WriteErrors"u8, failures.Total).Add("WriteErrorsNoBuffer"u8, failures.NoBuffer);
        line.Add("WriteErrorsIo"u8, failures.Io).Add("WriteErrorsAgain"u8, failures.Again).Add("WriteErrorsOther"u8, failures.Other);
        line.Add("WriteErrorsByErrno"u8, failures.AppendByErrno(new TextBuffer(LongestList)).Written);
        line.Add("OutageTicks"u8, failures.OutageTicks).Add("OutageDatagrams"u8, failures.OutageDatagrams);
    }

    private static void AddReport(EventLine line, ServerReport? report)
    {
        if (report is null)
            line.AddNull("ServerReceived"u8).AddNull("ServerLost"u8).AddNull("ServerOutOfOrder"u8);
        else
            line.Add("ServerReceived"u8, report.Received).Add("ServerLost"u8, report.Lost).Add("ServerOutOfOrder"u8, report.OutOfOrder);
    }
}
