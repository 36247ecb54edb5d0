// A guest's only clock and timer: it says when the guest may be left alone, and until when. The kernel's side:
// kernel/arch/x64/SimulatedClock.cs, lib/Abi/SimulatedClockProtocol.cs. Back to: ProxyLink.cs
using System;
using System.Buffers.Binary;
using RingOS.Abi;
using RingOS.Devices.Pci;

namespace RingOS.RemoteDevices;

/// <summary>Simulated time of one guest. Time is in nanoseconds.</summary>
/// <param name="bus">The guest's memory.</param>
public sealed class SimulatedClockDevice(IGuestBus bus) : PciDevice(s_identity)
{
    private const uint SystemPeripheral = 0x088000;

    private static readonly PciIdentity s_identity = new(
        (ushort)(SimulatedClockProtocol.Identity & 0xFFFF),
        (ushort)(SimulatedClockProtocol.Identity >> 16),
        SystemPeripheral,
        Revision: 1,
        SimulatedClockProtocol.WindowLength);

    private uint _page;
    private ulong _now = SimulatedClockProtocol.Beginning;
    private ulong _wakeAt = ulong.MaxValue;
    private ulong _answered; // the request that the last message was for

    /// <summary>The guest halts; it wants to be woken at this time, all ones for never. Called while the guest stands still.</summary>
    public Action<ulong>? Idle { get; set; }

    /// <summary>What the guest reads from now on. It must be idle.</summary>
    public void SetTime(ulong nanoseconds)
    {
        _now = nanoseconds;
        Span<byte> word = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(word, nanoseconds);
        if (_page != 0)
            bus.TryWrite((ulong)_page + (SimulatedClockProtocol.NowWord * sizeof(ulong)), word);
    }

    /// <summary>Asks for the message that ends the guest's halt. One request, one message: the guest may leave the request in its page.</summary>
    public void Wake()
    {
        _answered = _wakeAt;
        AskForInterrupt(true);
    }

    protected override void ResetDevice() => (_page, _wakeAt, _answered) = (0, ulong.MaxValue, 0);

    protected override uint ReadRegister(uint offset) => 0;

    protected override void WriteRegister(uint offset, uint value)
    {
        if (offset == SimulatedClockProtocol.PageRegister)
        {
            _page = value;
            SetTime(_now);
        }
        else if (offset == SimulatedClockProtocol.IdleRegister)
        {
            _wakeAt = ReadWake();
            Idle?.Invoke(_wakeAt == _answered ? ulong.MaxValue : _wakeAt);
        }
    }

    protected override uint ReadDeviceConfiguration(uint offset) => 0;

    protected override void WriteDeviceConfiguration(uint offset, uint value)
    {
    }

    private ulong ReadWake()
    {
        Span<byte> word = stackalloc byte[sizeof(ulong)];
        return _page != 0 && bus.TryRead((ulong)_page + (SimulatedClockProtocol.WakeWord * sizeof(ulong)), word)
            ? BinaryPrimitives.ReadUInt64LittleEndian(word)
            : ulong.MaxValue;
    }
}
