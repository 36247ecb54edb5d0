// Numbers that are no system call, arguments out of range, flags and stacks that a program may bring along. Next: MessageChecks.cs
using RingOS.Abi;

namespace RingOS.Test.Syscalls;

/// <summary>Nothing of it reaches into the kernel, and nothing of the kernel comes out.</summary>
internal static class OddCallChecks
{
    private const ulong KernelHalf = 0xFFFF_8000_0000_0000;

    public static void Run()
    {
        Numbers();
        Arguments();
        Flags();
        Stacks();
        Leaks();
    }

    private static void Numbers()
    {
        Check.Equal("null"u8, 0, OddCalls.WithNumber(0));
        foreach (ulong number in (ulong[])[20, 21, 31, 32, 255, 256, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, ulong.MaxValue])
            Check.Fails("call number"u8, number, Status.NoSuchSyscall, OddCalls.WithNumber(number));
    }

    private static void Arguments()
    {
        Check.Fails("clock of no kind"u8, Status.InvalidArgument, Kernel.Invoke(SyscallNumber.Clock, 2));
        Check.Fails("clock of another kind"u8, Status.InvalidArgument, Kernel.Invoke(SyscallNumber.Clock, -1));
        Check.Fails("sleep for ever"u8, Status.InvalidArgument, Kernel.Sleep(ulong.MaxValue));
        Check.Equal("sleep not at all"u8, 0, Kernel.Sleep(0));
        Check.Equal("sleep a little"u8, 0, Kernel.Sleep(1));
        Check.True("the clock goes"u8, Kernel.Invoke(SyscallNumber.Clock, (long)ClockKind.Wall) > 0);
    }

    private static void Flags()
    {
        byte[] magic = new byte[4];
        long file = Kernel.Open("/bin/syscalls"u8);
        Check.Equal("write with odd flags"u8, 5,
            OddCalls.Backwards((ulong)SyscallNumber.Write, WellKnownHandle.StandardOutput, Kernel.AddressOf("odd.\n"u8), 5));
        Check.Equal("read with odd flags"u8, 4, OddCalls.Backwards((ulong)SyscallNumber.Read, file, Kernel.AddressOf(magic), 4));
        Check.True("and in the right order"u8, magic[0] == 0x7F && magic[3] == (byte)'F');
        Check.Fails("read to the kernel with odd flags"u8, Status.BadAddress,
            OddCalls.Backwards((ulong)SyscallNumber.Read, file, KernelHalf, 16));
        Check.Equal("sleep with odd flags"u8, 0, OddCalls.Backwards((ulong)SyscallNumber.Sleep, 1_000_000, 0, 0));
    }

    private static void Stacks()
    {
        foreach (ulong stack in (ulong[])[0, 1, 0x1000, 1ul << 47, KernelHalf + 0x10_0000, 0xFFFF_FFFF_8020_0000, ulong.MaxValue])
            Check.Equal("null on an odd stack"u8, 0, OddCalls.WithStack(stack));
    }

    private static void Leaks()
    {
        byte[] buffer = new byte[64];
        ulong address = Kernel.AddressOf(buffer);
        long file = Kernel.Open("/bin/syscalls"u8);
        Check.True("null leaks nothing"u8, OddCalls.AndLook((ulong)SyscallNumber.Null, 0, 0, 0) < KernelHalf);
        Check.True("read leaks nothing"u8, OddCalls.AndLook((ulong)SyscallNumber.Read, file, address, 64) < KernelHalf);
        Check.True("a failed read leaks nothing"u8, OddCalls.AndLook((ulong)SyscallNumber.Read, file, 0, 64) < KernelHalf);
        Check.True("sleep leaks nothing"u8, OddCalls.AndLook((ulong)SyscallNumber.Sleep, 1_000_000, 0, 0) < KernelHalf);
        Check.True("open leaks nothing"u8, OddCalls.AndLook((ulong)SyscallNumber.Open, (long)address, 5, 0) < KernelHalf);
    }
}
