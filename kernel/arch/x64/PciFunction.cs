// A PCI function: its windows, its interrupt, its rights on the bus. PCI 3.0, 6.1, 6.2. Next: ConfigurationSpace.cs
namespace RingOS.Kernel.Arch.X64;

/// <summary>One function.</summary>
public sealed class PciFunction(ConfigurationSpace configuration)
{
    private const int VendorAndDevice = 0x00;
    private const uint NoFunction = uint.MaxValue; // what a bus reads where nobody answers
    private const int CommandAndStatus = 0x04;
    private const int FirstBaseAddress = 0x10;
    private const int InterruptPin = 0x3C;
    private const uint PortSpace = 1 << 0;
    private const uint MemorySpace = 1 << 1;
    private const uint BusMaster = 1 << 2;
    private const uint InterruptDisable = 1 << 10;
    private const uint HasCapabilities = 1u << 20; // status register, bit 4
    private const int FirstCapability = 0x34;
    private const int LastRegister = 0xFC;
    private const uint MessageInterrupts = 5; // capability, PCI 3.0, 6.8.1
    private const uint MessageEnable = 1u << 16;
    private const uint MessageIs64Bit = 1u << 23;
    private const uint LocalApicMessages = 0xFEE0_0000; // Intel SDM vol. 3, 10.11.1: to processor 0, fixed, physical

    /// <summary>Interrupt line as the firmware routed it, 0 to 15.</summary>
    public int InterruptLine => (int)(configuration.Read(InterruptPin) & 0xF);

    /// <summary>Device in bits 31:16, vendor in bits 15:0.</summary>
    public uint Identity => configuration.Read(VendorAndDevice);

    /// <summary>Somebody answers here. A bus that is memory reads 0 where nobody does.</summary>
    public bool IsThere => Identity is not (0 or NoFunction);

    /// <summary>Gives a 64-bit memory window its address, where no firmware has.</summary>
    public void PlaceWindow(int index, ulong address)
    {
        configuration.Write(FirstBaseAddress + (index * 4), (uint)address);
        configuration.Write(FirstBaseAddress + (index * 4) + 4, (uint)(address >> 32));
    }

    /// <summary>Physical address of a 32-bit memory window; 0 if that base address is for ports.</summary>
    public ulong MemoryWindow(int index)
    {
        uint address = configuration.Read(FirstBaseAddress + (index * 4));
        return (address & 1) != 0 ? 0 : address & ~0xFu;
    }

    /// <summary>Makes the device interrupt by a message with this vector. False if it cannot.</summary>
    public bool UseMessage(int vector)
    {
        int capability = FindCapability(MessageInterrupts);
        if (capability == 0)
            return false;
        uint control = configuration.Read(capability);
        int data = (control & MessageIs64Bit) != 0 ? capability + 12 : capability + 8;
        if (data > LastRegister)
            return false; // the list is wrong: beyond lies another function's space
        configuration.Write(capability + 4, LocalApicMessages);
        if ((control & MessageIs64Bit) != 0)
            configuration.Write(capability + 8, 0);
        configuration.Write(data, (uint)vector);
        configuration.Write(capability, control | MessageEnable);
        return true;
    }

    /// <summary>First port of a window of ports; 0 if that base address is for memory.</summary>
    public uint PortWindow(int index)
    {
        uint address = configuration.Read(FirstBaseAddress + (index * 4));
        return (address & 1) != 0 ? address & ~3u : 0;
    }

    /// <summary>Lets the device answer at its windows, reach memory itself and raise its interrupt.</summary>
    public void Enable() => configuration.Write(CommandAndStatus, (configuration.Read(CommandAndStatus) | PortSpace | MemorySpace | BusMaster) & 0xFFFF & ~InterruptDisable);

    /// <summary>Stops all its accesses to memory and its interrupts: first thing when its driver has died.</summary>
    public void Quiesce() => configuration.Write(CommandAndStatus, ((configuration.Read(CommandAndStatus) & ~BusMaster) | InterruptDisable) & 0xFFFF);

    // Bounded: a list that loops ends after as many entries as there is room for.
    private int FindCapability(uint kind)
    {
        if ((configuration.Read(CommandAndStatus) & HasCapabilities) == 0)
            return 0;
        int offset = (int)(configuration.Read(FirstCapability) & 0xFC);
        for (int budget = 48; offset != 0 && budget != 0; budget--)
        {
            uint header = configuration.Read(offset);
            if ((header & 0xFF) == kind)
                return offset;
            offset = (int)(header >> 8) & 0xFC;
        }
        return 0;
    }
}
