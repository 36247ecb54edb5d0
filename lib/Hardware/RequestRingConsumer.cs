// The driver's end of a request ring. Layout and rules: lib/Abi/RequestRing.cs. Back to: RequestRingProducer.cs
using System.Runtime.CompilerServices;
using System.Threading;
using RingOS.Abi;

namespace RingOS.Hardware;

/// <summary>Reads requests. The producer may be hostile: its index is read once and believed only if it makes sense.</summary>
sealed unsafe partial class RequestRingConsumer
{
    private readonly byte* _producerPage;
    private readonly byte* _consumerPage;
    private uint _consumed;

    /// <param name="address">Virtual address of two pages: the producer's, then the consumer's, writable.</param>
    public RequestRingConsumer(nint address)
    {
        _producerPage = (byte*)address;
        _consumerPage = _producerPage + EventRing.PageSize;
    }

    /// <summary>Times the producer's index made no sense.</summary>
    public ulong Violations { get; private set; }

    /// <summary>Requests that are there now; 0 if the producer's index makes no sense.</summary>
    public uint Available
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            uint available = Volatile.Read(ref *(uint*)(_producerPage + EventRing.ProducerOffset)) - _consumed; // SAFETY: inside the page; read once.
            if (available <= RequestRing.Capacity)
                return available;
            Violations++;
            return 0;
        }
    }

    /// <summary>The oldest request, which stays in the ring; <see cref="Available"/> has said that there is one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Peek()
    {
        Fence.Acquire(); // the entry is read after the index that announced it
        // SAFETY: the masked index is below the capacity, whose entries fit the page; the entry is read once.
        return Volatile.Read(ref *(ulong*)(_producerPage + EventRing.EntriesOffset + (_consumed % RequestRing.Capacity * EventRing.EntrySize)));
    }

    /// <summary>The oldest request has been served.</summary>
    public void Skip() => _consumed++;

    /// <summary>The oldest request, taken out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Take()
    {
        ulong entry = Peek();
        Skip();
        return entry;
    }

    /// <summary>Tells the producer how far we are.</summary>
    public void Publish() => Volatile.Write(ref *(uint*)(_consumerPage + EventRing.ConsumerOffset), _consumed); // SAFETY: inside our page.

    /// <summary>Whether we wait for a signal. After saying so, look once more whether something has come.</summary>
    public void SetAsleep(bool isAsleep)
    {
        Volatile.Write(ref *(uint*)(_consumerPage + RequestRing.SleepingOffset), isAsleep ? 1u : 0); // SAFETY: as above.
        Fence.Full(); // the word is visible before we look, and we have looked before we sleep
    }
}
