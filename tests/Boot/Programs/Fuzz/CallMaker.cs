// Makes a system call out of random numbers: right in most of its parts, wrong in one or two. Next: CallJudge.cs
using System;
using RingOS.Abi;
using RingOS.User;

namespace RingOS.Test.Fuzz;

/// <summary>
/// Fills the registers of a call. Nothing here waits for ever, so that a run ends: time-outs are short or refused, and a service is
/// called only by the one process that its peer is.
/// </summary>
internal sealed class CallMaker(HandleModel handles, CallRandom random, bool isService)
{
    private const ulong OddFlags = (1 << 10) | (1 << 14) | (1 << 18); // direction, nested task, alignment check
    private const ulong ReservedFlag = 2;
    private const ulong LongestWait = 300_000; // nanoseconds
    private const ulong TooLongSleep = 1ul << 60;
    private const ulong FirstPage = 0x1000;
    private const ulong RareCloses = 64; // of endpoints and notifications, which nobody gives back

    // Of 128 calls, by number; the rest is numbers that there are none of. Exit is the fuzzer's own business.
    private static ReadOnlySpan<byte> Shares => [4, 0, 14, 16, 12, 12, 12, 8, 4, 2, 10, 6, 4, 3, 6, 4, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 1, 3];

    /// <summary>Bytes that a call which succeeds may write at <see cref="Output"/>.</summary>
    public ulong OutputLength { get; private set; }

    public ulong Output { get; private set; }

    public void Make(ref CallRegisters call)
    {
        OutputLength = 0;
        call = default;
        call.Rax = Number();
        call.Rdi = random.Next();
        call.Rsi = random.Next();
        call.Rdx = random.Next();
        call.R10 = random.Next();
        call.R8 = random.Next();
        call.R9 = random.Next();
        call.Flags = ReservedFlag | (random.OneIn(4) ? random.Next() & OddFlags : 0);
        Fill(ref call, call.Number);
    }

    public static ReadOnlySpan<byte> Path(ulong number) => number switch
    {
        0 => "/dev/kernel"u8,
        1 => "/dev/nic"u8,
        2 => "/etc/fuzz"u8,
        3 => "/bin/fuzz"u8,
        4 => "/kernel.symbols"u8,
        _ => "/service/fuzz"u8,
    };

    public const int Paths = 6;

    private ulong Number()
    {
        ulong left = random.Below(128);
        for (int number = 0; number < Shares.Length; number++)
        {
            if (left < Shares[number])
                return (ulong)number;
            left -= Shares[number];
        }
        ulong none = random.OneIn(2) ? (ulong)SyscallNumber.Acknowledge + random.Below(32) : random.Next();
        return CallRegisters.IsCall(none) ? ulong.MaxValue : none;
    }

    private void Fill(ref CallRegisters call, SyscallNumber number)
    {
        switch (number)
        {
            case SyscallNumber.Read:
            case SyscallNumber.ReceiveFrom:
                FillRead(ref call, number);
                break;
            case SyscallNumber.Write:
            case SyscallNumber.SendTo:
                FillWrite(ref call, number);
                break;
            case SyscallNumber.Open:
                FillOpen(ref call);
                break;
            case SyscallNumber.Close:
                int closed = (int)(call.Rdi = handles.Pick(random));
                bool isRare = handles[closed] == HandleKind.Given && !random.OneIn(RareCloses);
                if (HandleModel.IsKept(closed) || isRare)
                    call.Rdi = ulong.MaxValue;
                break;
            case SyscallNumber.Ioctl:
                FillControl(ref call);
                break;
            case SyscallNumber.Socket:
                call.Rdi = random.OneIn(8) ? random.Next() : random.Below(3);
                break;
            case SyscallNumber.Bind:
            case SyscallNumber.Connect:
                call.Rdi = handles.Pick(random, HandleKind.Socket);
                call.Rsi = Arena.Address(random);
                break;
            case SyscallNumber.Clock:
                call.Rdi = random.OneIn(8) ? random.Next() : random.Below(3);
                break;
            case SyscallNumber.Sleep:
                call.Rdi = random.OneIn(4) ? TooLongSleep + 1 + (random.Next() >> 1) : random.Below(LongestWait);
                break;
            default:
                FillMessage(ref call, number);
                break;
        }
    }

