// A process: an address space, handles and one thread; a protection domain. Back to: Processor.cs
using RingOS.Abi;
using RingOS.Kernel.Memory;

namespace RingOS.Kernel.Threads;

/// <summary>How a process ended.</summary>
public enum ProcessEnd
{
    Running,
    Exited,
    Faulted,

    /// <summary>Ended from outside, because it did not answer.</summary>
    Killed,
}

/// <summary>Told when a process ends: the placement whose service it was, or the boot sequence for the program.</summary>
public interface IProcessObserver
{
    void OnProcessEnded(Process process);
}

/// <summary>A running program or service.</summary>
public sealed class Process(int number, byte[] name, AddressSpace space, ulong imageBase)
{
    /// <summary>1 for the first of a boot; its image is loaded at this many times <see cref="BootProtocol.ProgramSpacing"/>.</summary>
    public int Number { get; } = number;

    /// <summary>ASCII.</summary>
    public byte[] Name { get; } = name;

    public AddressSpace Space { get; } = space;

    /// <summary>Physical address of its top page table, for CR3.</summary>
    public ulong Root { get; } = space.Root.Value;

    public ulong ImageBase { get; } = imageBase;

    /// <summary>It runs in ring 1, in a slot of the kernel's half.</summary>
    public bool IsInKernelHalf => Root == 0;

    public HandleTable Handles { get; } = new();

    /// <summary>System calls it may make.</summary>
    public SyscallSet Syscalls { get; init; } = SyscallSet.Program;

    public Thread? Thread { get; set; }

    /// <summary>Where it sees simulated time, once it has been shown any.</summary>
    public Memory.SharedWord? Time { get; set; }

    /// <summary>Physical frames it has taken, page tables included; 0 once they are free again.</summary>
    public ulong Frames { get; set; }

    /// <summary>How long it took to make it.</summary>
    public ulong LoadTicks { get; set; }

    /// <summary>Services: the endpoint they answer on, shut when they end.</summary>
    public Ipc.Endpoint? OwnEndpoint { get; set; }

    public IProcessObserver? Observer { get; set; }

    public ProcessEnd End { get; set; }

    /// <summary>What it passed to exit().</summary>
    public int ExitCode { get; set; }

    /// <summary>The processor exception that ended it: vector, error code, instruction and the address it touched.</summary>
    public ulong FaultVector { get; set; }

    public ulong FaultError { get; set; }

    public ulong FaultInstruction { get; set; }

    public ulong FaultAddress { get; set; }
}
