// The bus behind the window: configuration space and registers of every device on it. The kernel's side: lib/Abi/RemoteBusProtocol.cs,
// kernel/arch/x64/PciBus.cs. Next: SimulatedClockDevice.cs
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using RingOS.Abi;
using RingOS.Devices.Pci;
using RingOS.Host;
using RingOS.Instrument;

namespace RingOS.RemoteDevices;

/// <summary>
/// The window is memory that the guest has mapped: a load returns what stands there. So whatever a device changes is shown in it before the
/// guest runs on.
/// </summary>
public sealed class RemoteBus : IDisposable
{
    private readonly SharedMapping _window = new("ringos-registers", RemoteBusProtocol.WindowLength);
    private readonly IReadOnlyList<PciDevice> _devices;

    /// <param name="devices">At most <see cref="RemoteBusProtocol.MostFunctions"/>.</param>
    /// <exception cref="RingOsException">There is no memory for it.</exception>
    public RemoteBus(params IReadOnlyList<PciDevice> devices)
    {
        if (devices.Count > RemoteBusProtocol.MostFunctions)
            throw new ArgumentException($"{devices.Count} devices where there is room for {RemoteBusProtocol.MostFunctions}");
        _devices = devices;
        Show(isAll: true);
    }

    /// <summary>Where QEMU finds the window.</summary>
    public string Path => _window.Path;

    /// <summary>What accesses do, for each four bytes of the window.</summary>
    public RegisterEffect[] Effects
    {
        get
        {
            RegisterEffect[] effects = new RegisterEffect[RemoteBusProtocol.WindowLength / sizeof(uint)]; // configuration space: at once
            for (int number = 0; number < _devices.Count; number++)
            {
                for (uint offset = 0; offset < RemoteBusProtocol.FunctionLength; offset += sizeof(uint))
                    effects[(WindowOf(number) + offset) / sizeof(uint)] = EffectOf(_devices[number].KindOf(offset));
            }
            return effects;
        }
    }

    /// <summary>The registers, as the guest sees them.</summary>
    public Span<uint> Window => MemoryMarshal.Cast<byte, uint>(_window.Bytes);

    /// <summary>Lets the devices do what the guest's accesses ask for, in order. Nothing a guest or QEMU writes makes it throw.</summary>
    public void Perform(ReadOnlySpan<AccessRow> accesses)
    {
        foreach (AccessRow access in accesses)
        {
            uint place = access.Offset / RemoteBusProtocol.FunctionLength;
            if (place == 0)
                Configure(access);
            else if (place <= _devices.Count)
                Access(_devices[(int)place - 1], access);
        }
    }

    /// <summary>Brings the window up to date.</summary>
    /// <param name="isAll">Also what changes by the guest's own accesses only.</param>
    public void Show(bool isAll)
    {
        for (int number = 0; number < _devices.Count; number++)
        {
            Span<uint> registers = Window.Slice((int)WindowOf(number) / sizeof(uint), (int)RemoteBusProtocol.FunctionLength / sizeof(uint));
            _devices[number].Show(registers, isAll);
            if (isAll)
                _devices[number].ShowConfiguration(Window.Slice(number * (int)RemoteBusProtocol.ConfigurationLength / sizeof(uint)));
        }
    }

    public void Dispose() => _window.Dispose();

    private static uint WindowOf(int number) => (uint)(number + 1) * RemoteBusProtocol.FunctionLength;

    private void Configure(AccessRow access)
    {
        int number = (int)(access.Offset / RemoteBusProtocol.ConfigurationLength);
        if (number < _devices.Count && access.IsLoad == 0)
            _devices[number].WriteConfiguration(access.Offset % RemoteBusProtocol.ConfigurationLength, access.Value, (int)access.Bytes);
    }

    private static void Access(PciDevice device, AccessRow access)
    {
        uint offset = access.Offset % RemoteBusProtocol.FunctionLength;
        if (!device.AnswersMemory)
            return;
        if (access.IsLoad != 0)
            device.ReadRegister(0, offset, (int)access.Bytes);
        else
            device.WriteRegister(0, offset, access.Value, (int)access.Bytes);
    }

    private static RegisterEffect EffectOf(RegisterKind kind) => kind switch
    {
        RegisterKind.Posted => RegisterEffect.Posted,
        RegisterKind.ClearedByLoad => RegisterEffect.ClearedByLoad,
        RegisterKind.Halts => RegisterEffect.Halts,
        _ => RegisterEffect.Immediate,
    };
}
