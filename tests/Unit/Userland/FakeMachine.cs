// A kernel with a console, a clock and one socket, scripted by the userland tests. Next: FakeIperfServer.cs
using System;
using System.Collections.Generic;
using System.Text;
using RingOS.Abi;
using RingOS.User;
using Xunit;

namespace RingOS.Tests.Unit.Userland;

/// <summary>Programs share the console's line buffer and errno: one at a time.</summary>
[CollectionDefinition("Program", DisableParallelization = true)]
public sealed class ProgramCollection;

/// <summary>One tick is one nanosecond unless a test calibrates the clock. Time moves when it is read, slept or waited away.</summary>
public sealed class FakeMachine : FakeKernel
{
    public const int SocketHandle = 20;
    public const int KernelHandle = 21;
    public const int NicHandle = 22;
    public const ulong BootWall = 1_767_225_600_000_000_000; // 2026-01-01

    private readonly StringBuilder _console = new();
    private readonly Queue<byte[]> _inbox = new();
    private ulong _timeout;
    private ulong _counterReads;

    public FakeMachine()
    {
        Syscall.Kernel = this;
        Clock.Calibrate(Clock.NanosecondsPerSecond, 0, BootWall);
        Errno.Last = Status.Ok;
        RingOS.User.Console.Flush();
        _console.Clear();
    }

    public ulong Now { get; set; } = 1_000;

    /// <summary>Ticks that pass with every look at the clock.</summary>
    public ulong TicksPerLook { get; set; } = 1_000;

    public List<byte[]> Sent { get; } = [];

    public List<ulong> SentAt { get; } = [];

    public List<ulong> Sleeps { get; } = [];

    /// <summary>The outcome of the nth write to the socket (from 0); Ok if not set.</summary>
    public Func<int, Status> WriteOutcome { get; set; } = _ => Status.Ok;

    /// <summary>How long the nth write to the socket takes.</summary>
    public Func<int, ulong> WriteTicks { get; set; } = _ => 0;

    /// <summary>Called before each receive; what it returns arrives first. Null for nothing.</summary>
    public Func<byte[]?> Arrival { get; set; } = () => null;

    /// <summary>Where received datagrams come from.</summary>
    public SocketAddress Sender { get; set; } = new() { Address = 0x0A000202, Port = 5001 };

    /// <summary>Where sendto() sent to.</summary>
    public List<SocketAddress> SentTo { get; } = [];

    public ushort BoundPort { get; private set; }

    public Status BindOutcome { get; set; }

    /// <summary>Time-outs set, in order.</summary>
    public List<ulong> Timeouts { get; } = [];

    /// <summary>What comes back for a datagram that was taken; null for nothing.</summary>
    public Func<byte[], byte[]?> Peer { get; set; } = _ => null;

    public Status ConnectOutcome { get; set; }

    public Status EmptyInbox { get; set; } = Status.TimedOut;

    public bool HasKernelDevice { get; set; } = true;

    /// <summary>What "/dev/nic" counts; null if there is none.</summary>
    public Func<NicCounter, ulong>? NicCounters { get; set; } = static counter => 4_000 + (ulong)counter;

    public Status NicOutcome { get; set; }

    /// <summary>Handles closed.</summary>
    public int Closed { get; private set; }

    /// <summary>Time passes in sleep only.</summary>
    public bool IsSimulated { get; set; }

    public override bool IsClockSimulated => IsSimulated;

    /// <summary>As the socket was told last; null if it was not.</summary>
    public QueuePolicy? QueuePolicy { get; private set; }

    public Status PolicyOutcome { get; set; }

    public int Writes { get; private set; }

    public string Output => _console.ToString();

    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static Arguments CommandLine(string words)
    {
        string[] parts = words.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new Arguments(Encoding.ASCII.GetBytes(string.Join('\0', parts) + '\0'), parts.Length);
    }

    public override ulong ReadTimeStamp() => Now += IsSimulated ? 0 : TicksPerLook;

