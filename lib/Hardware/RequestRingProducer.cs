// The stack's end of a request ring. Layout and rules: lib/Abi/RequestRing.cs. Next: RequestRingConsumer.cs
using System.Runtime.CompilerServices;
using System.Threading;
using RingOS.Abi;

namespace RingOS.Hardware;

/// <summary>Writes requests. The consumer may be hostile: what it writes only decides whether there is room and whether it is signalled.</summary>
sealed unsafe partial class RequestRingProducer
{
    private readonly byte* _producerPage;
    private readonly byte* _consumerPage;
    private uint _produced;
    private uint _limit = RequestRing.Capacity; // up to here there is room for sure

    /// <param name="producerPage">Virtual address of the producer's page, writable.</param>
    /// <param name="consumerPage">Virtual address of the consumer's page.</param>
    public RequestRingProducer(nint producerPage, nint consumerPage)
    {
        _producerPage = (byte*)producerPage;
        _consumerPage = (byte*)consumerPage;
    }

    /// <summary>Requests added since <see cref="Publish"/>.</summary>
    public int Added { get; private set; }

    /// <summary>The consumer has nothing to do and wants a signal.</summary>
    public bool IsConsumerAsleep
        => Volatile.Read(ref *(uint*)(_consumerPage + RequestRing.SleepingOffset)) != 0; // SAFETY: inside the consumer's page.

    /// <summary>How far the consumer says it is.</summary>
    public uint Consumed => Volatile.Read(ref *(uint*)(_consumerPage + EventRing.ConsumerOffset)); // SAFETY: inside the consumer's page.

    /// <summary>Requests not consumed yet.</summary>
    public uint Outstanding => _produced - Consumed;

    /// <summary>Adds a request, which the consumer sees when it is published. NoBufferSpace if the consumer has left too many lying.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Status Add(ulong entry)
    {
        if (TryAdd(entry))
            return Status.Ok;
        return TryMakeRoom() && TryAdd(entry) ? Status.Ok : Status.NoBufferSpace;
    }

    /// <summary>The same if there is room without asking the consumer how far it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryAdd(ulong entry)
    {
        if (_produced == _limit)
            return false;
        // SAFETY: the masked index is below the capacity, whose entries fit the producer's page.
        byte* slot = _producerPage + EventRing.EntriesOffset + (_produced % RequestRing.Capacity * EventRing.EntrySize);
        Volatile.Write(ref *(ulong*)slot, entry);
        _produced++;
        Added++;
        return true;
    }

    /// <summary>Hands over what was added.</summary>
    public void Publish()
    {
        Fence.Release(); // the entries are visible before the index that announces them
        Volatile.Write(ref *(uint*)(_producerPage + EventRing.ProducerOffset), _produced); // SAFETY: inside our page.
        Added = 0;
    }

    /// <summary>Both pages have been cleared: a new consumer begins.</summary>
    public void Restart()
    {
        _produced = 0;
        _limit = RequestRing.Capacity;
        Added = 0;
    }

    // What the consumer says is believed only as far as it makes sense.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryMakeRoom()
    {
        uint outstanding = Outstanding;
        if (outstanding >= RequestRing.Capacity)
            return false;
        _limit = _produced + (RequestRing.Capacity - outstanding);
        return true;
    }
}
