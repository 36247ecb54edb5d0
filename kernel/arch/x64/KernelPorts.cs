// in and out for drivers in the kernel's own image. Back to: Cpu.cs
using RingOS.Hardware;

namespace RingOS.Kernel.Arch.X64;

/// <summary>Ring 0 may use every port; the window that a driver is given may not.</summary>
public sealed class KernelPorts : PortInstructions
{
    public override byte In8(ushort port) => Cpu.In8(port);

    public override ushort In16(ushort port) => Cpu.In16(port);

    public override uint In32(ushort port) => Cpu.In32(port);

    public override void Out8(ushort port, byte value) => Cpu.Out8(port, value);

    public override void Out16(ushort port, ushort value) => Cpu.Out16(port, value);

    public override void Out32(ushort port, uint value) => Cpu.Out32(port, value);
}
