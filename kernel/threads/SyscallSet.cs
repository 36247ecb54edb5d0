// Which system calls a process may make: the part of its grant that no handle stands for. Next: Process.cs
using RingOS.Abi;

namespace RingOS.Kernel.Threads;

/// <summary>
/// Minted by the kernel for each process; nothing adds to it. Calls that go through a handle are bounded by the handle first: where it is
/// missing, this set decides whether the answer is BadHandle or NotPermitted. So the hot calls pay nothing for it.
/// </summary>
/// <param name="bits">Bit n is call n.</param>
public readonly struct SyscallSet(uint bits)
{
    // Every process may enter the kernel, end, and let time pass.
    private const uint Common = (1u << (int)SyscallNumber.Null) | (1u << (int)SyscallNumber.Exit)
        | (1u << (int)SyscallNumber.Clock) | (1u << (int)SyscallNumber.Sleep);

    private const uint Serving = Common | (1u << (int)SyscallNumber.Receive) | (1u << (int)SyscallNumber.ReplyReceive)
        | (1u << (int)SyscallNumber.Signal);

    /// <summary>A program's: all of them.</summary>
    public static SyscallSet Program => new(uint.MaxValue);

    /// <summary>A driver service answers its endpoint, signals its stack and serves its interrupt line. It opens nothing.</summary>
    public static SyscallSet Driver => new(Serving | (1u << (int)SyscallNumber.Acknowledge));

    /// <summary>A network service also calls its driver.</summary>
    public static SyscallSet NetworkService => new(Serving | (1u << (int)SyscallNumber.Call));

    /// <summary>A supervisor waits for news of a service, asks for its restart, and says what it does.</summary>
    public static SyscallSet Supervisor
        => new(Common | (1u << (int)SyscallNumber.Wait) | (1u << (int)SyscallNumber.Ioctl) | (1u << (int)SyscallNumber.Write));

    /// <summary>The same, and this call too.</summary>
    public SyscallSet With(SyscallNumber number) => new(bits | (1u << (int)number));

    public bool Contains(SyscallNumber number) => (bits & (1u << (int)number)) != 0;
}
