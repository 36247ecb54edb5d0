// The driver's end of an event ring. Layout and rules: lib/Abi/EventRing.cs. Next: EventRingConsumer.cs
using System.Runtime.CompilerServices;
using System.Threading;
using RingOS.Abi;

namespace RingOS.Hardware;

/// <summary>Writes events. The consumer may be hostile: what it writes only decides whether there is room.</summary>
sealed unsafe partial class EventRingProducer
{
    private readonly byte* _producerPage;
    private readonly byte* _consumerPage;
    private uint _produced;
    private uint _limit = EventRing.Capacity; // up to here there is room for sure

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

    /// <summary>Shows the consumer what was added.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Publish()
    {
        Fence.Release(); // the entries are visible before the index that announces them
        Volatile.Write(ref *(uint*)(_producerPage + EventRing.ProducerOffset), _produced); // SAFETY: inside our page.
    }

    /// <summary>Adds an event, which the consumer sees when it is published.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ulong entry)
    {
        if (_produced == _limit && !TryMakeRoom())
            return;
        // SAFETY: the masked index is below the capacity, whose entries fit the producer's page.
        byte* slot = _producerPage + EventRing.EntriesOffset + (_produced % EventRing.Capacity * EventRing.EntrySize);
        Volatile.Write(ref *(ulong*)slot, entry);
        _produced++;
    }

    // What the consumer says is believed only as far as it makes sense.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryMakeRoom()
    {
        uint consumed = Volatile.Read(ref *(uint*)(_consumerPage + EventRing.ConsumerOffset)); // SAFETY: inside the consumer's page.
        uint outstanding = _produced - consumed;
        if (outstanding < EventRing.Capacity)
        {
            _limit = consumed + EventRing.Capacity;
            return true;
        }
        Dropped++;
        return false;
    }
}
