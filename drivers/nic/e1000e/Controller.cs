// The driver of Intel's 82574L, QEMU's "e1000e". All section numbers in this folder are those of Intel's "82574 GbE Controller Family
// Datasheet". It sends as the 82540EM does, with the classes of ../e1000, and differs where this folder has a file. Next: Registers.cs
using System.Runtime.CompilerServices;
using RingOS.Abi;
using RingOS.Drivers.E1000;
using RingOS.Hardware;

namespace RingOS.Drivers.E1000e;

/// <summary>
/// A passive NIC driver: it does something only when called, never blocks longer than a reset may take, and reaches nothing but its
/// grant. It does not trust its device: whatever a descriptor says, only the driver's own records say which packet it was.
/// </summary>
/// <remarks>Events may call back into <see cref="ProvideTransmit"/> and <see cref="ProvideReceive"/>.</remarks>
public sealed class E1000eController : INicDriver
{
    /// <summary>Bytes that it needs of memory shared with the device: both rings.</summary>
    public const int DescriptorMemory = (int)(TransmitDescriptors * TransmitDescriptor.Size + ReceiveDescriptors * ReceiveRing<ExtendedReport>.Size);

    // Moderated: at most so often, in units of 256 ns (10.2.4.2); about 50 microseconds.
    private const uint ModeratedInterval = 200;

    private const TransmitOptions AllOptions = TransmitOptions.CompleteUdpChecksum | TransmitOptions.MoreFollows;

    private const uint TransmitDescriptors = 128;
    private const uint ReceiveDescriptors = 128;

    private readonly Registers _registers;
    private readonly DeviceReset _reset;
    private readonly PacketWindow _packets;
    private readonly INicEvents _events;
    private readonly InterruptMode _interrupts;
    private readonly TransmitRing _transmitRing;
    private readonly ReceiveRing<ExtendedReport> _receiveRing;
    private readonly Statistics _statistics;
    private bool _isRunning;

    /// <param name="grant">The register window (BAR 0), <see cref="DescriptorMemory"/>, the packets, a clock.</param>
    /// <param name="events">Whom to tell what the device has done.</param>
    public E1000eController(NicGrant grant, INicEvents events)
    {
        _registers = new Registers(grant.Registers);
        _packets = grant.Packets;
        _reset = new DeviceReset(_registers, grant.Clock);
        _interrupts = grant.Interrupts;
        _events = events;
        _transmitRing = new TransmitRing(grant.Dma, 0, TransmitDescriptors);
        _receiveRing = new ReceiveRing<ExtendedReport>(grant.Dma, (int)TransmitDescriptors * TransmitDescriptor.Size, ReceiveDescriptors);
        _statistics = new Statistics(_registers.Collisions, _registers.Deferrals, _registers.MissedPackets);
    }

    public ulong MacAddress { get; private set; }

    public NicCapabilities Capabilities => NicCapabilities.UdpChecksum;

    // ---- life -------------------------------------------------------------------------------------------------------

