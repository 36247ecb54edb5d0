// A number that no syscall has. Back to: ../arch/x64/SyscallTable.cs
using RingOS.Abi;
using RingOS.Kernel.Arch.X64;

namespace RingOS.Kernel.Syscalls;

/// <summary>Any number without a handler.</summary>
internal static class Unknown
{
    public static long Handle(ref Registers arguments) => -(long)Status.NoSuchSyscall;
}
