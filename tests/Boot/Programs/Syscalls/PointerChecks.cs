// Bad pointers and lengths for every call that takes one, without a network. Next: HandleChecks.cs
using RingOS.Abi;
using RingOS.User;

namespace RingOS.Test.Syscalls;

/// <summary>Each must be EFAULT, and the kernel goes on.</summary>
internal static class PointerChecks
{
    private const ulong Huge = 1ul << 62;

    public static void Run()
    {
        long program = Kernel.Open("/bin/syscalls"u8);
        long counters = Kernel.Open("/dev/kernel"u8);
        foreach (ulong pointer in BadPointers.All())
        {
            Check.Fails("write from"u8, pointer, Status.BadAddress, Kernel.Write(WellKnownHandle.StandardOutput, pointer, 16));
            Check.Fails("read to"u8, pointer, Status.BadAddress, Kernel.Read(program, pointer, 16));
            Check.Fails("open"u8, pointer, Status.BadAddress, Kernel.Open(pointer, 16));
            Check.Fails("ioctl to"u8, pointer, Status.BadAddress, Kernel.Ioctl(counters, IoctlRequest.GetKernelCounters, pointer));
        }
        NothingIsWritableThatIsNot(program, counters);
        LengthsDoNotWrap(program);
        EmptyBuffersMayBeAnywhere(program);
        TheFileHasNotMoved(program);
    }

    private static void NothingIsWritableThatIsNot(long program, long counters)
    {
        ulong constant = Kernel.AddressOf("a constant of the program"u8);
        Check.Fails("read to constants"u8, Status.BadAddress, Kernel.Read(program, constant, 16));
        Check.Fails("ioctl to constants"u8, Status.BadAddress, Kernel.Ioctl(counters, IoctlRequest.GetKernelCounters, constant));
        Check.Fails("read to code"u8, Status.BadAddress, Kernel.Read(program, OddCalls.Code, 16));
        ulong startup = (Startup.Block.HeapStart & ~(BootProtocol.ProgramSpacing - 1)) + 0xD_0000_0000; // ProcessLayout.StartupPage
        Check.Fails("read to the start-up page"u8, Status.BadAddress, Kernel.Read(program, startup, 16));
        Check.Fails("read across the start-up page"u8, Status.BadAddress, Kernel.Read(program, startup + 4096 - 8, 16));
    }

    private static void LengthsDoNotWrap(long program)
    {
        ulong end = BadPointers.HeapEnd - 16;
        foreach (ulong length in (ulong[])[17, 4096, Huge, 1ul << 63, ulong.MaxValue - end, ulong.MaxValue - end + 2, ulong.MaxValue])
        {
            Check.Fails("write this much"u8, length, Status.BadAddress, Kernel.Write(WellKnownHandle.StandardOutput, end, length));
            Check.Fails("read this much"u8, length, Status.BadAddress, Kernel.Read(program, end, length));
            Status expected = length == 17 ? Status.BadAddress : Status.NoSuchFile; // longer than any path
            Check.Fails("open a path this long"u8, length, expected, Kernel.Open(end, length));
        }
        // The console takes 256 bytes at a time, so this much is there before the end of memory is met.
        System.Span<byte> lastBytes = OddCalls.Bytes(BadPointers.HeapEnd - 300, 300);
        lastBytes.Fill((byte)'.');
        lastBytes[255] = (byte)'\n';
        Check.Equal("write what is there"u8, 256, Kernel.Write(WellKnownHandle.StandardOutput, BadPointers.HeapEnd - 300, 600));
    }

    private static void EmptyBuffersMayBeAnywhere(long program)
    {
        Check.Equal("write nothing from null"u8, 0, Kernel.Write(WellKnownHandle.StandardOutput, 0, 0));
        Check.Equal("write nothing from the kernel"u8, 0, Kernel.Write(WellKnownHandle.StandardOutput, ulong.MaxValue - 15, 0));
        Check.Equal("read nothing to null"u8, 0, Kernel.Read(program, 0, 0));
        Check.Fails("open nothing"u8, Status.NoSuchFile, Kernel.Open(0, 0));
    }

    private static void TheFileHasNotMoved(long program)
    {
        byte[] magic = new byte[4];
        Check.Equal("read after all that"u8, 4, Kernel.Read(program, Kernel.AddressOf(magic), 4));
        Check.True("the file starts as it should"u8, magic[0] == 0x7F && magic[1] == (byte)'E' && magic[2] == (byte)'L' && magic[3] == (byte)'F');
    }
}
