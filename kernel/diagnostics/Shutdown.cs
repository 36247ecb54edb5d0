// The way out of the machine: QEMU's isa-debug-exit, else a halt. Back to: KernelPanic.cs
using RingOS.Abi;
using RingOS.Kernel.Arch.X64;

namespace RingOS.Kernel.Diagnostics;

/// <summary>Ends the machine with a code for the host.</summary>
public static class Shutdown
{
    public static void Now(GuestExit reason)
    {
        Cpu.Out32(BootProtocol.DebugExitPort, (uint)reason);
        TextOutput.WriteLine("the machine may be switched off");
        Cpu.Halt();
    }
}
