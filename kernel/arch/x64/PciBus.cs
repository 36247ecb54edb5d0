// The PCI functions of the machine: those of the first bus, and those of a bus whose devices live outside the machine, if there is one.
// Next: PciFunction.cs
using RingOS.Abi;
using RingOS.Hardware;

namespace RingOS.Kernel.Arch.X64;

/// <summary>Where functions are looked for.</summary>
public sealed class PciBus
{
    private const int DeviceCount = 32;

    private MmioRegion? _remote;

    /// <summary>Bytes of the window that hold configuration spaces.</summary>
    public static uint RemoteLength => RemoteBusProtocol.FunctionLength;

    /// <summary>A function of the first bus behind whose window lies a second bus; null if there is none.</summary>
    public PciFunction? FindCarrier() => FindHere(RemoteBusProtocol.CarrierIdentity);

    /// <summary>Also looks for functions on that second bus, and gives each its window.</summary>
    /// <param name="registers">Virtual address of the carrier's window, mapped uncached for <see cref="RemoteLength"/>.</param>
    /// <param name="physical">Physical address of the same.</param>
    public void AddRemote(ulong registers, ulong physical)
    {
        _remote = new MappedMmioRegion((nint)registers, RemoteLength);
        for (uint number = 0; number < RemoteBusProtocol.MostFunctions; number++)
        {
            PciFunction function = RemoteFunction(number);
            if (function.IsThere)
                function.PlaceWindow(0, physical + ((number + 1) * RemoteBusProtocol.FunctionLength));
        }
    }

    /// <summary>The first device with this identity, or null.</summary>
    /// <param name="identity">Device in bits 31:16, vendor in bits 15:0: 0x100E8086 is an 82540EM.</param>
    public PciFunction? Find(uint identity)
    {
        if (FindHere(identity) is { } here)
            return here;
        for (uint number = 0; _remote is not null && number < RemoteBusProtocol.MostFunctions; number++)
        {
            PciFunction function = RemoteFunction(number);
            if (function.Identity == identity)
                return function;
        }
        return null;
    }

    private static PciFunction? FindHere(uint identity)
    {
        for (int device = 0; device < DeviceCount; device++)
        {
            PciFunction function = new(new PortConfiguration(device));
            if (function.Identity == identity)
                return function;
        }
        return null;
    }

    private PciFunction RemoteFunction(uint number)
        => new(new WindowConfiguration(_remote!, number * RemoteBusProtocol.ConfigurationLength));
}
