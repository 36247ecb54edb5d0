// The driver of Intel's 82540EM, QEMU's "e1000". All section numbers in this folder are those of Intel's "PCI/PCI-X Family of
// Gigabit Ethernet Controllers Software Developer's Manual" (8254x, 317453). Read this file from top to bottom. Next: Registers.cs
using System.Runtime.CompilerServices;
using RingOS.Abi;
using RingOS.Hardware;

namespace RingOS.Drivers.E1000;

/// <summary>
/// A passive NIC driver: it does something only when called, never blocks longer than a reset may take, and reaches nothing but its
/// grant. It does not trust its device: whatever a descriptor says, only the driver's own records say which packet it was.
/// </summary>
/// <remarks>Events may call back into <see cref="ProvideTransmit"/> and <see cref="ProvideReceive"/>.</remarks>
public sealed class E1000Controller : INicDriver
{
    /// <summary>Bytes that it needs of memory shared with the device: both rings.</summary>
    public const int DescriptorMemory = (int)(TransmitDescriptors * TransmitDescriptor.Size + ReceiveDescriptors * ReceiveRing<ReceiveReport>.Size);

    // A reset takes about a microsecond, the reload of the EEPROM after it a few milliseconds (5.6.2).
    private const uint ResetMicroseconds = 20_000;

    // No register may be touched in the first microsecond of a reset (13.4.1).
    private const uint ResetSettleMicroseconds = 2;

    // Moderated: at most so often, in units of 256 ns (13.4.18); about 50 microseconds.
    private const uint ModeratedInterval = 200;

    private const TransmitOptions AllOptions = TransmitOptions.CompleteUdpChecksum | TransmitOptions.MoreFollows;

    private const uint TransmitDescriptors = 128;
    private const uint ReceiveDescriptors = 128;

    private readonly Registers _registers;
    private readonly PacketWindow _packets;
    private readonly Clock _clock;
    private readonly INicEvents _events;
    private readonly InterruptMode _interrupts;
    private readonly TransmitRing _transmitRing;
    private readonly ReceiveRing<ReceiveReport> _receiveRing;
    private readonly Statistics _statistics;
    private bool _isRunning;

    /// <param name="grant">The register window (BAR 0), <see cref="DescriptorMemory"/>, the packets, a clock.</param>
    /// <param name="events">Whom to tell what the device has done.</param>
    public E1000Controller(NicGrant grant, INicEvents events)
    {
        _registers = new Registers(grant.Registers);
        _packets = grant.Packets;
        _clock = grant.Clock;
        _interrupts = grant.Interrupts;
        _events = events;
        _transmitRing = new TransmitRing(grant.Dma, 0, TransmitDescriptors);
        _receiveRing = new ReceiveRing<ReceiveReport>(grant.Dma, (int)TransmitDescriptors * TransmitDescriptor.Size, ReceiveDescriptors);
        _statistics = new Statistics(_registers.Collisions, _registers.Deferrals, _registers.MissedPackets);
    }

    public ulong MacAddress { get; private set; }

    public NicCapabilities Capabilities => NicCapabilities.UdpChecksum;

    // ---- life -------------------------------------------------------------------------------------------------------

    /// <summary>14.3 to 14.5. Does not wait for the link; <see cref="INicEvents.OnLinkChange"/> tells of it.</summary>
    /// <returns>TimedOut if the device does not come out of its reset, Busy if the driver is already running.</returns>
    public Status Start()
    {
        if (_isRunning)
            return Status.Busy;
        Status status = Reset();
        if (status != Status.Ok)
            return status;

        MacAddress = _registers.ReceiveAddressLow.Read() | ((ulong)(ushort)_registers.ReceiveAddressHigh.Read() << 32);
        _registers.DeviceControl.Write(
            (_registers.DeviceControl.Read() & ~DeviceControl.Forbidden) | DeviceControl.SetLinkUp | DeviceControl.AutoSpeedDetection);
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
        _ = Reset(); // A device that does not answer is cut off from memory by whoever stops the driver.
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
            return; // The line is shared: it was another device.
        _statistics.CountInterrupt();
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
            if (!_receiveRing.TryTakeDone(out PacketIndex packet, out ReceiveReport report))
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

    private void Lend(PacketIndex packet)
    {
        uint tail = _receiveRing.Add(packet, _packets.FrameOf(packet));
        Fence.Release(); // The descriptor is visible before the tail moves.
        _registers.ReceiveDescriptorTail.Write(tail);
    }

    /// <summary>
    /// Silences and resets the device. Not every model resets on command (QEMU's ignores it), so <see cref="Start"/> relies on
    /// no reset value but the station address.
    /// </summary>
    private Status Reset()
    {
        _registers.InterruptMaskClear.Write(InterruptCause.All);
        _registers.ReceiveControl.Write(ReceiveControl.None);
        _registers.TransmitControl.Write(TransmitControl.None);
        _registers.DeviceControl.Write(DeviceControl.Reset);
        Deadline settled = _clock.After(ResetSettleMicroseconds);
        while (!settled.HasPassed)
        {
        }

        Deadline deadline = _clock.After(ResetMicroseconds);
        while (ResetPending)
        {
            if (deadline.HasPassed)
                return Status.TimedOut;
        }

        return Status.Ok;
    }

    // The address becomes valid when it has been read from the EEPROM, the last act of a reset. A device that is gone reads
    // as all ones, thus as pending.
    private bool ResetPending
        => (_registers.DeviceControl.Read() & DeviceControl.Reset) != 0
            || (_registers.ReceiveAddressHigh.Read() & Registers.AddressValid) == 0;

    // 14.4
    private void StartReceiver()
    {
        for (uint index = 0; index < Registers.MulticastTableLength; index++)
            _registers.MulticastTable(index).Write(0);
        _receiveRing.Open();
        _registers.ReceiveDescriptorBaseLow.Write(_receiveRing.Base.Low);
        _registers.ReceiveDescriptorBaseHigh.Write(_receiveRing.Base.High);
        _registers.ReceiveDescriptorLength.Write(ReceiveDescriptors * ReceiveRing<ReceiveReport>.Size);
        _registers.ReceiveDescriptorHead.Write(0);
        _registers.ReceiveDescriptorTail.Write(_receiveRing.Tail);
        _registers.ReceiveDelayTimer.Write(0); // An interrupt for each frame.

        // Long frames stay disabled: the device itself drops what is longer than 1522 bytes, so a 2048-byte buffer holds what
        // it writes even though the frame does not start at the buffer's beginning.
        _registers.ReceiveControl.Write(
            ReceiveControl.Enable | ReceiveControl.AcceptBroadcast | ReceiveControl.BufferSize2048 | ReceiveControl.StripFrameCheck);
    }

    // 14.5
    private void StartTransmitter()
    {
        _transmitRing.Open();
        _registers.TransmitDescriptorBaseLow.Write(_transmitRing.Base.Low);
        _registers.TransmitDescriptorBaseHigh.Write(_transmitRing.Base.High);
        _registers.TransmitDescriptorLength.Write(TransmitDescriptors * TransmitDescriptor.Size);
        _registers.TransmitDescriptorHead.Write(0);
        _registers.TransmitDescriptorTail.Write(0);
        _registers.TransmitInterPacketGap.Write(Registers.StandardInterPacketGap);
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
        _ = _registers.InterruptCauseRead.Read(); // What happened before is no news.
        if (_interrupts != InterruptMode.Poll)
            _registers.InterruptMaskSet.Write(InterruptCause.TransmitDone | InterruptCause.AnyReceive | InterruptCause.LinkChange);
    }
}
