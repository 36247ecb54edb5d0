// in and out for a driver in a service. Back to: ServiceGrant.cs
using RingOS.Hardware;
using RingOS.User;

namespace RingOS.Hosts.Service;

/// <summary>Run by the service itself, without the kernel: the processor knows which ports it has.</summary>
internal sealed class ServicePorts : PortInstructions
{
    public override byte In8(ushort port) => Ports.In8(port);

    public override ushort In16(ushort port) => Ports.In16(port);

    public override uint In32(ushort port) => Ports.In32(port);

    public override void Out8(ushort port, byte value) => Ports.Out8(port, value);

    public override void Out16(ushort port, ushort value) => Ports.Out16(port, value);

    public override void Out32(ushort port, uint value) => Ports.Out32(port, value);
}
