// An IPv4 endpoint as programs pass it, and the requests ioctl() knows. Next: StartupBlock.cs
using System.Runtime.InteropServices;

namespace RingOS.Abi;

/// <summary>An IPv4 endpoint in a program's memory: 8 bytes, both fields in host byte order.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct SocketAddress
{
    public const int Size = 8;

    /// <summary>10.0.2.15 is 0x0A00020F.</summary>
    public uint Address;

    public ushort Port;
    public ushort Reserved;
}

/// <summary>Requests of ioctl().</summary>
public enum IoctlRequest
{
    /// <summary>Socket: the argument is the receive time-out itself in nanoseconds, not a pointer; 0 waits for ever.</summary>
    SetReceiveTimeout = 1,

    /// <summary>Socket: the argument points to a <see cref="SocketAddress"/>, filled with the local endpoint.</summary>
    GetLocalAddress = 2,

    /// <summary>"/dev/nic": the argument points to <see cref="NicCounter.Count"/> 64-bit counters, filled.</summary>
    GetNicCounters = 3,

    /// <summary>"/dev/kernel": the argument points to <see cref="KernelCounter.Count"/> 64-bit counters, filled.</summary>
    GetKernelCounters = 4,
}

/// <summary>What the kernel counts, always: one increment each.</summary>
public enum KernelCounter
{
    /// <summary>Changes of ring, either direction.</summary>
    RingCrossings = 0,
    AddressSpaceSwitches = 1,
    ThreadSwitches = 2,
    Messages = 3,
    Notifications = 4,
    Interrupts = 5,
    CopiedBytes = 6,
    Syscalls = 7,
    Count = 8,
}
