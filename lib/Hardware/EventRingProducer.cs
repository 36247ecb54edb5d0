// The driver's end of an event ring. Layout and rules: lib/Abi/EventRing.cs. Next: EventRingConsumer.cs
using System.Runtime.CompilerServices;
using System.Threading;
using RingOS.Abi;

namespace RingOS.Hardware;

/// <summary>Writes events. The consumer may be hostile: what it writes only decides whether there is room.</summary>
public sealed unsafe class EventRingProducer
{
    private readonly byte* _producerPage;
    private readonly byte* _consumerPage;
    private uint _produced;

    /// <param name="address">Virtual address of two pages: the producer's, writable, then the consumer's.</param>
    public EventRingProducer(nint address)
    {
        _producerPage = (byte*)address;
        _consumerPage = _producerPage + EventRing.PageSize;
    }

    /// <summary>Events that found no room; a well-behaved consumer never lets that happen.</summary>
    public ulong Dropped { get; private set; }

    /// <summary>The consumer looks for completions by itself.</summary>
    public bool IsConsumerQuiet
        => Volatile.Read(ref *(uint*)(_consumerPage + EventRing.QuietOffset)) != 0; // SAFETY: inside the consumer's page.

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ulong entry)
    {
        uint consumed = Volatile.Read(ref *(uint*)(_consumerPage + EventRing.ConsumerOffset)); // SAFETY: inside the consumer's page.
        if (_produced - consumed >= EventRing.Capacity)
        {
            Dropped++;
            return;
        }
        // SAFETY: the masked index is below the capacity, whose entries fit the producer's page.
        byte* slot = _producerPage + EventRing.EntriesOffset + (_produced % EventRing.Capacity * EventRing.EntrySize);
        Volatile.Write(ref *(ulong*)slot, entry);
        Fence.Release(); // the entry is visible before the index that announces it
        Volatile.Write(ref *(uint*)(_producerPage + EventRing.ProducerOffset), ++_produced); // SAFETY: as above.
    }
}
