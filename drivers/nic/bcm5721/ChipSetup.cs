// Reset, and what has to be switched on before a frame can move. The order is that of Linux' tg3. Next: Transceiver.cs
using RingOS.Abi;
using RingOS.Hardware;

namespace RingOS.Drivers.Bcm5721;

/// <summary>
/// A frame passes a dozen blocks on its way through the chip, each with a mode register; as long as one of them is off, nothing moves
/// and nothing is said about it. This folder sets only what the chip needs for frames of 10 and 100 Mb/s.
/// </summary>
internal sealed class ChipSetup(Registers registers, ChipMemory memory, Clock clock)
{
    // The chip answers no access in the first 100 microseconds of a reset; its boot code is done some milliseconds later.
    private const uint ResetSettleMicroseconds = 120;
    private const uint BootMicroseconds = 200_000;

    // Moderated: an update of the status block after so many frames or microseconds, whichever comes first.
    private const uint ModeratedFrames = 32;
    private const uint ModeratedMicroseconds = 50;

    private const uint LongestFrame = PacketLayout.MaximumTaggedFrame + 4; // with check sequence
    private const uint StandardRingOnChip = 0x6000; // NIC_SRAM_RX_BUFFER_DESC
    private const int EntriesShift = 16;
    private const uint SeedMask = 0x3FF;
    private const uint WatchLink = 1; // MAC_MI_STAT_LNKSTAT_ATTN_ENAB

    private readonly Registers _registers = registers;
    private readonly ChipMemory _memory = memory;
    private readonly Clock _clock = clock;

    /// <summary>Silences the chip; from the reset on it touches no memory. Does not wait until it works again.</summary>
    public void Silence()
    {
        _registers.InterruptMailbox.Write(Registers.MaskInterrupts);
        _registers.TransmitMode.Write(0);
        _registers.ReceiveMode.Write(0);
        _registers.HostControl.Write(HostControl.Standard);
        _memory.AskBootCode();
        _registers.GlobalConfiguration.Write(Registers.CoreReset);
    }

    /// <returns>TimedOut if the boot code gives no sign in time.</returns>
    public Status Reset()
    {
        Silence();
        Deadline settled = _clock.After(ResetSettleMicroseconds);
        while (!settled.HasPassed)
        {
        }

        Deadline deadline = _clock.After(BootMicroseconds);
        _registers.HostControl.Write(HostControl.Standard);
        _registers.MemoryArbiter.Write(Registers.Enable); // The window into the chip's memory needs it.
        while (!_memory.HasBooted)
        {
            if (deadline.HasPassed)
                return Status.TimedOut;
        }

        _registers.InterruptMailbox.Write(Registers.MaskInterrupts); // The reset has forgotten that.
        return Status.Ok;
    }

    /// <summary>Everything but rings and interrupts. Seeds the backoff, so that two stations do not collide in step.</summary>
    public void SetUpChip(ulong stationAddress)
    {
        _registers.GlobalMode.Write(GlobalMode.Standard);
        _registers.GlobalConfiguration.Write(Registers.MicrosecondTimer);
        _registers.BufferManager.Write(Registers.Enable);
        _registers.BackoffSeed.Write(SeedOf(stationAddress));
        _registers.TransmitLengths.Write(Registers.StandardLengths);
        _registers.ReceiveMtu.Write(LongestFrame);
    }

    public void SetUpRings(TransmitRing transmit, ReceiveRing receive, uint transmitEntries, uint receiveEntries)
    {
        _memory.SetSendRing(transmit.Base, transmitEntries);
        _memory.SetReturnRing(receive.ReturnBase, receiveEntries);
        _registers.StandardRingHigh.Write(receive.StandardBase.High);
        _registers.StandardRingLow.Write(receive.StandardBase.Low);
        _registers.StandardRingLength.Write(receiveEntries << EntriesShift);
        _registers.StandardRingOnChip.Write(StandardRingOnChip);
        _registers.SendRingProducer.Write(0);
        _registers.StandardRingProducer.Write(0);
        _registers.ReturnRingConsumer.Write(0);
    }

    /// <summary>
    /// When the chip updates the status block. An interrupt a frame keeps outcomes certain as long as frames are sent one by one; a
    /// moderated chip reports groups, in which a lost frame is a guess (<see cref="Losses"/>).
    /// </summary>
    public void SetUpStatusBlock(DeviceAddress block, InterruptMode mode)
    {
        uint frames = mode == InterruptMode.Moderated ? ModeratedFrames : 1;
        uint ticks = mode == InterruptMode.Moderated ? ModeratedMicroseconds : 0;
        _registers.HostCoalescing.Write(0);
        _registers.TransmitTicks.Write(ticks);
        _registers.ReceiveTicks.Write(ticks);
        _registers.TransmitMaximumFrames.Write(frames);
        _registers.ReceiveMaximumFrames.Write(frames);
        _registers.StatusBlockHigh.Write(block.High);
        _registers.StatusBlockLow.Write(block.Low);
        _registers.HostCoalescing.Write(Registers.Enable);
    }

    /// <summary>Tells the MAC whether it shares the wire.</summary>
    public void SetDuplex(bool isFullDuplex)
        => _registers.MacMode.Write(isFullDuplex ? MacMode.Standard : MacMode.Standard | MacMode.HalfDuplex);

    /// <summary>Lets frames move. The MAC has no port before <see cref="SetDuplex"/>.</summary>
    public void EnableBlocks()
    {
        _registers.ReceiveDescriptorCompletion.Write(Registers.Enable);
        _registers.ReceiveListPlacement.Write(Registers.Enable);
        _registers.WriteDma.Write(Registers.Enable);
        _registers.ReadDma.Write(Registers.Enable);
        _registers.ReceiveDataCompletion.Write(Registers.Enable);
        _registers.SendDataCompletion.Write(Registers.Enable);
        _registers.SendDescriptorCompletion.Write(Registers.Enable);
        _registers.ReceiveDescriptorInitiator.Write(Registers.Enable);
        _registers.ReceiveDataInitiator.Write(Registers.Enable);
        _registers.SendDataInitiator.Write(Registers.Enable);
        _registers.SendDescriptorInitiator.Write(Registers.Enable);
        _registers.SendRingSelector.Write(Registers.Enable);
        _registers.TransmitMode.Write(Registers.Enable);
        _registers.ReceiveMode.Write(Registers.Enable);
    }

    /// <summary>Link changes become events, and messages may be sent; the mailbox still masks them.</summary>
    public void EnableEvents()
    {
        _registers.MacStatus.Write(MacEvents.LinkStateChanged); // What happened before is no news.
        _registers.ManagementStatus.Write(WatchLink);
        _registers.MacEventEnable.Write(MacEvents.LinkStateChanged);
        _registers.MessageInterrupt.Write(Registers.Enable);
    }

    // The sum of the address' bytes, as tg3 does it: stations of one maker differ in the last ones.
    private static uint SeedOf(ulong stationAddress)
    {
        uint sum = 0;
        for (; stationAddress != 0; stationAddress >>= 8)
            sum += (byte)stationAddress;
        return sum & SeedMask;
    }
}
