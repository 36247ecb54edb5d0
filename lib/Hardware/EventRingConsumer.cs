// The network stack's end of an event ring. Layout and rules: lib/Abi/EventRing.cs. Back to: EventRingProducer.cs
using System.Runtime.CompilerServices;
using System.Threading;
using RingOS.Abi;

namespace RingOS.Hardware;

/// <summary>Reads events and passes them to the stack, which checks every packet number against its own records.</summary>
sealed unsafe partial class EventRingConsumer
{
    private readonly byte* _producerPage;
    private readonly byte* _consumerPage;
    private uint _consumed;

    /// <param name="producerPage">Virtual address of the producer's page.</param>
    /// <param name="consumerPage">Virtual address of the consumer's page, writable.</param>
    public EventRingConsumer(nint producerPage, nint consumerPage)
    {
        _producerPage = (byte*)producerPage;
        _consumerPage = (byte*)consumerPage;
    }

    /// <summary>Times the producer's index made no sense; nothing is believed then.</summary>
    public ulong Violations { get; private set; }

    /// <summary>Whether completions alone are worth a signal to us.</summary>
    public void SetQuiet(bool isQuiet)
        => Volatile.Write(ref *(uint*)(_consumerPage + EventRing.QuietOffset), isQuiet ? 1u : 0); // SAFETY: inside our page.

    /// <summary>Both pages have been cleared: a new producer begins.</summary>
    public void Restart() => _consumed = 0;

    /// <summary>Passes on everything that is there, at most one ring full. Passing one on may come back here: the rest is then done already.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Drain(INicEvents stack)
    {
        uint produced = Volatile.Read(ref *(uint*)(_producerPage + EventRing.ProducerOffset)); // SAFETY: inside the page; read once.
        if (produced - _consumed - 1 < EventRing.Capacity)
            DrainTo(produced, stack);
        else if (produced != _consumed)
            Violations++;
    }

    private void DrainTo(uint end, INicEvents stack)
    {
        Fence.Acquire(); // the entries are read after the index that announced them
        while ((int)(end - _consumed) > 0)
            Pass(TakeEntry(), stack);
    }

    // Reports its progress with each entry: passing one on may make the producer add others.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong TakeEntry()
    {
        // SAFETY: the masked index is below the capacity, whose entries fit the page; the entry is read once.
        ulong entry = Volatile.Read(ref *(ulong*)(_producerPage + EventRing.EntriesOffset + (_consumed % EventRing.Capacity * EventRing.EntrySize)));
        Volatile.Write(ref *(uint*)(_consumerPage + EventRing.ConsumerOffset), ++_consumed); // SAFETY: inside our page.
        return entry;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pass(ulong entry, INicEvents stack)
    {
        PacketIndex packet = new(EventRing.PacketOf(entry));
        NicEventKind kind = EventRing.KindOf(entry);
        if (kind == NicEventKind.Transmitted)
        {
            stack.OnTransmitted(packet, EventRing.OutcomeOf(entry));
            return;
        }
        switch (kind)
        {
            case NicEventKind.Received:
                stack.OnReceived(packet, EventRing.LengthOf(entry));
                break;
            case NicEventKind.LinkChange:
                stack.OnLinkChange(EventRing.LengthOf(entry) != 0);
                break;
        }
    }
}
