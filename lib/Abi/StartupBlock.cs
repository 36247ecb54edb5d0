// What a new process finds: its arguments and, for a service, its grant. The entry point gets its address in rdi. Next: BootProtocol.cs
using System.Runtime.InteropServices;

namespace RingOS.Abi;

/// <summary>The first bytes of the read-only start-up page; addresses are in the process's own address space.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct StartupBlock
{
    public const int Size = 176;

    /// <summary>Room for arguments after the block, inside the one start-up page.</summary>
    public const int ArgumentsOffset = Size;

    /// <summary>Arguments, the program's name first.</summary>
    public ulong ArgumentCount;

    /// <summary>NUL-terminated ASCII strings one after the other, at <see cref="ArgumentsOffset"/>; their length in bytes together.</summary>
    public ulong ArgumentBytes;

    public ulong HeapStart;
    public ulong HeapLength;
    public ulong TicksPerSecond;

    /// <summary>Time-stamp counter when the wall clock stood at <see cref="BootWallNanoseconds"/>.</summary>
    public ulong BootTicks;

    public ulong BootWallNanoseconds;

    /// <summary>The device's register window and its length in bytes; 0 if none was granted.</summary>
    public ulong RegistersAddress;

    public ulong RegistersLength;

    /// <summary>Descriptor memory: where the process sees it, where the device sees it, bytes.</summary>
    public ulong DmaAddress;

    public ulong DmaDeviceAddress;
    public ulong DmaLength;

    /// <summary>The packet pool: address (0 for a driver, which must not see payload, unless its device cannot do without copies), device address, count of buffers.</summary>
    public ulong PacketsAddress;

    public ulong PacketsDeviceAddress;
    public ulong PacketCount;

    /// <summary>Two pages of an event ring (producer's, then consumer's); 0 if none. See <see cref="EventRing"/>.</summary>
    public ulong EventRingAddress;

    /// <summary>Signals to the notification bound to this process that it has not received yet, a <see cref="SignalWord"/>; the kernel changes it at any time.</summary>
    public ulong PendingSignals;

    public const int PendingSignalsOffset = 128;

    /// <summary>NIC services: two pages of a request ring (the stack's, then the driver's); 0 if none. See <see cref="RequestRing"/>.</summary>
    public ulong RequestRingAddress;

    /// <summary>NIC services: an <see cref="Abi.InterruptMode"/>.</summary>
    public ulong InterruptMode;

    /// <summary>Nanoseconds of simulated time, changed by the kernel when time has passed; 0 where the time-stamp counter is the clock.</summary>
    public ulong SimulatedNow;

    public const int SimulatedNowOffset = 152;

    /// <summary>NIC services: ports granted in the place of registers in memory, and how many; 0 if none.</summary>
    public ulong FirstPort;

    public ulong PortCount;
}

/// <summary>Handles every process or service finds open, so that no name service is needed to start.</summary>
public static class WellKnownHandle
{
    public const int StandardInput = 0;
    public const int StandardOutput = 1;
    public const int StandardError = 2;

    /// <summary>Services: the endpoint they answer on.</summary>
    public const int OwnEndpoint = 3;

    /// <summary>NIC service: its interrupt line.</summary>
    public const int Interrupt = 4;

    /// <summary>NIC service: the notification of the stack above, signalled when the event ring has news.</summary>
    public const int StackNotification = 5;

    /// <summary>Network service: the endpoint of the NIC service.</summary>
    public const int NicEndpoint = 6;

    /// <summary>Network service: the notification the kernel's socket layer waits on; the bits say nothing more than "look again".</summary>
    public const int SocketNotification = 7;

    /// <summary>Supervisor: the driver, or the network service, it looks after, for the requests <see cref="IoctlRequest.ResetDriver"/> and those after it.</summary>
    public const int Driver = 8;

    /// <summary>Supervisor: the notification that says what became of it, in bits of <see cref="DriverEvent"/>.</summary>
    public const int DriverEvents = 9;
}
