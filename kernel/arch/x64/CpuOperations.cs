// The table through which C# reaches cpu.asm and entry.asm: function pointers given at boot, so that no compiler trick is needed.
// Order: the end of cpu.asm. Next: Cpu.cs
using System.Runtime.InteropServices;

namespace RingOS.Kernel.Arch.X64;

/// <summary>Addresses of the assembly routines, in the order of <c>cpu_operations</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
public unsafe struct CpuOperations
{
    public delegate*<ushort, byte> In8;
    public delegate*<ushort, byte, void> Out8;
    public delegate*<ushort, ushort> In16;
    public delegate*<ushort, ushort, void> Out16;
    public delegate*<ushort, uint> In32;
    public delegate*<ushort, uint, void> Out32;
    public delegate*<uint, ulong> ReadModelSpecificRegister;
    public delegate*<uint, ulong, void> WriteModelSpecificRegister;
    public delegate*<ulong> ReadFaultAddress;
    public delegate*<ulong, void> LoadPageTableRoot;
    public delegate*<ulong> ReadControl3;
    public delegate*<ulong> ReadControl4;
    public delegate*<ulong, void> WriteControl4;
    public delegate*<ulong> ReadControl0;
    public delegate*<ulong, void> WriteControl0;
    public delegate*<ulong> ReadTimeStamp;
    public delegate*<uint, uint, uint*, void> Identify;
    public delegate*<void*, void*, ushort, void> LoadDescriptorTables;
    public delegate*<void> HaltUntilInterrupt;
    public delegate*<void> Halt;
    public delegate*<ulong> ReadFramePointer;
    public delegate*<ThreadContext*, ThreadContext*, void> SwitchContext;
    public delegate*<ThreadContext*, ThreadContext*, void> SwitchContextWithRing1;
    public delegate*<ThreadContext*, ThreadContext*, void> SwitchContextWithKeys;
    public delegate*<ThreadContext*, ThreadContext*, void> SwitchContextWithPorts;
    public delegate*<nint, nint, ulong, ulong> CopyUser;
    public delegate*<void> EnableInterrupts;
    public delegate*<void> DisableInterrupts;
    public delegate*<void*, void> SaveInterrupted;
    public delegate*<void*, void> RestoreInterrupted;
    public delegate*<ulong, delegate*<void>, void> StartOver;

    // Addresses of code and data, not called from C#.
    public ulong ThreadStart;
    public ulong* InterruptStubs;
    public ulong SyscallEntry;
    public EntryState* EntryState;
    public ulong CopyUserStart;
    public ulong CopyUserEnd;
    public ulong CopyUserFault;
    public ulong SyscallEntryWithKeys;
    public ulong InterruptCall;
    public ulong GateCall;

    /// <summary>The start of a page that a driver with keys reads and never writes.</summary>
    public ReachableState* Reachable;

    /// <summary>End of the page where the processor pushes when ring 1 with keys is left.</summary>
    public ulong EntryStackEnd;

    public ulong* Canary;
}

/// <summary>What they read before a driver's keys are lifted: <c>entry_keys</c> in entry.asm and what follows it.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct ReachableState
{
    /// <summary>The running thread's <see cref="ThreadContext.Keys"/>.</summary>
    public ulong Keys;

    /// <summary>Not 0: another thread should run before the return to a program.</summary>
    public byte ShouldReschedule;

    /// <summary>The running thread's <see cref="ThreadContext.IsRing1"/>.</summary>
    public byte IsRing1;
}

/// <summary>What the entry stubs need of C#: <c>entry_state</c> in entry.asm.</summary>
[StructLayout(LayoutKind.Sequential)]
public unsafe struct EntryState
{
    /// <summary>End of the running thread's register area.</summary>
    public ulong RegistersEnd;

    public delegate*<void> PreemptHandler;
    public delegate*<ref Registers, void> InterruptHandler;
    public delegate*<ref Registers, void> KernelInterruptHandler;
    public ulong UserStack;
    public ulong HasSmap;
    public ulong TaskState;

    /// <summary>Page-table root of the process entered last; 0 if none.</summary>
    public ulong Root;

    public ulong AddressSpaceSwitches;

    public ulong Syscalls;

    /// <summary>The context switch in force, not counting the one with ports.</summary>
    public delegate*<ThreadContext*, ThreadContext*, void> Switch;

    /// <summary>Scratch of gate_call: RIP, CS, RSP, SS.</summary>
    public ulong GateInstructionPointer;
    public ulong GateCodeSegment;
    public ulong GateStackPointer;
    public ulong GateStackSegment;

    /// <summary>First of <see cref="SyscallTable.Slots"/> handlers.</summary>
    public delegate*<ref Registers, long> FirstSyscall;
}
