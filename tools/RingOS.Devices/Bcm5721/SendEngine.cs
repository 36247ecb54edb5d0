// The way of a frame out: send ring, one frame at a time to the medium, its fate into counters. Next: ReceiveEngine.cs
using System;

namespace RingOS.Devices.Bcm5721;

/// <summary>
/// Fetches from its consumer index to the producer index of mailbox 0x304. The consumer index passes a frame when its fate is known
/// and counted; that is all a driver ever learns of it. Frames that cannot be sent (no such memory, no such length) are dropped,
/// counted as MAC errors and reported as an error in the status block.
/// </summary>
internal sealed class SendEngine(
    ChipRegisters registers, ChipMemory memory, DmaEngines dma, StatusBlock status, INicPort port, Func<bool> hasLink)
{
    public const int LongestFrame = 1514;

    private const int ShortestFrame = 60; // without check sequence; the MAC pads
    private const int ShortestDescribed = 14;
    private const uint FrameCheck = 4;
    private const uint SeedMask = 0x3FF;
    private const uint MacRuns = 1 << 21; // MAC_MODE: transmit descriptor engine
    private const uint PortModes = 3 << 2; // MAC_MODE: none of them is no port
    private const uint InitiatorAttention = 1u << 31; // flow attention: send descriptor initiator
    private const uint DataAttention = 1u << 28; // flow attention: send data initiator
    private const uint RingAttention = 1u << 17; // flow attention: ring control block

    private readonly byte[] _frame = new byte[LongestFrame];
    private uint _producer;
    private uint _end;
    private int _length;
    private State _state;
    private bool _isPumping;

    private enum State
    {
        Idle,
        Sending,
        Abandoned, // the medium still has a frame of before the last reset
    }

    private enum Fetched
    {
        Nothing,
        Frame,
        Dropped,
    }

    public uint Consumer { get; private set; }

    private bool CanSend
        => registers.HostServes
            && (registers[Offset.MacMode] & MacRuns) != 0
            && (registers[Offset.MacMode] & PortModes) != 0
            && registers.AreEnabled(
                Offset.TransmitMode, Offset.SendDataInitiator, Offset.SendDataCompletion, Offset.SendRingSelector,
                Offset.SendDescriptorInitiator, Offset.SendDescriptorCompletion, Offset.BufferManager)
            && dma.CanRead
            && hasLink();

    private Ring Descriptors => Ring.FromMemory(memory, ChipMemory.SendRing, Ring.SendEntry);

    public void Reset()
    {
        Consumer = 0;
        _producer = 0;
        _state = _state == State.Idle ? State.Idle : State.Abandoned;
    }

    /// <summary>Mailbox 0x304: frames up to this index, exclusive, are the chip's.</summary>
    public void OnMailbox(uint producer)
    {
        if (producer != 0 && !Descriptors.Has(producer))
        {
            status.ReportError(InitiatorAttention);
            return;
        }
        _producer = producer;
    }

    /// <summary>Sends what can be sent now. Ends: each turn passes a descriptor or waits for the medium.</summary>
    public void Pump()
    {
        if (_isPumping)
            return;
        _isPumping = true;
        while (_state == State.Idle && Consumer != _producer && !port.IsBusy && CanSend)
        {
            Fetched fetched = Fetch(out int length);
            if (fetched == Fetched.Nothing)
                break;
            if (fetched == Fetched.Frame)
                Offer(length);
            else
                Drop();
        }
        _isPumping = false;
    }

    /// <summary>The medium is done with the frame it was offered.</summary>
    public void OnTransmitted(TransmitResult result, ulong now)
    {
        State was = _state;
        _state = State.Idle;
        if (was == State.Sending)
        {
            CountFate(result);
            Consumer = _end;
            status.CountSent(now);
        }
        Pump();
    }

    private void Offer(int length)
    {
        _length = Math.Max(length, ShortestFrame);
        _frame.AsSpan(length, _length - length).Clear();
        _state = State.Sending;
        port.BackoffSeed = registers[Offset.BackoffSeed] & SeedMask;
        port.Offer(_frame.AsSpan(0, _length).ToArray());
    }

    private void Drop()
    {
        Consumer = _end;
        registers[Offset.MacErrors]++;
        status.ReportError(DataAttention);
    }

    /// <summary>Collects one frame from the descriptors up to the one marked as its last. A bad one ends the frame at once.</summary>
    private Fetched Fetch(out int length)
    {
        length = 0;
        Ring ring = Descriptors;
        if (!ring.Has(Consumer) || !ring.Has(_producer))
        {
            Consumer = _producer; // The ring has changed under its indices: what lay in between is lost.
            status.ReportError(RingAttention);
            return Fetched.Nothing;
        }
        Span<byte> bytes = stackalloc byte[(int)Ring.SendEntry];
        for (uint index = Consumer; index != _producer; index = _end)
        {
            _end = ring.After(index);
            if (!dma.TryRead(ring.AddressOf(index), bytes))
                return Fetched.Dropped;
            var descriptor = new SendDescriptor(bytes);
            if (!TryAppend(descriptor, ref length))
                return Fetched.Dropped;
            if (descriptor.IsLast)
                return length >= ShortestDescribed ? Fetched.Frame : Fetched.Dropped;
        }
        return Fetched.Nothing; // The rest of the frame has not been handed over yet.
    }

    private bool TryAppend(SendDescriptor descriptor, ref int length)
    {
        int begin = length;
        if (descriptor.Length == 0 || descriptor.Length > LongestFrame - begin)
            return false;
        length += descriptor.Length;
        return dma.TryRead(descriptor.Address, _frame.AsSpan(begin, descriptor.Length));
    }

    private void CountFate(TransmitResult result)
    {
        uint collisions = (uint)Math.Max(0, result.Collisions);
        registers[Offset.Collisions] += collisions;
        registers[Offset.Deferred] += result.WasDeferred ? 1u : 0;
        switch (result.End)
        {
            case TransmitEnd.ExcessiveCollisions:
                registers[Offset.ExcessiveCollisions]++;
                break;
            case TransmitEnd.LateCollision:
                registers[Offset.LateCollisions]++;
                break;
            default:
                CountSent(collisions);
                break;
        }
    }

    private void CountSent(uint collisions)
    {
        if (collisions != 0)
            registers[collisions == 1 ? Offset.SingleCollisions : Offset.MultipleCollisions]++;
        bool isGroup = (_frame[0] & 1) != 0;
        bool isBroadcast = _frame.AsSpan(0, 6).IndexOfAnyExcept((byte)0xFF) < 0;
        registers[isBroadcast ? Offset.TransmitBroadcast : isGroup ? Offset.TransmitMulticast : Offset.TransmitUnicast]++;
        registers[Offset.TransmitOctets] += (uint)_length + FrameCheck;
    }
}
