// A model of the 82540EM's registers, written from the manual and not from the driver, so that it can catch the driver.
// This file: registers, reset, interrupts. Next: FakeE1000.Transmit.cs, FakeE1000.Receive.cs, FakeE1000e.cs
using System;
using System.Collections.Generic;
using RingOS.Hardware;

namespace RingOS.Tests.Unit.E1000;

/// <summary>
/// The device does nothing by itself. A write to a tail register is only noted; the test then decides when a frame leaves
/// (<see cref="CompleteOne"/>, <see cref="Advance"/>), how that ends, and what arrives (<see cref="Deliver"/>).
/// What the driver is known never to use makes the model fail loudly instead of guessing.
/// </summary>
public partial class FakeE1000 : MmioRegion
{
    public const uint WindowLength = 0x20000;

    // Offsets, manual table 13-2.
    public const uint Ctrl = 0x0000;
    public const uint DeviceStatus = 0x0008;
    public const uint Icr = 0x00C0;
    public const uint Itr = 0x00C4;
    public const uint Ics = 0x00C8;
    public const uint Ims = 0x00D0;
    public const uint Imc = 0x00D8;
    public const uint Rctl = 0x0100;
    public const uint Tctl = 0x0400;
    public const uint Tipg = 0x0410;
    public const uint Rdbal = 0x2800;
    public const uint Rdbah = 0x2804;
    public const uint Rdlen = 0x2808;
    public const uint Rdh = 0x2810;
    public const uint Rdt = 0x2818;
    public const uint Rdtr = 0x2820;
    public const uint Tdbal = 0x3800;
    public const uint Tdbah = 0x3804;
    public const uint Tdlen = 0x3808;
    public const uint Tdh = 0x3810;
    public const uint Tdt = 0x3818;
    public const uint Mpc = 0x4010;
    public const uint Colc = 0x4028;
    public const uint Dc = 0x4030;
    public const uint Mta = 0x5200;
    public const uint Ral = 0x5400;
    public const uint Rah = 0x5404;

    // ICR bits, manual 13.4.17.
    public const uint Txdw = 1u << 0;
    public const uint Lsc = 1u << 2;
    public const uint Rxdmt0 = 1u << 4;
    public const uint Rxo = 1u << 6;
    public const uint Rxt0 = 1u << 7;

    public const uint CtrlReset = 1u << 26;
    public const uint StatusLinkUp = 1u << 1;
    public const uint RahValid = 1u << 31;

    /// <summary>52:54:00:12:34:56, as the EEPROM holds it.</summary>
    public const ulong StationAddress = StationAddressLow | ((ulong)StationAddressHigh << 32);

    private const uint StationAddressLow = 0x1200_5452;
    private const uint StationAddressHigh = 0x5634;

    private readonly uint[] _registers = new uint[WindowLength / 4];
    private readonly FakeBus _bus;
    private readonly FakeClock _clock;
    private ulong _resetStarted;
    private bool _isResetting;

    public FakeE1000(FakeBus bus, FakeClock clock)
    {
        _bus = bus;
        _clock = clock;
        Array.Fill(_registers, 0xDEAD_BEEFu); // What was there before the first reset is nobody's business.
        _registers[Ims / 4] = 0;
        _registers[Icr / 4] = 0;
    }

    /// <summary>How long a reset takes, in ticks of the clock.</summary>
    public ulong ResetTicks { get; set; } = 3_000_000;

    /// <summary>How long it takes after that to load the station address from the EEPROM.</summary>
    public ulong EepromTicks { get; set; } = 1_000_000;

    /// <summary>The reset never ends.</summary>
    public bool HangsInReset { get; set; }

    /// <summary>As QEMU's model: RST clears itself and nothing else happens.</summary>
    public bool IgnoresReset { get; set; }

    /// <summary>As the manual says; QEMU's model does not clear the counters this driver reads.</summary>
    public bool ReadClearsStatistics { get; set; } = true;

    /// <summary>A register was touched in the first microsecond of a reset, which the manual forbids (13.4.1).</summary>
    public bool WasTouchedTooEarly { get; private set; }

    public int Reads { get; private set; }

