// The driver of Realtek's RTL8139, QEMU's "rtl8139". All section numbers in this folder are those of Realtek's datasheet "RTL8139C(L)
// Single Chip Fast Ethernet Controller with Power Management", 1.4. Compare: ../e1000/Controller.cs. Next: Registers.cs
using RingOS.Abi;
using RingOS.Hardware;

namespace RingOS.Drivers.Rtl8139;

/// <summary>
/// A passive NIC driver, built as that of the e1000 is: see there. It reaches its registers through whichever window it was granted, ports
/// or memory, and knows no difference. It does not trust its device: whatever a register or a header says, only the driver's own records say
/// which packet it was.
/// </summary>
/// <remarks>
/// Events may call back into <see cref="ProvideTransmit"/> and <see cref="ProvideReceive"/>. The device cannot hold interrupts back: moderated
/// mode is one interrupt a frame all the same, and a host that knows refuses it.
/// </remarks>
public sealed class Rtl8139Controller : INicDriver
{
    /// <summary>Bytes that it needs of memory shared with the device: the receive buffer and four transmit buffers.</summary>
    public const int DescriptorMemory = ReceiveBuffer.Length + TransmitSlots.Length;

    private const uint ResetMicroseconds = 20_000;

    // More than the receive buffer can hold of the shortest frames: what comes on top of them has raised an interrupt of its own.
    private const uint MostFramesAtOnce = 128;

    private const Command BothEnabled = Command.TransmitterEnable | Command.ReceiverEnable;

    private readonly Registers _registers;
    private readonly PacketWindow _packets;
    private readonly PacketCopier _copier;
    private readonly Clock _clock;
    private readonly INicEvents _events;
    private readonly InterruptMode _interrupts;
    private readonly TransmitSlots _transmitSlots;
    private readonly ReceiveBuffer _receiveBuffer;
    private readonly LentPackets _lentPackets = new();
    private readonly Statistics _statistics = new();
    private bool _isRunning;

    /// <param name="grant">A register window of 256 bytes, <see cref="DescriptorMemory"/>, the packets and copies of them, a clock.</param>
    /// <param name="events">Whom to tell what the device has done.</param>
    public Rtl8139Controller(NicGrant grant, INicEvents events)
    {
        _registers = new Registers(grant.Window);
        _packets = grant.Packets;
        _copier = grant.RequireCopier();
        _clock = grant.Clock;
        _interrupts = grant.Interrupts;
        _events = events;
        _receiveBuffer = new ReceiveBuffer(grant.Dma, 0);
        _transmitSlots = new TransmitSlots(grant.Dma, ReceiveBuffer.Length, _copier);
    }

    public ulong MacAddress { get; private set; }

    public NicCapabilities Capabilities => NicCapabilities.None;

    // ---- life -------------------------------------------------------------------------------------------------------

    /// <summary>Does not wait for the link; <see cref="INicEvents.OnLinkChange"/> tells of it.</summary>
    /// <returns>TimedOut if the device does not come out of its reset, Busy if the driver is already running.</returns>
    public Status Start()
    {
        if (_isRunning)
            return Status.Busy;
        Status status = Reset();
        if (status != Status.Ok)
            return status;

        MacAddress = _registers.StationAddressLow.Read() | ((ulong)(ushort)_registers.StationAddressHigh.Read() << 32);
        _statistics.Clear(_registers);
        _transmitSlots.Open();
        _lentPackets.Open();
        StartTransmitter();
        StartReceiver();
        _isRunning = true;
        _registers.InterruptStatus.Write(InterruptStatus.Known); // What happened before is no news.
        if (_interrupts != InterruptMode.Poll)
            _registers.InterruptMask.Write(InterruptStatus.Known);
        return Status.Ok;
    }

