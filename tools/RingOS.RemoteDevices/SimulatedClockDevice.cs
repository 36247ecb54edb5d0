// A guest's only clock and timer: it says when the guest may be left alone, until when, and by which interrupt it is woken. The kernel's
// side: kernel/arch/x64/SimulatedClock.cs, lib/Abi/SimulatedClockProtocol.cs. Back to: RemoteBus.cs
using System;
using RingOS.Abi;
using RingOS.Devices.Pci;

namespace RingOS.RemoteDevices;

/// <summary>Simulated time of one guest. Time is in nanoseconds.</summary>
public sealed class SimulatedClockDevice() : PciDevice(s_identity)
{
    private const uint SystemPeripheral = 0x088000;

    private static readonly PciIdentity s_identity = new(
        (ushort)(SimulatedClockProtocol.Identity & 0xFFFF),
        (ushort)(SimulatedClockProtocol.Identity >> 16),
        SystemPeripheral,
        Revision: 2,
        SimulatedClockProtocol.WindowLength);

    private ulong _now = SimulatedClockProtocol.Beginning;
    private ulong _wakeAt = ulong.MaxValue;
    private ulong _answered; // the request that the last message was for
    private uint _vector;

    /// <summary>Until when the guest has nothing to do; all ones for "until a device interrupts".</summary>
    public ulong WakeAt => _wakeAt == _answered ? ulong.MaxValue : _wakeAt;

    /// <summary>What the guest reads from now on. It must be idle.</summary>
    public void SetTime(ulong nanoseconds) => _now = nanoseconds;

    /// <summary>Asks for the message that ends the guest's halt. One request, one message: the guest may leave the request as it is.</summary>
    public void Wake()
    {
        _answered = _wakeAt;
        AskForInterrupt(true);
    }

    /// <summary>The guest's halt ends with this interrupt.</summary>
    public void EndHaltBy(byte vector) => _vector = vector;

    public override RegisterKind KindOf(uint offset) => offset switch
    {
        SimulatedClockProtocol.WakeRegister or SimulatedClockProtocol.WakeRegister + sizeof(uint) => RegisterKind.Posted,
        SimulatedClockProtocol.IdleRegister => RegisterKind.Halts,
        _ => RegisterKind.Ordinary,
    };

    protected override void ResetDevice() => (_wakeAt, _answered, _vector) = (ulong.MaxValue, 0, 0);

    protected override uint ReadRegister(uint offset) => offset switch
    {
        SimulatedClockProtocol.NowRegister => (uint)_now,
        SimulatedClockProtocol.NowRegister + sizeof(uint) => (uint)(_now >> 32),
        SimulatedClockProtocol.VectorRegister => _vector,
        _ => 0,
    };

    protected override void WriteRegister(uint offset, uint value)
    {
        if (offset == SimulatedClockProtocol.WakeRegister)
            _wakeAt = (_wakeAt & ~(ulong)uint.MaxValue) | value;
        else if (offset == SimulatedClockProtocol.WakeRegister + sizeof(uint))
            _wakeAt = (uint)_wakeAt | ((ulong)value << 32);
    }

    protected override void ShowRegisters(Span<uint> registers, bool isAll)
    {
        for (uint offset = SimulatedClockProtocol.FirstRegister; offset < SimulatedClockProtocol.EndOfRegisters; offset += sizeof(uint))
            registers[(int)(offset / sizeof(uint))] = ReadRegister(offset);
    }

    protected override uint ReadDeviceConfiguration(uint offset) => 0;

    protected override void WriteDeviceConfiguration(uint offset, uint value)
    {
    }
}
