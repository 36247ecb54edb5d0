// A device's registers, whichever way the processor reaches them. The two kinds: MmioRegion.cs, PortRegion.cs. Next: MmioRegion.cs
namespace RingOS.Hardware;

/// <summary>
/// A window of device registers of 8, 16 and 32 bits, in memory or behind ports. A driver that is given one does not know which. Every
/// access is checked against the grant: inside the window, at a multiple of its own width.
/// </summary>
public abstract class RegisterWindow
{
    public abstract byte Read8(uint offset);

    public abstract ushort Read16(uint offset);

    public abstract uint Read32(uint offset);

    public abstract void Write8(uint offset, byte value);

    public abstract void Write16(uint offset, ushort value);

    public abstract void Write32(uint offset, uint value);
}
