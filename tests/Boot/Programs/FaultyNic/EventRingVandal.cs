// Writes nonsense where the stack looks for events. Layout: lib/Abi/EventRing.cs. Back to: FaultyDriver.cs
using System.Threading;
using RingOS.Abi;
using RingOS.Hardware;
using RingOS.User;

namespace RingOS.Test.FaultyNic;

/// <summary>Another kind of nonsense each time; the same from run to run.</summary>
internal sealed unsafe class EventRingVandal(nint ring)
{
    private const uint Kinds = 8;

    private readonly Notification _stack = new(WellKnownHandle.StackNotification);
    private uint _strikes;
    private ulong _random = 0x9E37_79B9_7F4A_7C15;

    public void Strike(PacketIndex packet)
    {
        uint produced = Volatile.Read(ref *(uint*)(ring + EventRing.ProducerOffset));
        switch (_strikes++ % Kinds)
        {
            case 0: // an index that nothing can explain
                Announce(produced + 0x8000_0000);
                break;
            case 1: // one more than fits
                Announce(produced + EventRing.Capacity + 1);
                break;
            case 2: // backwards
                Announce(produced - 1);
                break;
            case 3: // packets that do not exist, or are not the driver's
                Fill(produced, NicEventKind.Received, isRandom: true, packet);
                break;
            case 4: // the same packet over and over
                Fill(produced, NicEventKind.Transmitted, isRandom: false, packet);
                break;
            case 5: // received where something was to be sent
                Fill(produced, NicEventKind.Received, isRandom: false, packet);
                break;
            case 6: // kinds and outcomes that do not exist
                Fill(produced, (NicEventKind)0xEE, isRandom: true, packet);
                break;
            default: // every buffer lent for reception is said to hold something, of any length
                FillReceived(produced);
                break;
        }
        _ = _stack.Signal(ulong.MaxValue); // whatever the answer
        _ = _stack.Signal(0);
    }

    private void Fill(uint produced, NicEventKind kind, bool isRandom, PacketIndex packet)
    {
        for (uint i = 0; i < EventRing.Capacity; i++)
        {
            ulong noise = Next();
            ushort number = isRandom ? (ushort)noise : packet.Value;
            Put(produced + i, EventRing.Pack(kind, number, (ushort)(noise >> 16), (TransmitOutcome)(byte)(noise >> 32)));
        }
        Announce(produced + EventRing.Capacity);
    }

    private void FillReceived(uint produced)
    {
        for (uint i = 0; i < EventRing.Capacity; i++)
            Put(produced + i, EventRing.Pack(NicEventKind.Received, (ushort)i, (ushort)Next(), TransmitOutcome.Sent));
        Announce(produced + EventRing.Capacity);
    }

    // SAFETY: the producer's page is the service's own; what is written there is the test.
    private void Put(uint index, ulong entry)
        => Volatile.Write(ref *(ulong*)(ring + EventRing.EntriesOffset + (nint)(index % EventRing.Capacity * EventRing.EntrySize)), entry);

    private void Announce(uint produced) => Volatile.Write(ref *(uint*)(ring + EventRing.ProducerOffset), produced);

    private ulong Next()
    {
        _random ^= _random << 13;
        _random ^= _random >> 7;
        _random ^= _random << 17;
        return _random;
    }
}
