// The driver of Broadcom's BCM5721 (14e4:1659). Names in capitals are those of Linux' tg3.h; the chip's manual is Broadcom's
// "BCM57xx Host Programmer Interface Specification for the NetXtreme Family". Read this file from top to bottom. Next: Registers.cs
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using RingOS.Abi;
using RingOS.Hardware;

namespace RingOS.Drivers.Bcm5721;

/// <summary>
/// A passive NIC driver: it does something only when called, never blocks longer than a reset may take, and reaches nothing but its
/// grant. It does not trust its device: whatever status block and descriptors say, only the driver's own records say which packet it
/// was.
/// </summary>
/// <remarks>
/// The chip never says of a frame that it collided: see <see cref="Losses"/> for what this driver makes of its counters. Events may
/// call back into <see cref="ProvideTransmit"/> and <see cref="ProvideReceive"/>.
/// </remarks>
public sealed class Bcm5721Controller : INicDriver
{
    /// <summary>Bytes of descriptor memory this driver needs; more than the least a grant holds.</summary>
    public const int DmaLength = 12 * 1024;

    private const uint TransmitDescriptors = 128;
    private const uint ReceiveDescriptors = 128;
    private const int ReceiveRingsOffset = (int)TransmitDescriptors * TransmitRing.DescriptorSize;
    private const int StatusBlockOffset = ReceiveRingsOffset + 2 * (int)ReceiveDescriptors * ReceiveRing.DescriptorSize;

    // In the interrupt mailbox: the update of the status block that has been dealt with.
    private const int TagShift = 24;

    // How often the driver looks again when frames are done while it asks for losses.
    private const int MostLooks = 4;

    private readonly Registers _registers;
    private readonly PacketWindow _packets;
    private readonly INicEvents _events;
    private readonly InterruptMode _interrupts;
    private readonly ChipSetup _chip;
    private readonly Transceiver _transceiver;
    private readonly TransmitRing _transmitRing;
    private readonly ReceiveRing _receiveRing;
    private readonly StatusBlock _status;
    private readonly Losses _losses = new();
    private readonly Statistics _statistics = new();
    private byte _tag;
    private bool _isRunning;

    /// <param name="grant">The register window (BAR 0), <see cref="DmaLength"/> bytes of descriptor memory, the packets, a clock.</param>
    /// <param name="events">Whom to tell what the device has done.</param>
    public Bcm5721Controller(NicGrant grant, INicEvents events)
    {
        _registers = new Registers(grant.Registers);
        _packets = grant.Packets;
        _interrupts = grant.Interrupts;
        _events = events;
        _chip = new ChipSetup(_registers, new ChipMemory(_registers), grant.Clock);
        _transceiver = new Transceiver(_registers, grant.Clock);
        _transmitRing = new TransmitRing(grant.Dma, 0, TransmitDescriptors);
        _receiveRing = new ReceiveRing(grant.Dma, ReceiveRingsOffset, ReceiveDescriptors);
        _status = new StatusBlock(grant.Dma, StatusBlockOffset);
    }

    public ulong MacAddress { get; private set; }

    /// <summary>None: checksums are the stack's.</summary>
    public NicCapabilities Capabilities => NicCapabilities.None;

    /// <summary>
    /// Frames since Start that were reported in a group of which some were lost: how many is certain, which ones is a guess.
    /// </summary>
    public ulong UncertainOutcomes => _statistics.UncertainOutcomes;

    // ---- life -------------------------------------------------------------------------------------------------------

    /// <summary>Does not wait for the link; <see cref="INicEvents.OnLinkChange"/> tells of it.</summary>
    /// <returns>TimedOut if the device does not come out of its reset, Busy if the driver is already running.</returns>
    public Status Start()
    {
        if (_isRunning)
            return Status.Busy;
        Status status = _chip.Reset();
        if (status != Status.Ok)
            return status;

        MacAddress = ReadStationAddress();
        _chip.SetUpChip(MacAddress);
        _transmitRing.Open();
        _receiveRing.Open();
        _status.Clear();
        _tag = 0;
        _chip.SetUpRings(_transmitRing, _receiveRing, TransmitDescriptors, ReceiveDescriptors);
        _chip.SetUpStatusBlock(_status.Base, _interrupts);
        _losses.Clear(_registers);
        _statistics.Clear(_registers);
        _chip.EnableBlocks();
        _chip.EnableEvents(); // Before the look at the link, so that no change is missed.
        _transceiver.Look();
        _chip.SetDuplex(_transceiver.IsFullDuplex);
        _isRunning = true;
        if (_interrupts != InterruptMode.Poll)
            Acknowledge(); // If anything has happened since the reset, that asks for the first interrupt.
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
        _chip.Silence(); // A device that does not listen is cut off from memory by whoever stops the driver.
        _transmitRing.Close();
        _receiveRing.Close();
        while (!_transmitRing.IsEmpty)
            ReportNotSent(_transmitRing.TakeOldest().Packet, TransmitOutcome.Aborted);
        while (!_receiveRing.IsEmpty)
            _events.OnTransmitted(_receiveRing.TakeOldest(), TransmitOutcome.Aborted);
    }

    // ---- down: packets to the device ------------------------------------------------------------------------------

    /// <returns>Besides what <see cref="INicDriver.ProvideTransmit"/> says: NetworkDown if the driver is not running.</returns>
    public Status ProvideTransmit(PacketIndex packet, ushort length, TransmitOptions options)
    {
        if (!_packets.Contains(packet) || !IsFrameLength(length) || (options & ~TransmitOptions.MoreFollows) != 0)
            return Status.InvalidArgument;
        if (_transmitRing.IsFull)
            return RefuseTransmit();

        uint tail = _transmitRing.Add(packet, _packets.FrameOf(packet), length);
        if ((options & TransmitOptions.MoreFollows) == 0)
            RingDoorbell(tail);
        return Status.Ok;
    }

