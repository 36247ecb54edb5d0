// The way of a frame in: filter, a lent buffer of the standard ring, the return ring. Next: Phy.cs
using System;

namespace RingOS.Devices.Bcm5721;

/// <summary>
/// Frames to the station and broadcasts come in, with RX_MODE's promiscuous bit all. A frame without a buffer or without room in the
/// return ring is discarded and counted. A buffer that cannot be used (no such memory, too small) is returned with an error.
/// </summary>
internal sealed class ReceiveEngine(ChipRegisters registers, ChipMemory memory, DmaEngines dma, StatusBlock status, Func<bool> hasLink)
{
    private const int ShortestFrame = 14;
    private const int FrameCheck = 4;
    private const uint MacRuns = 1 << 22; // MAC_MODE: receive descriptor engine
    private const uint PortModes = 3 << 2;
    private const uint Promiscuous = 1 << 8; // RX_MODE
    private const uint InitiatorAttention = 1u << 23; // flow attention: receive descriptor initiator
    private const uint ReturnAttention = 1u << 18; // flow attention: receive data completion
    private const uint RingAttention = 1u << 17; // flow attention: ring control block
    private const ulong Broadcast = 0xFFFF_FFFF_FFFF;

    private uint _producer;
    private uint _returnConsumer;

    /// <summary>The next buffer to be filled.</summary>
    public uint Consumer { get; private set; }

    /// <summary>The next entry of the return ring to be written.</summary>
    public uint ReturnProducer { get; private set; }

    private bool CanReceive
        => registers.HostServes
            && (registers[Offset.MacMode] & MacRuns) != 0
            && (registers[Offset.MacMode] & PortModes) != 0
            && registers.AreEnabled(
                Offset.ReceiveMode, Offset.ReceiveListPlacement, Offset.ReceiveDataInitiator, Offset.ReceiveDataCompletion,
                Offset.ReceiveDescriptorInitiator, Offset.ReceiveDescriptorCompletion, Offset.BufferManager)
            && dma.CanRead && dma.CanWrite
            && hasLink();

    private Ring Standard => Ring.FromRegisters(registers, Offset.StandardRing, Ring.ReceiveEntry);

    private Ring Returns => Ring.FromMemory(memory, ChipMemory.ReturnRing, Ring.ReceiveEntry);

    private ulong StationAddress => ((ulong)(ushort)registers[Offset.MacAddressHigh] << 32) | registers[Offset.MacAddressLow];

    public void Reset()
    {
        Consumer = 0;
        ReturnProducer = 0;
        _producer = 0;
        _returnConsumer = 0;
    }

    /// <summary>Mailbox 0x26C: buffers up to this index, exclusive, are the chip's.</summary>
    public void OnStandardMailbox(uint producer) => Move(ref _producer, producer, Standard, InitiatorAttention);

    /// <summary>Mailbox 0x284: entries of the return ring up to this index, exclusive, have been read.</summary>
    public void OnReturnMailbox(uint consumer) => Move(ref _returnConsumer, consumer, Returns, ReturnAttention);

    /// <summary>A frame has arrived, without its check sequence, which was right.</summary>
    public void OnReceived(ReadOnlySpan<byte> frame, ulong now)
    {
        if (!CanReceive || !HasFittingLength(frame.Length) || !PassesFilter(frame))
            return;
        Ring standard = Standard;
        Ring returns = Returns;
        if (!standard.Has(Consumer) || !returns.Has(ReturnProducer))
        {
            Discard();
            status.ReportError(RingAttention);
        }
        else if (Consumer == _producer)
        {
            registers[Offset.NoReceiveBuffer]++;
            Discard();
        }
        else if (returns.After(ReturnProducer) == _returnConsumer)
        {
            Discard();
        }
        else
        {
            Store(frame, standard, returns, now);
        }
    }

    private void Store(ReadOnlySpan<byte> frame, Ring standard, Ring returns, ulong now)
    {
        Span<byte> descriptor = stackalloc byte[ReceiveDescriptor.Size];
        descriptor.Clear();
        uint errors = dma.TryRead(standard.AddressOf(Consumer), descriptor)
            ? Fill(descriptor, frame)
            : ReceiveDescriptor.NoResources;
        ReceiveDescriptor.Return(descriptor, Consumer, frame.Length, errors);
        bool isReturned = dma.TryWrite(returns.AddressOf(ReturnProducer), descriptor);
        Consumer = standard.After(Consumer);
        ReturnProducer = returns.After(ReturnProducer);
        Count(frame, errors != 0 || !isReturned, now);
    }

    /// <summary>Puts the frame into the buffer lent with a descriptor.</summary>
    /// <returns>The error bits of its returned descriptor.</returns>
    private uint Fill(ReadOnlySpan<byte> descriptor, ReadOnlySpan<byte> frame)
    {
        if (frame.Length > ReceiveDescriptor.BufferLength(descriptor))
            return ReceiveDescriptor.HugeFrame;
        return dma.TryWrite(Word.Address(descriptor), frame) ? 0 : ReceiveDescriptor.NoResources;
    }

    private void Count(ReadOnlySpan<byte> frame, bool hasFailed, ulong now)
    {
        if (hasFailed)
        {
            registers[Offset.InputErrors]++;
            status.ReportError(ReturnAttention);
            return;
        }
        registers[Offset.ReceiveOctets] += (uint)(frame.Length + FrameCheck);
        registers[Destination(frame) == Broadcast ? Offset.ReceiveBroadcast : Offset.ReceiveUnicast]++;
        status.CountReceived(now);
    }

    private void Discard() => registers[Offset.InputDiscards]++;

    private void Move(ref uint index, uint value, Ring ring, uint attention)
    {
        if (value == 0 || ring.Has(value))
            index = value;
        else
            status.ReportError(attention);
    }

    private bool HasFittingLength(int length)
    {
        bool isTooLong = length > SendEngine.LongestFrame || length + FrameCheck > registers[Offset.ReceiveMtu];
        if (isTooLong || length < ShortestFrame)
            registers[isTooLong ? Offset.FrameTooLong : Offset.FrameTooShort]++;
        return !isTooLong && length >= ShortestFrame;
    }

    private bool PassesFilter(ReadOnlySpan<byte> frame)
    {
        ulong destination = Destination(frame);
        return destination == StationAddress || destination == Broadcast || (registers[Offset.ReceiveMode] & Promiscuous) != 0;
    }

    private static ulong Destination(ReadOnlySpan<byte> frame)
    {
        ulong address = 0;
        foreach (byte value in frame[..6])
            address = (address << 8) | value;
        return address;
    }
}