    public int Writes { get; private set; }

    /// <summary>Offsets written, in order.</summary>
    public List<uint> WrittenOffsets { get; } = [];

    /// <summary>The level of the interrupt line.</summary>
    public bool InterruptLine => (this[Icr] & this[Ims]) != 0;

    /// <summary>A register as it stands, without side effects.</summary>
    public uint this[uint offset]
    {
        get => _registers[offset / 4];
        set => _registers[offset / 4] = value;
    }

    public override uint Read(uint offset)
    {
        Reads++;
        Touch(offset);
        uint value = this[offset];
        switch (offset)
        {
            case Icr:
                this[Icr] = 0;
                OnCausesRead();
                break;
            case >= 0x4000 and < 0x4100 when ReadClearsStatistics:
                this[offset] = 0;
                break;
            case Imc:
                throw new InvalidOperationException("IMC is write-only.");
        }

        return value;
    }

    public override void Write(uint offset, uint value)
    {
        Writes++;
        WrittenOffsets.Add(offset);
        Touch(offset);
        switch (offset)
        {
            case Ctrl when (value & CtrlReset) != 0:
                BeginReset(value);
                break;
            case Icr:
                this[Icr] &= ~value;
                break;
            case Ics:
                Raise(value);
                break;
            case Ims:
                this[Ims] |= value;
                OnUnmasked(value);
                break;
            case Imc:
                this[Ims] &= ~value;
                break;
            case Tdt:
                this[Tdt] = value;
                OnTransmitTail();
                break;
            case DeviceStatus or (>= 0x4000 and < 0x4100):
                throw new InvalidOperationException($"Register {offset:X4} is read-only.");
            default:
                this[offset] = value;
                break;
        }
    }

    /// <summary>The cable is plugged or pulled.</summary>
    public void SetLink(bool isUp)
    {
        this[DeviceStatus] = isUp ? this[DeviceStatus] | StatusLinkUp : this[DeviceStatus] & ~StatusLinkUp;
        Raise(Lsc);
    }

    /// <summary>Adds interrupt causes.</summary>
    public virtual void Raise(uint causes) => this[Icr] |= causes;

    /// <summary>The driver has read and so cleared the causes.</summary>
    protected virtual void OnCausesRead()
    {
    }

    /// <summary>The driver has unmasked causes.</summary>
    protected virtual void OnUnmasked(uint causes)
    {
    }

    /// <summary>A reset is over, or was ignored: the EEPROM has been read.</summary>
    protected virtual void OnLoaded()
    {
        this[Ral] = StationAddressLow;
        this[Rah] = StationAddressHigh | RahValid;
    }

    private void BeginReset(uint control)
    {
        if (IgnoresReset)
        {
            this[Ctrl] = control & ~CtrlReset;
            OnLoaded();
            return;
        }

        Array.Clear(_registers);
        _isResetting = true;
        _resetStarted = _clock.Now;
        this[Ctrl] = CtrlReset;
        ForgetContext();
    }

    private void Touch(uint offset)
    {
        if ((offset & 3) != 0 || offset >= WindowLength)
            throw new InvalidOperationException($"Register access at {offset:X}.");
        if (!_isResetting)
            return;
        ulong elapsed = _clock.Now - _resetStarted;
        WasTouchedTooEarly |= elapsed < 1_000;
        if (elapsed < ResetTicks || HangsInReset)
            return;
        this[Ctrl] &= ~CtrlReset;
        this[DeviceStatus] = StatusLinkUp;
        if (elapsed < ResetTicks + EepromTicks)
            return;
        _isResetting = false;
        OnLoaded();
    }

    /// <summary>Base and length of a ring, checked as the manual wants them: 16-byte aligned, a multiple of 128 bytes.</summary>
    private (ulong Base, uint Count) Ring(uint baseLow, uint baseHigh, uint length)
    {
        if ((this[baseLow] & 15) != 0 || this[length] == 0 || (this[length] & 127) != 0)
            throw new InvalidOperationException($"Ring at {this[baseLow]:X} of {this[length]} bytes.");
        return (this[baseLow] | ((ulong)this[baseHigh] << 32), this[length] / 16);
    }
}
