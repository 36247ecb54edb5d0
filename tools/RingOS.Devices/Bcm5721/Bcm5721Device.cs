// The Broadcom BCM5721 (14e4:1659), as far as a driver in the manner of Linux' tg3 needs it: rings, status block, MAC with its
// collision counters, transceiver. Read the files of this folder in the order Offset, ChipRegisters, ChipMemory, Ring, DmaEngines,
// StatusBlock, Descriptors, SendEngine, ReceiveEngine, Phy. Here they are wired together.
using System;
using System.Buffers.Binary;
using RingOS.Devices.Pci;

namespace RingOS.Devices.Bcm5721;

/// <summary>
/// Only what the guest's own registers enable works. The guest's side is that of <see cref="PciDevice"/>; the medium's side is
/// <see cref="OnTransmitted"/>, <see cref="OnReceived"/> and <see cref="SetLink"/>, all in one thread. Time is simulated and comes
/// from outside: <see cref="AdvanceTo"/>.
/// </summary>
/// <remarks>
/// What a driver can know of a collision: 0x808 counts them all, 0x82C the frames given up for them, 0x830 the late ones; each is
/// cleared by reading. MAC_STATUS (0x404) and MAC_TX_STATUS (0x460) have no bit for it, nor has a send descriptor.
/// </remarks>
public sealed class Bcm5721Device : PciDevice
{
    /// <summary>Bytes of BAR 0.</summary>
    public const uint WindowLength = 0x10000;

    private const uint NetworkController = 0x020000;
    private const uint CoreReset = 1 << 0; // GRC_MISC_CFG
    private const uint HalfDuplex = 1 << 1; // MAC_MODE
    private const uint TransmitterHasLink = 1 << 3; // MAC_TX_STATUS
    private const uint IndirectAccess = 1 << 7; // MISC_HOST_CTRL
    private const uint ChipRevision = 0x4101u << 16; // in MISC_HOST_CTRL: 5750 B1
    private const uint CoalesceNow = 1 << 3; // HOSTCC_MODE
    private const uint BlockReset = 1 << 0; // of every block's mode register, clears itself
    private const uint LongestFrame = 1522; // with check sequence and VLAN tag
    private const uint ConfigurationMirror = 0x100; // bytes at the window's beginning
    private const uint WindowMask = Offset.EndOfRegisters - 1;

    private readonly ChipRegisters _registers = new();
    private readonly ChipMemory _memory = new();
    private readonly Phy _phy = new();
    private readonly StatusBlock _status;
    private readonly SendEngine _send;
    private readonly ReceiveEngine _receive;
    private readonly ulong _stationAddress;
    private uint _memoryWindow;
    private ulong? _bootDue;
    private bool _hasBooted; // the chip's memory has changed by itself
    private ulong _now;

    /// <param name="stationAddress">What the EEPROM holds; first byte on the wire in bits 7:0.</param>
    /// <param name="bus">Guest memory.</param>
    /// <param name="port">The medium.</param>
    public Bcm5721Device(ulong stationAddress, IGuestBus bus, INicPort port)
        : base(new PciIdentity(0x14E4, 0x1659, NetworkController, Revision: 0x11, WindowLength))
    {
        _stationAddress = stationAddress;
        var dma = new DmaEngines(_registers, bus, this);
        _status = new StatusBlock(_registers, dma, AskForInterrupt);
        _send = new SendEngine(_registers, _memory, dma, _status, port, () => _phy.IsUp);
        _receive = new ReceiveEngine(_registers, _memory, dma, _status, () => _phy.IsUp);
        _status.SendConsumer = () => _send.Consumer;
        _status.StandardConsumer = () => _receive.Consumer;
        _status.ReturnProducer = () => _receive.ReturnProducer;
        ResetChip(isPowerOn: true);
    }

    /// <summary>How long the boot code takes after a reset, in simulated nanoseconds. 0: it is done when the reset is written.</summary>
    public ulong BootNanoseconds { get; set; }

    /// <summary>What the driver has told the MAC; a medium may compare it with its own.</summary>
    public bool IsHalfDuplex => (_registers[Offset.MacMode] & HalfDuplex) != 0;

    public bool IsLinkUp => _phy.IsUp;

    // ---- the medium's side --------------------------------------------------------------------------------------------

    /// <summary>The fate of the frame offered last. Counters first, then index and status block, then the next frame.</summary>
    public void OnTransmitted(TransmitResult result) => _send.OnTransmitted(result, _now);

    /// <summary>A frame has arrived.</summary>
    /// <param name="frame">Without preamble and check sequence.</param>
    public void OnReceived(ReadOnlySpan<byte> frame) => _receive.OnReceived(frame, _now);

    /// <summary>The cable, and what is at its other end.</summary>
    /// <param name="isUp">Carrier.</param>
    /// <param name="megabits">10 or 100.</param>
    /// <param name="isFullDuplex">A switch that negotiates; else a hub.</param>
    public void SetLink(bool isUp, int megabits, bool isFullDuplex)
    {
        if (megabits is not (10 or 100))
            throw new ArgumentOutOfRangeException(nameof(megabits), megabits, "10 or 100 Mb/s");
        if (!_phy.SetLink(isUp, megabits, isFullDuplex))
            return;
        _status.ReportLink();
        _send.Pump();
    }

    /// <summary>Lets simulated time pass; never back.</summary>
    public void AdvanceTo(ulong nanoseconds)
    {
        _now = Math.Max(_now, nanoseconds);
        if (_bootDue <= _now)
            Boot();
        _status.AdvanceTo(_now);
        _send.Pump();
    }