    /// <summary>
    /// Silences the device. Every packet it had, to be sent or lent for reception, comes back through
    /// <see cref="INicEvents.OnTransmitted"/> as Aborted.
    /// </summary>
    public void Stop()
    {
        if (!_isRunning)
            return;
        _isRunning = false;
        _ = Reset(); // A device that does not answer is cut off from memory by whoever stops the driver.
        _transmitSlots.Close();
        _lentPackets.Close();
        while (!_transmitSlots.IsEmpty)
            Report(_transmitSlots.TakeOldest(), TransmitOutcome.Aborted);
        while (!_lentPackets.IsEmpty)
            _events.OnTransmitted(_lentPackets.TakeOldest(), TransmitOutcome.Aborted);
    }

    // ---- down: packets to the device ------------------------------------------------------------------------------

    /// <summary>The device is told of each frame at once, whether or not more follow: a register a frame is all it has.</summary>
    /// <returns>Besides what <see cref="INicDriver.ProvideTransmit"/> says: NetworkDown if the driver is not running.</returns>
    public Status ProvideTransmit(PacketIndex packet, ushort length, TransmitOptions options)
    {
        if (!_packets.Contains(packet) || !IsFrameLength(length) || (options & ~TransmitOptions.MoreFollows) != 0)
            return Status.InvalidArgument;
        if (_transmitSlots.IsFull)
            return RefuseTransmit();
        RingDoorbell(_transmitSlots.Add(packet, length));
        return Status.Ok;
    }

    public void FlushTransmit()
    {
    }

    /// <returns>Besides what <see cref="INicDriver.ProvideReceive"/> says: NetworkDown if the driver is not running.</returns>
    public Status ProvideReceive(PacketIndex packet)
    {
        if (!_packets.Contains(packet))
            return Status.InvalidArgument;
        if (_lentPackets.IsFull)
            return _isRunning ? Status.NoBufferSpace : Status.NetworkDown;
        _lentPackets.Add(packet);
        return Status.Ok;
    }

    // ---- up: what the device has done -----------------------------------------------------------------------------

    /// <summary>One register tells what to look at; it is cleared before the look, so what happens after it raises the next interrupt.</summary>
    public void OnInterrupt()
    {
        InterruptStatus status = _registers.InterruptStatus.Read();
        if (!_isRunning || status == InterruptStatus.Gone || (status & InterruptStatus.Known) == 0)
            return; // The line is shared: it was another device.
        _registers.InterruptStatus.Write(status);
        _statistics.CountInterrupt();
        if ((status & InterruptStatus.AnyTransmit) != 0)
            ReportTransmitted();
        if ((status & InterruptStatus.AnyReceive) != 0)
            ReportReceived();
        if ((status & InterruptStatus.LinkChange) != 0)
            _events.OnLinkChange((_registers.MediaStatus.Read() & MediaStatus.LinkDown) == 0);
    }

    /// <summary>Software counters are exact; frames missed for want of room are asked from the device.</summary>
    public ulong ReadCounter(NicCounter counter) => _statistics.Read(counter, _registers);

    // As many as there are, whatever is added meanwhile by the events.
    private void ReportTransmitted()
    {
        for (uint budget = _transmitSlots.Used; budget != 0; budget--)
        {
            if (_transmitSlots.IsEmpty)
                return; // an event has stopped the driver
            TransmitStatus status = new(_registers.TransmitStatus(_transmitSlots.OldestSlot).Read());
            if (!status.IsDone)
                return;
            TransmitFrame frame = _transmitSlots.TakeOldest();
            _statistics.CountCollisions(status.Collisions);
            if (status.HasStopped)
                RestartTransmitter();
            Report(frame, status.Outcome);
        }
    }

    private void Report(TransmitFrame frame, TransmitOutcome outcome)
    {
        if (outcome == TransmitOutcome.Sent)
            _statistics.CountSent(frame.Length);
        else
            _statistics.CountNotSent(outcome);
        _events.OnTransmitted(frame.Packet, outcome);
    }

    private void ReportReceived()
    {
        for (uint budget = MostFramesAtOnce; budget != 0 && _isRunning; budget--)
        {
            if ((_registers.Command.Read() & Command.BufferEmpty) != 0)
                return;
            Fence.Acquire(); // The frame is read after the register that announced it.
            ReceiveHeader header = _receiveBuffer.Header;
            if (!header.IsGoodFrame)
            {
                _statistics.CountReceiveError();
                RestartReceiver();
                return;
            }
            TakeFrame(header);
        }
    }

