// A device's registers behind ports, checked on every access. Side by side with: MmioRegion.cs. Next: AnyRegister.cs
using System.Runtime.CompilerServices;

namespace RingOS.Hardware;

/// <summary>
/// The instructions in and out, which C# cannot say. The kernel has them from arch/x64; a service runs them itself, and the I/O map of the
/// task state segment says for which ports (Intel SDM vol. 1, 19.5.2). No driver is given these: only a <see cref="PortRegion"/>.
/// </summary>
abstract partial class PortInstructions
{
    public abstract byte In8(ushort port);

    public abstract ushort In16(ushort port);

    public abstract uint In32(ushort port);

    public abstract void Out8(ushort port, byte value);

    public abstract void Out16(ushort port, ushort value);

    public abstract void Out32(ushort port, uint value);
}

/// <summary>Ports from <paramref name="first"/> on.</summary>
/// <param name="instructions">As this domain has them.</param>
/// <param name="first">The port at offset 0.</param>
/// <param name="length">Ports; accesses at or beyond it are refused by stopping the driver.</param>
sealed partial class PortRegion(PortInstructions instructions, ushort first, uint length) : RegisterWindow
{
    public override byte Read8(uint offset)
    {
        GrantCheck.RegisterRead(offset, sizeof(byte), length);
        return PortIn8((ushort)(first + offset));
    }

    public override ushort Read16(uint offset)
    {
        GrantCheck.RegisterRead(offset, sizeof(ushort), length);
        return PortIn16((ushort)(first + offset));
    }

    public override uint Read32(uint offset)
    {
        GrantCheck.RegisterRead(offset, sizeof(uint), length);
        return PortIn32((ushort)(first + offset));
    }

    public override void Write8(uint offset, byte value)
    {
        GrantCheck.RegisterWrite(offset, sizeof(byte), length);
        PortOut8((ushort)(first + offset), value);
    }

    public override void Write16(uint offset, ushort value)
    {
        GrantCheck.RegisterWrite(offset, sizeof(ushort), length);
        PortOut16((ushort)(first + offset), value);
    }

    public override void Write32(uint offset, uint value)
    {
        GrantCheck.RegisterWrite(offset, sizeof(uint), length);
        PortOut32((ushort)(first + offset), value);
    }

    // Never inlined, so that an execution trace counts a driver's port accesses by address, and none of the kernel's own.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private byte PortIn8(ushort port) => instructions.In8(port);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ushort PortIn16(ushort port) => instructions.In16(port);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private uint PortIn32(ushort port) => instructions.In32(port);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void PortOut8(ushort port, byte value) => instructions.Out8(port, value);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void PortOut16(ushort port, ushort value) => instructions.Out16(port, value);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void PortOut32(ushort port, uint value) => instructions.Out32(port, value);
}