    public override long Write(int handle, ReadOnlySpan<byte> buffer)
    {
        if (handle == WellKnownHandle.StandardOutput)
        {
            _console.Append(Encoding.ASCII.GetString(buffer));
            return buffer.Length;
        }
        Assert.Equal(SocketHandle, handle);
        Now += WriteTicks(Writes);
        Status outcome = WriteOutcome(Writes++);
        if (outcome != Status.Ok)
            return -(long)outcome;
        Sent.Add(buffer.ToArray());
        SentAt.Add(Now);
        if (Peer(Sent[^1]) is { } answer)
            _inbox.Enqueue(answer);
        return buffer.Length;
    }

    public override long ReceiveFrom(int handle, Span<byte> buffer, ref SocketAddress from)
    {
        if (Arrival() is { } arrival)
            _inbox.Enqueue(arrival);
        if (_inbox.Count == 0)
        {
            if (EmptyInbox == Status.TimedOut)
                Now += _timeout;
            return -(long)EmptyInbox;
        }
        byte[] datagram = _inbox.Dequeue();
        int length = Math.Min(datagram.Length, buffer.Length);
        datagram.AsSpan(0, length).CopyTo(buffer);
        from = Sender;
        return length;
    }

    public override long SendTo(int handle, ReadOnlySpan<byte> buffer, ref SocketAddress to)
    {
        SentTo.Add(to);
        return Write(handle, buffer);
    }

    public override long Bind(int handle, ref SocketAddress address)
    {
        BoundPort = address.Port;
        return -(long)BindOutcome;
    }

    public override long Open(ReadOnlySpan<byte> path)
        => Encoding.ASCII.GetString(path) switch
        {
            "/dev/kernel" when HasKernelDevice => KernelHandle,
            "/dev/nic" when NicCounters is not null => NicHandle,
            _ => -(long)Status.NoSuchFile,
        };

    public override long Connect(int handle, ref SocketAddress address) => -(long)ConnectOutcome;

    public override long Ioctl(int handle, IoctlRequest request, ulong argument)
    {
        if (request == IoctlRequest.SetQueuePolicy)
        {
            QueuePolicy = (QueuePolicy)argument;
            return -(long)PolicyOutcome;
        }
        Assert.Equal(IoctlRequest.SetReceiveTimeout, request);
        _timeout = argument;
        Timeouts.Add(argument);
        return 0;
    }

    public override long Ioctl(int handle, IoctlRequest request, ref SocketAddress address)
    {
        Assert.Equal(IoctlRequest.GetLocalAddress, request);
        address.Address = 0x0A00020F;
        address.Port = 49152;
        return 0;
    }

    // As the kernel: reading costs two crossings, one system call and 64 copied bytes; a datagram written costs the same and its bytes.
    public override long Ioctl(int handle, IoctlRequest request, Span<ulong> counters)
    {
        if (handle == NicHandle)
            return ReadNic(request, counters);
        Assert.Equal(KernelHandle, handle);
        Assert.Equal((int)KernelCounter.Count, counters.Length);
        counters.Clear();
        ulong syscalls = (ulong)Writes + _counterReads++;
        counters[(int)KernelCounter.Syscalls] = syscalls;
        counters[(int)KernelCounter.RingCrossings] = 2 * syscalls;
        counters[(int)KernelCounter.CopiedBytes] = 64 * syscalls;
        counters[(int)KernelCounter.Interrupts] = (ulong)Writes;
        return 0;
    }

    private long ReadNic(IoctlRequest request, Span<ulong> counters)
    {
        Assert.Equal((IoctlRequest.GetNicCounters, (int)NicCounter.Count), (request, counters.Length));
        for (NicCounter counter = 0; counter < NicCounter.Count; counter++)
            counters[(int)counter] = NicCounters!(counter);
        return -(long)NicOutcome;
    }

    public override long Invoke(SyscallNumber number, ulong first, ulong second)
    {
        switch (number)
        {
            case SyscallNumber.Socket:
                return SocketHandle;
            case SyscallNumber.Close:
                Closed++;
                return 0;
            case SyscallNumber.Sleep:
                Sleeps.Add(first);
                Now += first;
                return 0;
            case SyscallNumber.Clock:
                return 77;
            default:
                return -(long)Status.NoSuchSyscall;
        }
    }
}
