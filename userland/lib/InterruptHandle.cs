// A device's interrupt line as a driver's host holds it. It arrives as a bound notification. Next: Files.cs
using RingOS.Abi;

namespace RingOS.User;

/// <summary>An interrupt line: masked by the kernel when it fires, until it is acknowledged.</summary>
public readonly struct InterruptHandle(int handle)
{
    /// <summary>Unmasks the line, after the device has been served.</summary>
    public Status Acknowledge() => (Status)(-Syscall.Acknowledge(handle));
}
