// How a device of this process gets into a QEMU: an inherited socket. Next: InterruptPlug.cs
using System;
using System.Collections.Generic;
using System.Globalization;
using RingOS.Devices.Pci;
using RingOS.Host.Machines;
using RingOS.RemoteDevices;

namespace RingOS.Hub;

/// <summary>QEMU's x-pci-proxy-dev with a device at its other end.</summary>
internal sealed class DevicePlug : IMachinePlug, IDisposable
{
    private readonly NativeSocket _theirs;
    private readonly ProxyLink _link;

    public DevicePlug(PciDevice device, GuestMemory memory, Action<ProxyException?> onEnded)
    {
        (NativeSocket ours, _theirs) = NativeSocket.CreatePair();
        _link = new ProxyLink(ours, device, memory) { Ended = onEnded };
        Arguments = ["-device", string.Create(CultureInfo.InvariantCulture, $"x-pci-proxy-dev,fd={_theirs.Descriptor}")];
    }

    public IReadOnlyList<string> Arguments { get; }

    public void BeforeStart()
    {
        _theirs.LetChildrenInherit();
        _link.Start();
    }

    public void AfterStart() => _theirs.Dispose();

    public void Dispose()
    {
        _theirs.Dispose();
        _link.Dispose();
    }
}
