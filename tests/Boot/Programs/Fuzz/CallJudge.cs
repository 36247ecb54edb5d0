// What no answer of the kernel may be. Next: Tally.cs
using System;
using RingOS.Abi;

namespace RingOS.Test.Fuzz;

/// <summary>Looks at the registers after a call, and at what the fuzzer knows of its handles.</summary>
/// <param name="handles">Changed as calls go.</param>
/// <param name="isInKernelHalf">The program runs in ring 1, where the kernel's addresses and its own look alike.</param>
/// <param name="keepsFlags">Not so for ring 1 with keys: entry.asm, iretq from the page that both reach.</param>
internal sealed class CallJudge(HandleModel handles, bool isInKernelHalf, bool keepsFlags)
{
    private const ulong KernelHalf = 0xFFFF_8000_0000_0000;
    private const ulong FirstMessage = (ulong)SyscallNumber.Call; // from here on the argument registers answer
    private const ulong KeptFlags = (1 << 10) | (1 << 14) | (1 << 18);

    /// <summary>What is wrong, in a word or two without blanks; empty if nothing is.</summary>
    public ReadOnlySpan<byte> Judge(ref CallRegisters call, Entry entry)
    {
        if (call.Broken != 0)
            return "register-not-kept"u8;
        if (keepsFlags && entry != Entry.CallGate && ((call.Flags ^ call.ResultFlags) & KeptFlags) != 0)
            return "flag-not-kept"u8;
        long result = (long)call.ResultRax;
        SyscallNumber number = call.Number;
        if (result < 0 && !IsStatus(-result))
            return "no-status"u8;
        if (number == CallRegisters.NoSuchCall && result != -(long)Status.NoSuchSyscall)
            return "unknown-call-answered"u8;
        if (result >= 0 && !IsPossible(ref call, number, result))
            return "impossible-result"u8;
        if (call.Rax < FirstMessage && (call.ResultRdi | call.ResultRsi | call.ResultRdx | call.ResultR10 | call.ResultR8 | call.ResultR9) != 0)
            return "register-not-cleared"u8;
        if (!isInKernelHalf && (IsKernelAddress(call.ResultRcx) || IsKernelAddress(call.ResultR11)))
            return "kernel-address-leaked"u8;
        return FollowHandles(ref call, number, result);
    }

    private static bool IsStatus(long status) => (Status)(int)status is Status.NotPermitted or Status.NoSuchFile or Status.Interrupted
        or Status.IoError or Status.NotExecutable or Status.BadHandle or Status.WouldBlock or Status.NoMemory or Status.AccessDenied
        or Status.BadAddress or Status.Busy or Status.NoSuchDevice or Status.InvalidArgument or Status.TooManyHandles
        or Status.UnsupportedRequest or Status.NoSuchSyscall or Status.NotSocket or Status.DestinationRequired or Status.MessageTooLong
        or Status.ProtocolNotSupported or Status.AddressFamilyNotSupported or Status.AddressInUse or Status.AddressNotAvailable
        or Status.NetworkDown or Status.NetworkUnreachable or Status.NoBufferSpace or Status.NotConnected or Status.TimedOut
        or Status.ConnectionRefused or Status.HostUnreachable or Status.PeerGone;

    private static bool IsPossible(ref CallRegisters call, SyscallNumber number, long result) => number switch
    {
        SyscallNumber.Read or SyscallNumber.Write or SyscallNumber.SendTo or SyscallNumber.ReceiveFrom => (ulong)result <= call.Rdx,
        SyscallNumber.Open or SyscallNumber.Socket => result < HandleModel.Capacity,
        SyscallNumber.Clock or SyscallNumber.Wait => true,
        _ => result == 0,
    };

    private static bool IsKernelAddress(ulong value) => value is >= KernelHalf and < ulong.MaxValue - 4095;

    private ReadOnlySpan<byte> FollowHandles(ref CallRegisters call, SyscallNumber number, long result)
    {
        if (number == SyscallNumber.Close)
        {
            int handle = (int)call.Rdi;
            bool wasOpen = handles[handle] != HandleKind.None;
            handles[handle] = HandleKind.None;
            return result == (wasOpen ? 0 : -(long)Status.BadHandle) ? default : "close-disagrees"u8;
        }
        if (number is not (SyscallNumber.Open or SyscallNumber.Socket) || result < 0)
            return default;
        bool wasFree = handles[(int)result] == HandleKind.None;
        handles[(int)result] = number == SyscallNumber.Socket ? HandleKind.Socket : HandleKind.File;
        return wasFree ? default : "handle-given-twice"u8;
    }
}
