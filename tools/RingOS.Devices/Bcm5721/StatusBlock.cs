// The status block in guest memory: how far the chip has come, and when it says so (host coalescing). Next: Descriptors.cs
using System;
using System.Buffers.Binary;

namespace RingOS.Devices.Bcm5721;

/// <summary>
/// +0 status (1 updated, 2 link, 4 error), +4 tag, +0x0A standard ring consumer, +0x10 return ring producer, +0x12 send ring consumer;
/// little-endian. Every update has a new tag of 8 bits and asks for an interrupt unless mailbox 0x204 masks it. Frames are collected
/// until there are as many as the maximum (0: no limit) or the ticks since the first have passed (microseconds, 0: never); link
/// changes and errors are told at once.
/// </summary>
internal sealed class StatusBlock(ChipRegisters registers, DmaEngines dma, Action<bool> askForInterrupt)
{
    private const int Length = 0x50;
    private const uint Updated = 1 << 0;
    private const uint LinkChanged = 1 << 1;
    private const uint Error = 1 << 2;
    private const uint Masked = 1;
    private const int TagShift = 24;
    private const uint TaggedStatus = 1 << 9; // MISC_HOST_CTRL
    private const uint LinkStateChanged = 1 << 12; // MAC_STATUS and MAC_EVENT
    private const uint InterruptOnMacAttention = 1 << 26; // GRC_MODE
    private const ulong NanosecondsPerTick = 1000;

    private byte _tag;
    private byte _tagWhenMasked;
    private uint _sent;
    private uint _received;

    /// <summary>How far each ring is, asked when a block is written.</summary>
    public Func<uint> SendConsumer { get; set; } = static () => 0;

    public Func<uint> StandardConsumer { get; set; } = static () => 0;

    public Func<uint> ReturnProducer { get; set; } = static () => 0;

    /// <summary>When the ticks of the frames collected will have passed; in simulated nanoseconds.</summary>
    public ulong? Deadline { get; private set; }

    /// <summary>MISC_HOST_CTRL, kept by the device.</summary>
    public uint HostControl { get; set; }

    private bool IsMasked => (registers[Offset.InterruptMailbox] & Masked) != 0;

    public void Reset()
    {
        _tag = 0;
        _tagWhenMasked = 0;
        _sent = 0;
        _received = 0;
        Deadline = null;
        askForInterrupt(false);
    }

    public void CountSent(ulong now) => Count(ref _sent, now, Offset.TransmitMaximumFrames, Offset.TransmitTicks);

    public void CountReceived(ulong now) => Count(ref _received, now, Offset.ReceiveMaximumFrames, Offset.ReceiveTicks);

    /// <summary>Something is wrong with rings or addresses; the details stand in the attention registers.</summary>
    public void ReportError(uint flowAttention = 0)
    {
        registers[Offset.FlowAttention] |= flowAttention;
        Update();
    }

    public void ReportLink()
    {
        registers[Offset.MacStatus] |= LinkStateChanged;
        if (HasLinkNews)
            Update();
    }

    public void AdvanceTo(ulong now)
    {
        if (now < Deadline || Deadline is null)
            return;
        Deadline = null;
        Update();
    }

    /// <summary>Writes the block, if coalescing and the write engine are on.</summary>
    public void Update()
    {
        if (!registers.IsEnabled(Offset.HostCoalescing) || !dma.CanWrite)
            return;
        _sent = 0;
        _received = 0;
        Deadline = null;
        _tag++;
        Span<byte> block = stackalloc byte[Length];
        Describe(block);
        ulong address = registers[Offset.StatusBlockLow] | ((ulong)registers[Offset.StatusBlockHigh] << 32);
        _ = dma.TryWrite(address, block); // If that failed, there is nowhere to say so but in the engine's status.
        if (!IsMasked && registers.IsEnabled(Offset.MessageInterrupt))
            askForInterrupt(true);
    }

    /// <summary>
    /// Mailbox 0x204 was written. 1 masks. Anything else unmasks, and asks again if the block has changed since: since the tag in
    /// bits 31:24 if status is tagged, else since it was masked.
    /// </summary>
    public void OnMailbox(uint before)
    {
        if (IsMasked)
        {
            if ((before & Masked) == 0)
                _tagWhenMasked = _tag;
            askForInterrupt(false);
            return;
        }
        bool isTagged = (HostControl & TaggedStatus) != 0;
        byte known = isTagged ? (byte)(registers[Offset.InterruptMailbox] >> TagShift) : _tagWhenMasked;
        if (isTagged || (before & Masked) != 0)
            askForInterrupt(known != _tag && registers.IsEnabled(Offset.MessageInterrupt));
    }

    private bool HasLinkNews
        => (registers[Offset.MacStatus] & registers[Offset.MacEvent] & LinkStateChanged) != 0
            && (registers[Offset.GlobalMode] & InterruptOnMacAttention) != 0;

    private bool HasError
        => (registers[Offset.ReadDmaStatus] | registers[Offset.WriteDmaStatus] | registers[Offset.FlowAttention]) != 0;

    private void Count(ref uint frames, ulong now, uint maximumOffset, uint ticksOffset)
    {
        frames++;
        uint maximum = registers[maximumOffset];
        uint ticks = registers[ticksOffset];
        if (maximum != 0 && frames >= maximum)
        {
            Update();
        }
        else if (ticks != 0)
        {
            ulong due = unchecked(now + ticks * NanosecondsPerTick);
            Deadline = Math.Min(Deadline ?? ulong.MaxValue, due);
        }
    }

    private void Describe(Span<byte> block)
    {
        block.Clear();
        uint status = Updated | (HasLinkNews ? LinkChanged : 0) | (HasError ? Error : 0);
        BinaryPrimitives.WriteUInt32LittleEndian(block, status);
        BinaryPrimitives.WriteUInt32LittleEndian(block[0x04..], _tag);
        BinaryPrimitives.WriteUInt16LittleEndian(block[0x0A..], (ushort)StandardConsumer());
        BinaryPrimitives.WriteUInt16LittleEndian(block[0x10..], (ushort)ReturnProducer());
        BinaryPrimitives.WriteUInt16LittleEndian(block[0x12..], (ushort)SendConsumer());
    }
}
