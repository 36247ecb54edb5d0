// A function's configuration space, by whichever way it is reached. PCI 3.0, 3.2.2.3.2; PCI Express 3.0, 7.2.2. Back to: PciFunction.cs
using RingOS.Hardware;

namespace RingOS.Kernel.Arch.X64;

/// <summary>256 bytes, four at a time.</summary>
public abstract class ConfigurationSpace
{
    /// <param name="offset">A multiple of 4 below 256.</param>
    public abstract uint Read(int offset);

    /// <inheritdoc cref="Read"/>
    public abstract void Write(int offset, uint value);
}

/// <summary>A device of the first bus, function 0: through ports 0xCF8 and 0xCFC.</summary>
public sealed class PortConfiguration(int device) : ConfigurationSpace
{
    private const ushort AddressPort = 0xCF8;
    private const ushort DataPort = 0xCFC;
    private const uint EnableBit = 1u << 31;

    public override uint Read(int offset)
    {
        Select(offset);
        return Cpu.In32(DataPort);
    }

    public override void Write(int offset, uint value)
    {
        Select(offset);
        Cpu.Out32(DataPort, value);
    }

    private void Select(int offset) => Cpu.Out32(AddressPort, EnableBit | ((uint)device << 11) | (uint)offset);
}

/// <summary>A function whose configuration space lies in memory.</summary>
/// <param name="window">Holds it.</param>
/// <param name="start">Bytes from the window's beginning.</param>
public sealed class WindowConfiguration(MmioRegion window, uint start) : ConfigurationSpace
{
    public override uint Read(int offset) => window.Read(start + (uint)offset);

    public override void Write(int offset, uint value) => window.Write(start + (uint)offset, value);
}