    // The lender may lend the next packet from inside the event: the device has its room back by then.
    private void TakeFrame(ReceiveHeader header)
    {
        bool isWanted = !_lentPackets.IsEmpty;
        PacketIndex packet = isWanted ? _lentPackets.TakeOldest() : default;
        if (isWanted)
            _receiveBuffer.CopyTo(packet, _copier, header.FrameLength);
        _receiveBuffer.Skip(header);
        _registers.ReceiveReadPointer.Write(_receiveBuffer.ReadPointer);
        if (!isWanted)
        {
            _statistics.CountMissed();
            return;
        }
        _statistics.CountReceived(header.FrameLength);
        _events.OnReceived(packet, header.FrameLength);
    }

    // ---- the steps of the above -------------------------------------------------------------------------------------

    private static bool IsFrameLength(ushort length)
        => (uint)(length - PacketLayout.EthernetHeaderSize) <= PacketLayout.MaximumFrame - PacketLayout.EthernetHeaderSize;

    private void RingDoorbell(uint slot)
    {
        Fence.Release(); // The frame is in its buffer before the device is told.
        _registers.TransmitStatus(slot).Write(TransmitStatus.Start(_transmitSlots.WireLength(slot)));
    }

    private Status RefuseTransmit()
    {
        if (!_isRunning)
            return Status.NetworkDown;
        _statistics.CountTransmitRingFull();
        return Status.NoBufferSpace;
    }

    private Status Reset()
    {
        _registers.InterruptMask.Write(InterruptStatus.None);
        _registers.Command.Write(Command.Reset);
        Deadline deadline = _clock.After(ResetMicroseconds);
        while ((_registers.Command.Read() & Command.Reset) != 0) // A device that is gone reads as all ones, thus as pending.
        {
            if (deadline.HasPassed)
                return Status.TimedOut;
        }
        return Status.Ok;
    }

    // 5.7: the configuration registers can be written only while the two are enabled.
    private void StartTransmitter()
    {
        _registers.Command.Write(BothEnabled);
        _registers.TransmitConfiguration.Write(TransmitConfiguration.Burst1024 | TransmitConfiguration.StandardInterFrameGap);
        for (uint slot = 0; slot < TransmitSlots.Count; slot++)
            _registers.TransmitStart(slot).Write(_transmitSlots.BufferOf(slot).Low);
    }

    /// <summary>
    /// A frame that was given up stops the transmitter. The datasheet's way on, TCR.CLRABT, would send that frame once more, though its
    /// writer is told that it was lost. So the transmitter is switched off and on: it begins with the first pair of registers, and the
    /// frames that wait behind the lost one are handed over again.
    /// </summary>
    private void RestartTransmitter()
    {
        _registers.Command.Write(Command.ReceiverEnable);
        for (uint slot = 0; slot < TransmitSlots.Count; slot++)
            _registers.TransmitStatus(slot).Write(TransmitStatus.NoFrame); // a frame that waited there moves to another pair
        _transmitSlots.Restart();
        StartTransmitter();
        for (uint slot = 0; slot < _transmitSlots.Used; slot++)
            RingDoorbell(slot);
    }

    private void StartReceiver()
    {
        _receiveBuffer.Open();
        _registers.ReceiveBufferStart.Write(_receiveBuffer.Base.Low);
        _registers.Command.Write(BothEnabled);
        _registers.ReceiveConfiguration.Write(
            ReceiveConfiguration.AcceptOwnAddress | ReceiveConfiguration.AcceptBroadcast | ReceiveConfiguration.NoWrap
            | ReceiveConfiguration.UnlimitedBurst | ReceiveConfiguration.Buffer8K | ReceiveConfiguration.WholeFrames);
        _registers.ReceiveReadPointer.Write(_receiveBuffer.ReadPointer);
    }

    // What is in the buffer is lost with the place where it starts.
    private void RestartReceiver()
    {
        _registers.Command.Write(Command.TransmitterEnable);
        StartReceiver();
    }
}
