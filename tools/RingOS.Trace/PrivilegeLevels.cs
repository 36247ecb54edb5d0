// From an address to the ring that executes it. lib/Abi/BootProtocol.cs. Next: SymbolMap.cs
using RingOS.Abi;

namespace RingOS.Trace;

/// <summary>
/// Every image has a place of its own by the ring it runs in: the kernel at the top, drivers of ring 1 in their half, programs below.
/// </summary>
public static class PrivilegeLevels
{
    public const int Kernel = 0;
    public const int Driver = 1;
    public const int Program = 3;

    /// <summary>How many there are.</summary>
    public const int Count = 4;

    /// <summary>0, 1 or 3.</summary>
    public static int Of(ulong address)
    {
        if (address >= BootProtocol.KernelBase)
            return Kernel;
        return address >= BootProtocol.DriverHalf ? Driver : Program;
    }
}
