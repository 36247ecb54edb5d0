// Why a system call is refused: it is not in the caller's grant, or its handle will not do. Back to: ../threads/SyscallSet.cs
using System.Runtime.CompilerServices;
using RingOS.Abi;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Syscalls;

/// <summary>What handlers share when they say no.</summary>
internal static class Refusal
{
    /// <summary>Whether the caller's grant names this call. For calls that go through a handle, <see cref="Of"/> is enough.</summary>
    public static bool IsPermitted(SyscallNumber number) => KernelEntry.Caller.Process!.Syscalls.Contains(number);

    /// <summary>The answer to a call whose handle will not do, negated.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)] // keeps the way of success short
    public static long Of(SyscallNumber number, int handle, HandleRights needed)
        => -(long)(IsPermitted(number) ? KernelEntry.Caller.Handles.Refusal(handle, needed) : Status.NotPermitted);
}
