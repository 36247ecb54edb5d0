// What makes something that can be touched out of an address, and the ends of the rings in shared memory, made public: for the kernel and
// for hosts, which mint grants. safe/RingOS.Hardware.Safe.csproj leaves this file out, and drivers are compiled against that: for them none
// of this exists. Back to: NicGrant.cs
namespace RingOS.Hardware;

public sealed unsafe partial class DmaRegion
{
    /// <param name="start">Virtual address, 4096-aligned.</param>
    /// <param name="device">The same memory as the device sees it.</param>
    /// <param name="length">Bytes, at least 8.</param>
    public DmaRegion(nint start, DeviceAddress device, int length)
        : this((byte*)start, device, length)
    {
    }
}

public sealed unsafe partial class MappedMmioRegion;

public sealed partial class PortRegion;

public abstract partial class PortInstructions;

public sealed unsafe partial class PacketPool;

public sealed unsafe partial class EventRingConsumer;

public sealed unsafe partial class EventRingProducer;

public sealed unsafe partial class RequestRingConsumer;

public sealed unsafe partial class RequestRingProducer;
