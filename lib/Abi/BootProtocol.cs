// What the host tool and the guest agree on: the command line, the exit value, where programs are loaded. Back to: Status.cs
namespace RingOS.Abi;

/// <summary>
/// The kernel command line: <c>placement=ring3 nic=e1000 -- iperf -c 10.0.2.2 -u</c>. Words before the lone <c>--</c> are
/// <c>name=value</c>; everything after it is the program to run and its arguments, separated by blanks, without quoting.
/// </summary>
/// <remarks><code>
///   placement=   monolithic, software, ring1, ring1-keys, ring3, ring3-queue, microkernel, none
///   nic=         e1000, e1000e, rtl8139, bcm5721 (the last one in machines of ringos hub)
///   io=          memory, port: where the driver finds its registers (memory); port for the rtl8139
///   batch=       1 to 32: frames handed to the driver at a time (1)
///   interrupts=  frame, moderated, poll (frame)
///   completion=  queued, wait, next (queued)
///   checksum=    software: the stack computes UDP checksums even if the NIC could (offload)
///   smep= smap=  on, off: whether the processor keeps the kernel from executing, or touching by mistake, a program's pages (on if it can)
///   watchdog=    milliseconds of a watchdog period (1000); a silent driver is noticed after six
///   restarts=    how often a supervisor starts a dead driver anew, and another the network service (0: there are none)
///   console=     programs: services may not write to the console (all)
///   service=     another NIC service of the boot archive, and fault= an argument for it (e1000e)
///   stack=       another network service of the boot archive, and stack-fault= an argument for it (microkernel)
///   address= mask= gateway=   dotted IPv4 addresses (QEMU's user network)
///   peer= also=  a service the program may call; a program that runs beside it (its arguments after commas), as often as wanted
///   start= linger=   microseconds before the program starts, and after it has ended until the machine does
///   clock=       simulated: time is told by a device, for machines that share one clock (the time-stamp counter)
///   peer-domain= ring1, ring1-keys: where that service runs (ring 3, in an address space of its own)
/// </code></remarks>
public static class BootProtocol
{
    /// <summary>Item of QEMU's firmware configuration that, if it is there, takes the place of the boot loader's command line.</summary>
    public const string CommandLineItem = "opt/ringos/commandline";

    /// <summary>I/O port of QEMU's isa-debugcon: what Cosmos says of itself goes there, not to the serial line.</summary>
    public const ushort DebugConsolePort = 0xE9;

    /// <summary>I/O port of QEMU's isa-debug-exit; writing v ends QEMU with exit code 2v+1.</summary>
    public const ushort DebugExitPort = 0xF4;

    /// <summary>
    /// Program number n (1 for the first process of a boot) is loaded at n times this, so that an address alone says in an
    /// execution trace whose instruction it was.
    /// </summary>
    public const ulong ProgramSpacing = 0x10_0000_0000;

    /// <summary>A driver in ring 1 is loaded at this plus its number times <see cref="ProgramSpacing"/>, in the kernel's half.</summary>
    public const ulong DriverHalf = 0xFFFF_E000_0000_0000;

    /// <summary>Where the kernel image is linked.</summary>
    public const ulong KernelBase = 0xFFFF_FFFF_8000_0000;

    /// <summary>File of the boot archive with the kernel's symbols, a line each: 16 hexadecimal digits, a blank, the name; sorted.</summary>
    public const string KernelSymbolsFile = "kernel.symbols";
}

/// <summary>What the guest writes to <see cref="BootProtocol.DebugExitPort"/> when it ends.</summary>
public enum GuestExit : byte
{
    /// <summary>A bug in the kernel; the report is on the serial line.</summary>
    Panic = 0x01,

    /// <summary>The command line or the boot archive cannot be used; the reason is on the serial line.</summary>
    BootFailed = 0x02,

    /// <summary>The program returned 0.</summary>
    Success = 0x10,

    /// <summary>The program was ended by a processor exception.</summary>
    ProgramFaulted = 0x11,

    /// <summary>The program returned another code c: this plus min(c, 31).</summary>
    ProgramFailed = 0x20,
}
