// Each failed write: which one, of which datagram, why and when. Kept during the run, printed after it. Next: DatagramSender.cs
using RingOS.Abi;
using RingOS.User;

namespace RingOS.Iperf;

/// <summary>The first failed writes of a run. Adding one costs no system call and no allocation.</summary>
public sealed class FailureLog
{
    /// <summary>Failures that are kept; later ones are only counted, by <see cref="WriteFailures"/>.</summary>
    public const int Capacity = 1_000;

    private readonly ulong[] _writes = new ulong[Capacity];
    private readonly ulong[] _datagrams = new ulong[Capacity];
    private readonly Status[] _reasons = new Status[Capacity];
    private readonly ulong[] _began = new ulong[Capacity]; // ticks
    private readonly ulong[] _ended = new ulong[Capacity];
    private int _count;

    /// <param name="write">Number of the write() in its run, from 1, whether they failed or not.</param>
    /// <param name="datagram">The id that was not taken.</param>
    /// <param name="why">The reason.</param>
    /// <param name="began">Ticks before the write.</param>
    /// <param name="ended">Ticks after it.</param>
    public void Add(ulong write, ulong datagram, Status why, ulong began, ulong ended)
    {
        if (_count == Capacity)
            return;
        _writes[_count] = write;
        _datagrams[_count] = datagram;
        _reasons[_count] = why;
        _began[_count] = began;
        _ended[_count] = ended;
        _count++;
    }

    /// <summary>Prints an event for each.</summary>
    /// <param name="runBegan">Ticks from which times are counted.</param>
    public void Print(ulong runBegan)
    {
        EventLine line = new();
        for (int i = 0; i < _count; i++)
        {
            line.Begin(Clock.WallAt(_ended[i]), "iperf write {Write} of datagram {Datagram} failed with errno {Errno} after {Nanoseconds} ns"u8);
            line.Add("Write"u8, _writes[i]).Add("Datagram"u8, _datagrams[i]).Add("Errno"u8, (ulong)_reasons[i]);
            line.Add("Nanoseconds"u8, Clock.ToNanoseconds(_ended[i] - runBegan));
            line.Add("BeganNanoseconds"u8, Clock.ToNanoseconds(_began[i] - runBegan)).End();
        }
    }
}
