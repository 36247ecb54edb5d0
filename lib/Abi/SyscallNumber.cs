// The kernel's whole interface: rax at the `syscall` instruction. Kernel side: kernel/syscalls, one file each. Next: Message.cs
namespace RingOS.Abi;

/// <summary>
/// Syscall numbers. Arguments go in rdi, rsi, rdx, r10, r8, r9 and the result comes back in rax (negated <see cref="Status"/>
/// on failure). rcx, r11 and the argument registers are clobbered, as by a call: they come back as zeros, but for the words of a message
/// (<see cref="Message"/>), which is what numbers from <see cref="Call"/> on answer with, and for what `syscall` itself does to rcx and r11.
/// </summary>
public enum SyscallNumber
{
    /// <summary>null(): enters and leaves the kernel. The yardstick for all others.</summary>
    Null = 0,

    /// <summary>exit(int code): never returns.</summary>
    Exit = 1,

    /// <summary>read(int handle, void* buffer, size_t length)</summary>
    Read = 2,

    /// <summary>write(int handle, const void* buffer, size_t length)</summary>
    Write = 3,

    /// <summary>open(const char* path, size_t pathLength, int flags): "/dev/console", "/dev/nic", or a file of the boot archive.</summary>
    Open = 4,

    /// <summary>close(int handle)</summary>
    Close = 5,

    /// <summary>ioctl(int handle, IoctlRequest request, void* argument)</summary>
    Ioctl = 6,

    /// <summary>socket(SocketKind kind): the handle of a new socket.</summary>
    Socket = 7,

    /// <summary>bind(int handle, const SocketAddress* address)</summary>
    Bind = 8,

    /// <summary>connect(int handle, const SocketAddress* address): resolves the next hop before it returns.</summary>
    Connect = 9,

    /// <summary>sendto(int handle, const void* buffer, size_t length, const SocketAddress* to)</summary>
    SendTo = 10,

    /// <summary>recvfrom(int handle, void* buffer, size_t length, SocketAddress* fromOrNull)</summary>
    ReceiveFrom = 11,

    /// <summary>clock(ClockKind kind): see <see cref="ClockKind"/>.</summary>
    Clock = 12,

    /// <summary>sleep(ulong nanoseconds)</summary>
    Sleep = 13,

    /// <summary>signal(int notification, ulong bits): never blocks. InvalidArgument for none, and for bits beyond <see cref="SignalWord.Signals"/>.</summary>
    Signal = 14,

    /// <summary>wait(int notification, ulong timeoutNanoseconds): waits for any bit; returns and clears the bits.</summary>
    Wait = 15,

    /// <summary>acknowledge(int interrupt): unmasks the line after its device has been served.</summary>
    Acknowledge = 16,

    /// <summary>call(int endpoint, w0, w1, w2, w3): sends and waits for the reply, which comes back in the same registers.</summary>
    Call = 28,

    /// <summary>
    /// receive(int endpoint): waits for a message or a bound notification. Receiving the signal of an interrupt does not unmask its line;
    /// <see cref="Acknowledge"/> does, or the <c>served</c> word of the next <see cref="ReplyReceive"/>.
    /// </summary>
    Receive = 29,

    /// <summary>
    /// reply_receive(int endpoint, w0, w1, w2, w3, ulong served): answers the caller served last, then waits for the next.
    /// <c>served</c> (r9) is the word seen in <see cref="StartupBlock.PendingSignals"/>, its signals served: they are cleared unless another has come
    /// since, and interrupt lines among them, and among signals received before that it adds, unmasked, without a syscall of their own.
    /// </summary>
    ReplyReceive = 30,
}

/// <summary>What <see cref="SyscallNumber.Clock"/> reads.</summary>
public enum ClockKind
{
    /// <summary>Nanoseconds since the Unix epoch.</summary>
    Wall = 0,

    /// <summary>Time-stamp-counter ticks that the processor spent halted since boot.</summary>
    IdleTicks = 1,
}