    /// <summary>The next moment at which the device does something by itself, if there is one.</summary>
    public bool TryGetDeadline(out ulong nanoseconds)
    {
        nanoseconds = Math.Min(_status.Deadline ?? ulong.MaxValue, _bootDue ?? ulong.MaxValue);
        return nanoseconds != ulong.MaxValue;
    }

    // ---- the guest's side ---------------------------------------------------------------------------------------------

    /// <summary>Mailboxes: the chip fetches and reports in its own time.</summary>
    public override RegisterKind KindOf(uint offset) => offset switch
    {
        Offset.InterruptMailbox or Offset.StandardProducerMailbox or Offset.ReturnConsumerMailbox or Offset.SendProducerMailbox => RegisterKind.Posted,
        _ => ChipRegisters.IsStatistic(offset) ? RegisterKind.ClearedByLoad : RegisterKind.Ordinary,
    };

    protected override void ResetDevice() => ResetChip(isPowerOn: true);

    protected override uint ReadRegister(uint offset)
    {
        if (offset >= Offset.EndOfRegisters)
            return _memory.Read((_memoryWindow & ~WindowMask) + (offset & WindowMask));
        return offset switch
        {
            Offset.TransmitStatus => _phy.IsUp ? TransmitterHasLink : 0,
            _ => _registers.Read(offset),
        };
    }

    protected override void WriteRegister(uint offset, uint value)
    {
        if (offset >= Offset.EndOfRegisters)
            _memory.Write((_memoryWindow & ~WindowMask) + (offset & WindowMask), value);
        else if (!ChipRegisters.IsStatistic(offset))
            WriteChip(offset, value);
    }

    protected override void ShowRegisters(Span<uint> registers, bool isAll)
    {
        const int FirstRegister = (int)(ConfigurationMirror / sizeof(uint));
        const int EndOfRegisters = (int)(Offset.EndOfRegisters / sizeof(uint));
        _registers.CopyTo(registers[..EndOfRegisters], FirstRegister);
        registers[(int)(Offset.TransmitStatus / sizeof(uint))] = ReadRegister(Offset.TransmitStatus);
        if (isAll || _hasBooted)
            _memory.CopyTo(registers[EndOfRegisters..], _memoryWindow & ~WindowMask);
        _hasBooted = false;
    }

    protected override uint ReadDeviceConfiguration(uint offset) => offset switch
    {
        Offset.MiscellaneousHostControl => _status.HostControl | ChipRevision,
        Offset.MemoryWindowBase => _memoryWindow,
        Offset.MemoryWindowData when MayAccessIndirectly => _memory.Read(_memoryWindow),
        _ => 0,
    };

    protected override void WriteDeviceConfiguration(uint offset, uint value)
    {
        switch (offset)
        {
            case Offset.MiscellaneousHostControl:
                _status.HostControl = (ushort)value;
                break;
            case Offset.MemoryWindowBase:
                _memoryWindow = value & ~3u;
                break;
            case Offset.MemoryWindowData when MayAccessIndirectly:
                _memory.Write(_memoryWindow, value);
                break;
        }
    }

    private bool MayAccessIndirectly => (_status.HostControl & IndirectAccess) != 0;

    private void WriteChip(uint offset, uint value)
    {
        switch (offset)
        {
            case Offset.InterruptMailbox:
                uint before = _registers[offset];
                _registers[offset] = value;
                _status.OnMailbox(before);
                break;
            case Offset.SendProducerMailbox:
                _registers[offset] = value;
                _send.OnMailbox(value);
                break;
            case Offset.StandardProducerMailbox:
                _registers[offset] = value;
                _receive.OnStandardMailbox(value);
                break;
            case Offset.ReturnConsumerMailbox:
                _registers[offset] = value;
                _receive.OnReturnMailbox(value);
                break;
            case Offset.MacStatus or Offset.FlowAttention or Offset.ReadDmaStatus or Offset.WriteDmaStatus:
                _registers[offset] &= ~value;
                break;
            case Offset.ManagementCommand:
                _registers[offset] = _phy.Execute(value);
                break;
            default:
                WriteMode(offset, value);
                break;
        }
        _send.Pump();
    }

    private void WriteMode(uint offset, uint value)
    {
        if (offset == Offset.GlobalConfiguration && (value & CoreReset) != 0)
        {
            ResetChip(isPowerOn: false);
            return;
        }
        bool isMode = offset is Offset.MacMode or Offset.TransmitMode or Offset.ReceiveMode
            || (offset is >= Offset.SendDataInitiator and <= Offset.MessageInterrupt && offset % 0x400 == 0);
        _registers[offset] = offset == Offset.HostCoalescing ? value & ~CoalesceNow : value;
        if (isMode)
            _registers[offset] &= ~BlockReset;
        if (offset == Offset.HostCoalescing && (value & CoalesceNow) != 0)
            _status.Update();
    }

    private void ResetChip(bool isPowerOn)
    {
        _registers.Clear();
        _registers[Offset.ReceiveMtu] = LongestFrame;
        _memory.Clear();
        _memoryWindow = 0;
        _status.HostControl = 0;
        _status.Reset();
        _send.Reset();
        _receive.Reset();
        if (isPowerOn)
            _phy.Reset();
        _bootDue = _now + BootNanoseconds;
        if (BootNanoseconds == 0)
            Boot();
    }

    // The boot code reads the station address from the EEPROM and leaves its signature.
    private void Boot()
    {
        _bootDue = null;
        _hasBooted = true;
        ulong onWire = BinaryPrimitives.ReverseEndianness(_stationAddress) >> 16; // first byte in bits 47:40
        _registers[Offset.MacAddressHigh] = (uint)(onWire >> 32);
        _registers[Offset.MacAddressLow] = (uint)onWire;
        _memory.Boot((uint)(onWire >> 32), (uint)onWire);
    }
}
