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

    /// <summary>
    /// Driver, for its supervisor: silences and resets the device and takes its packets back. Network service, for its own: ends it, and
    /// does the same with its driver. The argument is 0.
    /// </summary>
    ResetDriver = 5,

    /// <summary>Driver, network service: starts it anew with a fresh grant, and waits until it answers. Ok if it runs already and is well.</summary>
    StartDriver = 6,

    /// <summary>Driver, network service: it will not come back; from now on writes fail with NetworkDown.</summary>
    AbandonDriver = 7,

    /// <summary>Socket: the argument is a <see cref="QueuePolicy"/> itself, not a pointer.</summary>
    SetQueuePolicy = 8,

    /// <summary>"/dev/kernel": the argument points to <see cref="KernelBook.Count"/> 64-bit numbers, filled.</summary>
    GetKernelBooks = 9,
}

/// <summary>What a write does when there is no room in the transmit queue: no free packet, or none in the NIC's ring.</summary>
public enum QueuePolicy
{
    /// <summary>ENOBUFS at once, as BSD's datagram sockets when an interface queue is full. Every socket begins so.</summary>
    Fail = 0,

    /// <summary>Waits for room, as a blocking socket of Linux whose send buffer (SO_SNDBUF) is full. ENOBUFS if there is none for 5 seconds.</summary>
    Block = 1,

    /// <summary>EAGAIN at once, as a socket with FIONBIO or O_NONBLOCK. Only writes: reading has its time-out.</summary>
    Again = 2,
}

/// <summary>Bits of <see cref="WellKnownHandle.DriverEvents"/>: what became of a driver, or of the network service.</summary>
[System.Flags]
public enum DriverEvent : ulong
{
    None = 0,

    /// <summary>It returned or panicked, a grant violation among the reasons.</summary>
    Exited = 1 << 0,

    /// <summary>The processor refused what it did.</summary>
    Faulted = 1 << 1,

    /// <summary>It did not answer in time.</summary>
    Silent = 1 << 2,

    /// <summary>It used more than its share of the processor, for as long as a silent one would have been waited for.</summary>
    Hogging = 1 << 3,
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

    /// <summary>Times a service had used up its budget of processor time in a window, and waited like a program until the window ended.</summary>
    Demotions = 8,
    Count = 9,
}