    public void FlushTransmit()
    {
        if (_isRunning)
            RingDoorbell(_transmitRing.Tail);
    }

    /// <returns>Besides what <see cref="INicDriver.ProvideReceive"/> says: NetworkDown if the driver is not running.</returns>
    public Status ProvideReceive(PacketIndex packet)
    {
        if (!_packets.Contains(packet))
            return Status.InvalidArgument;
        if (_receiveRing.IsFull)
            return _isRunning ? Status.NoBufferSpace : Status.NetworkDown;
        Lend(packet);
        return Status.Ok;
    }

    // ---- up: what the device has done -----------------------------------------------------------------------------

    /// <summary>
    /// Reads the status block, and no register unless frames were sent. The tag goes back to the device at the end: if it has updated
    /// the block since, it interrupts again.
    /// </summary>
    public void OnInterrupt()
    {
        if (!_isRunning)
            return;
        byte tag = _status.ReadTag(out bool hasLinkNews);
        Fence.Acquire(); // The tag is read before what it stands for.
        bool isNew = tag != _tag;
        _tag = tag;
        ReportTransmitted();
        ReportReceived();
        if (!isNew)
            return; // Not the first look at this update, or no update at all.
        _statistics.CountInterrupt();
        if (hasLinkNews)
            ReportLink();
        if (_interrupts != InterruptMode.Poll && _isRunning)
            Acknowledge();
    }

    /// <summary>Software counters are exact; collisions, deferrals and missed frames are asked from the device.</summary>
    public ulong ReadCounter(NicCounter counter) => _statistics.Read(counter, _registers);

    // The loops below end: the device cannot be done with more frames than it was given, and what the events add is not looked at.

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ReportTransmitted()
    {
        uint done = _transmitRing.CountDone(_status.SendConsumer);
        if (done == 0)
            return;
        done = AskForLosses(done);
        if (_losses.AreUncertainAmong(done))
            _statistics.CountUncertain(done);
        for (; done != 0 && !_transmitRing.IsEmpty; done--)
            ReportDone(_transmitRing.TakeOldest(), _losses.Charge(done));
    }

    /// <summary>
    /// The index first, then the counters, then the index again until it stands still: only then do the counters speak of just those
    /// frames that the index has passed. A register read brings all earlier writes of the device with it.
    /// </summary>
    private uint AskForLosses(uint done)
    {
        for (int looks = MostLooks; looks != 0; looks--)
        {
            _losses.Look(_registers, _transmitRing.Count);
            uint now = _transmitRing.CountDone(_status.SendConsumer);
            if (now <= done)
                break;
            done = now;
        }

        return done;
    }

    private void ReportDone(TransmitFrame frame, TransmitOutcome outcome)
    {
        if (outcome == TransmitOutcome.Sent)
        {
            _statistics.CountSent(frame.Length);
            _events.OnTransmitted(frame.Packet, TransmitOutcome.Sent);
        }
        else
        {
            ReportNotSent(frame.Packet, outcome);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ReportNotSent(PacketIndex packet, TransmitOutcome outcome)
    {
        _statistics.CountNotSent(outcome);
        _events.OnTransmitted(packet, outcome);
    }

    private void ReportReceived()
    {
        uint done = _receiveRing.CountDone(_status.ReturnProducer);
        if (done == 0)
            return;
        Fence.Acquire(); // The index is read before the descriptors.
        for (; done != 0 && !_receiveRing.IsEmpty; done--)
        {
            PacketIndex packet = _receiveRing.TakeReturned(out ReceiveReport report);
            if (report.IsGoodFrame)
            {
                _statistics.CountReceived(report.Length);
                _events.OnReceived(packet, report.Length);
            }
            else
            {
                _statistics.CountReceiveError();
                Lend(packet); // Into a slot that has just become free; the lender never hears of it.
            }
        }

        if (_isRunning)
            _registers.ReturnRingConsumer.Write(_receiveRing.ReadIndex);
    }

    private void ReportLink()
    {
        if (!_isRunning)
            return;
        _registers.MacStatus.Write(MacEvents.LinkStateChanged); // Clears it, so that the next change is news.
        _transceiver.Look();
        _chip.SetDuplex(_transceiver.IsFullDuplex);
        _events.OnLinkChange(_transceiver.IsUp);
    }

    // ---- the steps of the above -------------------------------------------------------------------------------------

    private static bool IsFrameLength(ushort length)
        => (uint)(length - PacketLayout.EthernetHeaderSize) <= PacketLayout.MaximumFrame - PacketLayout.EthernetHeaderSize;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void RingDoorbell(uint tail)
    {
        Fence.Release(); // The descriptors are visible before the mailbox moves.
        _registers.SendRingProducer.Write(tail);
    }

    private Status RefuseTransmit()
    {
        if (!_isRunning)
            return Status.NetworkDown;
        _statistics.CountTransmitRingFull();
        return Status.NoBufferSpace;
    }

    private void Lend(PacketIndex packet)
    {
        uint tail = _receiveRing.Add(packet, _packets.FrameOf(packet));
        Fence.Release(); // The descriptor is visible before the mailbox moves.
        _registers.StandardRingProducer.Write(tail);
    }

    // The boot code has put it into the MAC, most significant byte first.
    private ulong ReadStationAddress()
        => BinaryPrimitives.ReverseEndianness(
            ((ulong)(ushort)_registers.StationAddressHigh.Read() << 48) | ((ulong)_registers.StationAddressLow.Read() << 16));

    private void Acknowledge() => _registers.InterruptMailbox.Write((uint)_tag << TagShift);
}
