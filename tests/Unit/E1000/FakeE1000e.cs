// A model of the 82574L where it differs from the 82540EM: extended receive descriptors, PCI Express, messages and their throttling.
// Written from the datasheet; the throttling also as QEMU's model has it. Next: E1000eTests.cs
using System;

namespace RingOS.Tests.Unit.E1000;

/// <summary>See <see cref="FakeE1000"/>. A message is sent when a cause appears among unmasked ones that were none.</summary>
public sealed class FakeE1000e(FakeBus bus, FakeClock clock) : FakeE1000(bus, clock)
{
    public const uint Eec = 0x0010;
    public const uint CtrlExt = 0x0018;
    public const uint Rxcsum = 0x5000;
    public const uint Rfctl = 0x5008;
    public const uint Mrqc = 0x5818;
    public const uint Txdctl = 0x3828;
    public const uint Gcr = 0x5B00;

    /// <summary>Every bit of IMS there is, datasheet 10.2.4.</summary>
    public const uint EveryCause = 0b111 | (1u << 4) | (0b11u << 6) | (1u << 9) | (0b1111u << 15) | (0b11111u << 20);

    public const uint MasterDisable = 1u << 2; // CTRL
    public const uint MasterEnabled = 1u << 19; // STATUS
    public const uint AutoReadDone = 1u << 9; // EEC
    public const uint ClearTimers = 1u << 29; // CTRL_EXT
    public const uint ExtendedDescriptors = 1u << 15; // RFCTL

    private const ulong IntervalUnit = 256; // ns, and ticks of the clock
    private const uint LeastIntervalOfQemu = 500;

    private readonly FakeBus _bus = bus;
    private readonly FakeClock _clock = clock;
    private ulong _intervalEnds;
    private bool _isAsserted;

    /// <summary>As QEMU 7.2 and 10.0: no interval is shorter than 128 us, whatever ITR says.</summary>
    public bool ThrottlesAlways { get; set; }

    /// <summary>What is under way on PCI Express never ends.</summary>
    public bool HangsOnTheBus { get; set; }

    /// <summary>A reset began while reads and writes could still be under way.</summary>
    public bool WasResetInATransaction { get; private set; }

    /// <summary>Messages sent.</summary>
    public int Messages { get; private set; }

    public override ulong DoneInBothRings => base.DoneInBothRings | 1;

    public override uint Read(uint offset)
    {
        if (offset == DeviceStatus && !HangsOnTheBus && (this[Ctrl] & MasterDisable) != 0)
            this[DeviceStatus] &= ~MasterEnabled;
        return base.Read(offset);
    }

    public override void Write(uint offset, uint value)
    {
        if (offset == Ctrl && (value & CtrlReset) != 0)
            WasResetInATransaction |= (this[DeviceStatus] & MasterEnabled) != 0;
        base.Write(offset, value);
    }

    /// <summary>Word 1: status in bits 19:0, errors in 31:20, length in 47:32.</summary>
    public override ulong Report(ushort length, byte errors = 0, bool isLast = true)
        => 1ul | (isLast ? 2ul : 0) | ((ulong)errors << 24) | ((ulong)length << 32);

    /// <summary>The first word, the address, is written over as well.</summary>
    public override void WriteBackReceive(ulong word1)
    {
        if ((this[Rfctl] & ExtendedDescriptors) == 0)
            throw new InvalidOperationException("The model knows extended descriptors only.");
        _bus.Write64(NextReceiveDescriptor, 0x5EED_5EED_5EED_5EED);
        base.WriteBackReceive(word1);
    }

    public override void Raise(uint causes)
    {
        base.Raise(causes);
        LetTimePass(0);
    }

    /// <summary>Time passes, and with it perhaps an interval that held a message back.</summary>
    public void LetTimePass(ulong ticks)
    {
        _clock.Now += ticks;
        if (!InterruptLine || _isAsserted || _clock.Now < _intervalEnds)
            return;
        _isAsserted = true;
        Messages++;
        _intervalEnds = _clock.Now + (IntervalUnit * (ThrottlesAlways ? Math.Max(this[Itr], LeastIntervalOfQemu) : this[Itr]));
    }

    protected override void OnCausesRead() => _isAsserted = false;

    protected override void OnUnmasked(uint causes)
    {
        if (causes == EveryCause && (this[CtrlExt] & ClearTimers) != 0)
            _intervalEnds = 0;
        LetTimePass(0);
    }

    protected override void OnLoaded()
    {
        base.OnLoaded();
        this[Eec] |= AutoReadDone;
        this[DeviceStatus] |= MasterEnabled;
    }
}