    private void FillRead(ref CallRegisters call, SyscallNumber number)
    {
        call.Rdi = number == SyscallNumber.Read ? handles.Pick(random) : handles.Pick(random, HandleKind.Socket);
        call.Rsi = Arena.Pointer(random);
        call.Rdx = Length(call.Rsi);
        call.R10 = random.OneIn(3) ? 0 : Arena.SenderPointer(random);
        Output = call.Rsi;
        OutputLength = call.Rdx;
    }

    private void FillWrite(ref CallRegisters call, SyscallNumber number)
    {
        call.Rdi = number == SyscallNumber.Write && random.OneIn(2) ? handles.Pick(random) : handles.Pick(random, HandleKind.Socket);
        call.Rsi = Arena.Pointer(random);
        call.Rdx = Length(call.Rsi);
        if (random.OneIn(4))
            Arena.EchoRequest(call.Rsi);
        call.R10 = Arena.Address(random);
        if (handles[(int)call.Rdi] == HandleKind.Console && call.Rsi >= FirstPage)
            call.Rdx = 0; // the host reads what is printed
    }

    private void FillOpen(ref CallRegisters call)
    {
        call.Rdi = Arena.Inside(random);
        call.Rsi = (ulong)Arena.Path(call.Rdi, Path(random.Below(Paths)));
        switch (random.Below(8))
        {
            case 0:
                call.Rdi = Arena.Pointer(random);
                break;
            case 1:
                call.Rsi = Length(call.Rdi);
                break;
        }
    }

    private void FillControl(ref CallRegisters call)
    {
        call.Rdi = handles.Pick(random);
        call.Rsi = random.OneIn(8) ? random.Next() : random.Below((ulong)IoctlRequest.GetKernelBooks + 2);
        call.Rdx = Arena.Pointer(random);
        Output = call.Rdx;
        OutputLength = (IoctlRequest)(int)call.Rsi switch
        {
            IoctlRequest.GetKernelCounters => (ulong)KernelCounter.Count * sizeof(ulong),
            IoctlRequest.GetKernelBooks => (ulong)KernelBook.Count * sizeof(ulong),
            IoctlRequest.GetNicCounters => (ulong)NicCounter.Count * sizeof(ulong),
            _ => sizeof(ulong),
        };
        if ((int)call.Rsi == (int)IoctlRequest.SetReceiveTimeout)
            call.Rdx = 1 + random.Below(LongestWait);
        else if ((int)call.Rsi == (int)IoctlRequest.SetQueuePolicy)
            call.Rdx = random.Below(4);
    }

    // Wherever a call could wait for somebody who never comes, it gets a handle that is good for nothing; wait() gets a time-out.
    private void FillMessage(ref CallRegisters call, SyscallNumber number)
    {
        call.Rdi = handles.Pick(random);
        int handle = (int)call.Rdi;
        if (number == SyscallNumber.Call && !isService && random.OneIn(2))
            call.Rdi = WellKnownHandle.NicEndpoint;
        else if (number is SyscallNumber.Receive or SyscallNumber.ReplyReceive && isService && random.OneIn(2))
            call.Rdi = WellKnownHandle.OwnEndpoint;
        else if (number == SyscallNumber.Signal && random.OneIn(2))
            call.Rdi = (ulong)(isService ? WellKnownHandle.SocketNotification : WellKnownHandle.StackNotification);
        else if (number == SyscallNumber.Wait)
            call.Rsi = 1 + random.Below(LongestWait);
        if (number == SyscallNumber.Signal && random.OneIn(2))
            call.Rsi = random.Below(SignalWord.Signals + 1);
        if (number == SyscallNumber.Wait && handle != WellKnownHandle.SocketNotification && random.OneIn(2))
            call.Rdi = WellKnownHandle.SocketNotification;
        if (call.Rsi == FuzzPeer.Finish)
            call.Rsi = 0;
    }

    private ulong Length(ulong pointer) => random.Below(16) switch
    {
        0 => 0,
        1 => PacketLayout.MaximumUdpPayload + random.Below(2),
        2 => 4095 + random.Below(3),
        3 => 1ul << (int)random.Below(64),
        4 => 0 - random.Below(8192),
        5 => (1ul << 32) + random.Below(64),
        6 => Arena.End - pointer + random.Below(3) - 1,
        7 or 8 => random.Below(2048),
        _ => random.Below(64),
    };
}
