// Exact counts around the data datagrams that arrived, for the host tool. Next: ServerCommand.cs
using RingOS.User;

namespace RingOS.Iperf;

/// <summary>
/// The server's window: opened when the first datagram has been received, closed when the final one has. So the final one stands
/// in for the first, and the ticks that were not idle are those of as many datagrams as there were.
/// </summary>
public sealed class ReceiveWindow
{
    private readonly CounterWindow _counters = new();

    public void Open() => _counters.Open();

    public void Close() => _counters.Close();

    /// <summary>Prints the event.</summary>
    public void Print(DatagramReceiver receiver)
    {
        ReceiveCounts counts = receiver.Counts;
        EventLine line = new EventLine().Begin(
            Clock.WallNanoseconds, "iperf receive window: {Datagrams} datagrams, {Lost} lost, in {WindowTicks} ticks"u8);
        line.Add("Datagrams"u8, counts.Datagrams).Add("Bytes"u8, counts.Bytes);
        line.Add("Lost"u8, counts.Lost).Add("OutOfOrder"u8, counts.OutOfOrder);
        line.Add("WindowTicks"u8, receiver.EndTicks - receiver.BeginTicks).Add("IdleTicks"u8, _counters.IdleTicks);
        line.Add("TicksPerSecond"u8, Clock.TicksPerSecond);
        _counters.AddTo(line);
        line.End();
    }
}