    /// <summary>As 4.6 has it. Does not wait for the link; <see cref="INicEvents.OnLinkChange"/> tells of it.</summary>
    /// <returns>TimedOut if the device does not come out of its reset, Busy if the driver is already running.</returns>
    public Status Start()
    {
        if (_isRunning)
            return Status.Busy;
        Status status = _reset.Run();
        if (status != Status.Ok)
            return status;

        MacAddress = _registers.ReceiveAddressLow.Read() | ((ulong)(ushort)_registers.ReceiveAddressHigh.Read() << 32);
        _registers.DeviceControl.Write(
            (_registers.DeviceControl.Read() & ~DeviceControl.Forbidden) | DeviceControl.SetLinkUp | DeviceControl.AutoSpeedDetection);
        _registers.PciExpressControl.Write(_registers.PciExpressControl.Read() | Registers.PciExpressInitialized);
        _statistics.Clear();
        StartReceiver();
        StartTransmitter();
        _isRunning = true;
        StartInterrupts();
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
        _ = _reset.Run(); // A device that does not answer is cut off from memory by whoever stops the driver.
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
        if (!_packets.Contains(packet) || !IsFrameLength(length) || (options & ~AllOptions) != 0)
            return Status.InvalidArgument;
        if (_transmitRing.IsFull)
            return RefuseTransmit();

        uint tail = _transmitRing.Add(packet, _packets.FrameOf(packet), length, options);
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

    /// <summary>One register read tells what to look at, and clears it. What happens after that read raises the next interrupt.</summary>
    public void OnInterrupt()
    {
        InterruptCause cause = _registers.InterruptCauseRead.Read();
        if (cause == InterruptCause.None)
            return; // A message that came before the last read, and was served by it.
        _statistics.CountInterrupt();
        if (_interrupts == InterruptMode.Frame)
            EndThrottling();
        if ((cause & InterruptCause.TransmitDone) != 0)
            ReportTransmitted();
        if ((cause & InterruptCause.AnyReceive) != 0)
            ReportReceived();
        if ((cause & InterruptCause.LinkChange) != 0)
            ReportLink();
    }

    /// <summary>Software counters are exact; collisions, deferrals and missed frames are asked from the device.</summary>
    public ulong ReadCounter(NicCounter counter) => _statistics.Read(counter);

    // The loops below end: a descriptor is looked at only while its slot is taken, and no more often than there are slots,
    // whatever is added meanwhile by the events.

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ReportTransmitted()
    {
        for (uint budget = TransmitDescriptors; budget != 0; budget--)
        {
            if (!_transmitRing.TryTakeDone(out TransmitFrame frame, out TransmitReport report))
                return;
            if (report.IsSent)
            {
                _statistics.CountSent(frame.Length);
                _events.OnTransmitted(frame.Packet, TransmitOutcome.Sent);
            }
            else
            {
                ReportNotSent(frame.Packet, report.Failure);
            }
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
        for (uint budget = ReceiveDescriptors; budget != 0; budget--)
        {
            if (!_receiveRing.TryTakeDone(out PacketIndex packet, out ExtendedReport report))
                return;
            if (report.IsGoodFrame)
            {
                _statistics.CountReceived(report.Length);
                _events.OnReceived(packet, report.Length);
            }
            else
            {
                _statistics.CountReceiveError();
                Lend(packet); // Into the slot that has just become free; the lender never hears of it.
            }
        }
    }

    private void ReportLink()
    {
        if (_isRunning)
            _events.OnLinkChange((_registers.DeviceStatus.Read() & DeviceStatus.LinkUp) != 0);
    }

    // ---- the steps of the above -------------------------------------------------------------------------------------

    private static bool IsFrameLength(ushort length)
        => (uint)(length - PacketLayout.EthernetHeaderSize) <= PacketLayout.MaximumFrame - PacketLayout.EthernetHeaderSize;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void RingDoorbell(uint tail)
    {
        Fence.Release(); // The descriptors are visible before the tail moves.
        _registers.TransmitDescriptorTail.Write(tail);
    }

    private Status RefuseTransmit()
    {
        if (!_isRunning)
            return Status.NetworkDown;
        _statistics.CountTransmitRingFull();
        return Status.NoBufferSpace;
    }

    /// <summary>
    /// An interrupt a frame. ITR = 0 says so too (10.2.4.2), but QEMU's model takes anything below 500 for 500, so that 128 us pass between
    /// two interrupts; what it does keep to is this: unmasking every cause at once ends the interval (CTRL_EXT.INT_TIMERS_CLEAR_ENA).
    /// </summary>
    /// <remarks>Before the rings are looked at: what happens from here on interrupts again.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void EndThrottling() => _registers.InterruptMaskSet.Write(InterruptCause.Every);

    private void Lend(PacketIndex packet)
    {
        uint tail = _receiveRing.Add(packet, _packets.FrameOf(packet));
        Fence.Release(); // The descriptor is visible before the tail moves.
        _registers.ReceiveDescriptorTail.Write(tail);
    }

    private void StartReceiver()
    {
        for (uint index = 0; index < Registers.MulticastTableLength; index++)
            _registers.MulticastTable(index).Write(0);
        _receiveRing.Open();
        _registers.ReceiveDescriptorBaseLow.Write(_receiveRing.Base.Low);
        _registers.ReceiveDescriptorBaseHigh.Write(_receiveRing.Base.High);
        _registers.ReceiveDescriptorLength.Write(ReceiveDescriptors * ReceiveRing<ExtendedReport>.Size);
        _registers.ReceiveDescriptorHead.Write(0);
        _registers.ReceiveDescriptorTail.Write(_receiveRing.Tail);
        _registers.ReceiveDelayTimer.Write(0); // An interrupt for each frame.
        _registers.ReceiveChecksum.Write(0);
        _registers.MultipleQueues.Write(0);
        _registers.ReceiveFilter.Write(ReceiveFilter.ExtendedDescriptors);

        // Long frames stay disabled: the device itself drops what is longer than 1522 bytes, so a 2048-byte buffer holds what
        // it writes even though the frame does not start at the buffer's beginning.
        _registers.ReceiveControl.Write(
            ReceiveControl.Enable | ReceiveControl.OneBufferAFrame | ReceiveControl.AcceptBroadcast
            | ReceiveControl.BufferSize2048 | ReceiveControl.StripFrameCheck);
    }

    private void StartTransmitter()
    {
        _transmitRing.Open();
        _registers.TransmitDescriptorBaseLow.Write(_transmitRing.Base.Low);
        _registers.TransmitDescriptorBaseHigh.Write(_transmitRing.Base.High);
        _registers.TransmitDescriptorLength.Write(TransmitDescriptors * TransmitDescriptor.Size);
        _registers.TransmitDescriptorHead.Write(0);
        _registers.TransmitDescriptorTail.Write(0);
        _registers.TransmitInterPacketGap.Write(Registers.StandardInterPacketGap);
        _registers.TransmitDescriptorControl.Write(
            TransmitDescriptorControl.CountDescriptors | TransmitDescriptorControl.Reserved22);
        _registers.TransmitControl.Write(
            TransmitControl.Enable | TransmitControl.PadShortPackets
            | TransmitControl.CollisionThreshold15 | TransmitControl.CollisionDistance64);

        // The ring opens with the checksum context in its first slot.
        Fence.Release(); // The context is visible before the tail moves.
        _registers.TransmitDescriptorTail.Write(_transmitRing.Tail);
    }

    private void StartInterrupts()
    {
        _registers.InterruptThrottling.Write(_interrupts == InterruptMode.Moderated ? ModeratedInterval : 0);
        _registers.ExtendedControl.Write(_registers.ExtendedControl.Read() | ExtendedControl.ClearTimersByMask);
        _ = _registers.InterruptCauseRead.Read(); // What happened before is no news.
        if (_interrupts == InterruptMode.Frame)
            EndThrottling();
        else if (_interrupts == InterruptMode.Moderated)
            _registers.InterruptMaskSet.Write(InterruptCause.Wanted);
    }
}
