// Other devices' ports, by whatever instructions the grant has.
using RingOS.Hardware;

internal static class PortsOfANumber
{
    public static void Run(PortInstructions instructions) => new PortRegion(instructions, 0x64, 4).Write8(0, 0xFE);
}
