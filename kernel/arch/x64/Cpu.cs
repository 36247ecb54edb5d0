// The processor, as the rest of the kernel sees it: thin names over cpu.asm. Intel SDM vol. 2. Next: X64Processor.cs
using System.Runtime.CompilerServices;

namespace RingOS.Kernel.Arch.X64;

/// <summary>Privileged instructions and the features this processor has.</summary>
public static unsafe class Cpu
{
    private const uint ExtendedFeatureEnable = 0xC000_0080; // IA32_EFER
    private const uint SyscallSelectors = 0xC000_0081; // IA32_STAR
    private const uint SyscallTarget = 0xC000_0082; // IA32_LSTAR
    private const uint SyscallFlagMask = 0xC000_0084; // IA32_FMASK
    private const ulong SyscallEnable = 1 << 0; // EFER.SCE
    private const ulong ClearedFlags = 0x4_7700; // AC, NT, IOPL, DF, IF, TF: what a program must not bring into the kernel
    private const ulong FxsaveSupport = 1 << 9; // CR4.OSFXSR
    private const ulong SimdExceptions = 1 << 10; // CR4.OSXMMEXCPT
    private const ulong GlobalPages = 1 << 7; // CR4.PGE
    private const ulong ExecutionPrevention = 1 << 20; // CR4.SMEP
    private const ulong InstructionPrevention = 1 << 11; // CR4.UMIP: programs do not see where the kernel's tables are
    private const ulong AccessPrevention = 1 << 21; // CR4.SMAP
    private const ulong WriteProtect = 1 << 16; // CR0.WP
    private const ulong AlignmentMask = 1 << 18; // CR0.AM: RFLAGS.AC would fault in ring 3

    // What would give programs registers that no switch clears: counters (PCE), FS and GS bases, AVX (OSXSAVE), keys of user pages (PKE).
    private const ulong Unkept = (1 << 8) | (1 << 16) | (1 << 18) | (1 << 22);
    private const ulong NumericError = 1 << 5; // CR0.NE: x87 errors come as exceptions, not as an interrupt of 1981

    private const int KeysBit = 31; // CPUID.7.ECX: PKS

    private static CpuOperations* s_operations;

    /// <summary>This processor can keep supervisor code from executing what belongs to programs (SMEP).</summary>
    public static bool HasExecutionPrevention { get; private set; }

    /// <summary>It can keep supervisor code from touching by mistake what belongs to programs (SMAP).</summary>
    public static bool HasAccessPrevention { get; private set; }

    public static bool IsExecutionPreventionOn => (s_operations->ReadControl4() & ExecutionPrevention) != 0;

    public static bool IsAccessPreventionOn => (s_operations->ReadControl4() & AccessPrevention) != 0;

    /// <summary>Pages of the supervisor can have protection keys.</summary>
    public static bool HasSupervisorKeys { get; private set; }

    public static ReachableState* Reachable => s_operations->Reachable;

    public static ulong EntryStackEnd => s_operations->EntryStackEnd;

    public static ulong InterruptCall => s_operations->InterruptCall;

    public static ulong GateCall => s_operations->GateCall;

    /// <summary>What <c>kernel_canary</c> holds now.</summary>
    public static ulong Canary => *s_operations->Canary;

    /// <summary>CR0.WP: not even ring 0 writes to read-only pages.</summary>
    public static bool IsWriteProtectionOn => (s_operations->ReadControl0() & WriteProtect) != 0;

    public static ulong* InterruptStubs => s_operations->InterruptStubs;

    public static ulong ThreadStart => s_operations->ThreadStart;

    public static EntryState* Entry => s_operations->EntryState;

    public static ulong TimeStamp => s_operations->ReadTimeStamp();

    public static ulong FaultAddress => s_operations->ReadFaultAddress();

    public static ulong FramePointer => s_operations->ReadFramePointer();

    /// <summary>Takes the table of assembly routines; the first thing a kit does.</summary>
    public static void Attach(CpuOperations* operations) => s_operations = operations;

    public static byte In8(ushort port) => s_operations->In8(port);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Out8(ushort port, byte value) => s_operations->Out8(port, value);

    public static ushort In16(ushort port) => s_operations->In16(port);

    public static void Out16(ushort port, ushort value) => s_operations->Out16(port, value);

    public static uint In32(ushort port) => s_operations->In32(port);

    public static void Out32(ushort port, uint value) => s_operations->Out32(port, value);

    public static ulong ReadModelSpecificRegister(uint register) => s_operations->ReadModelSpecificRegister(register);

    public static void WriteModelSpecificRegister(uint register, ulong value) => s_operations->WriteModelSpecificRegister(register, value);

    public static void LoadPageTableRoot(ulong physical) => s_operations->LoadPageTableRoot(physical);

    public static void HaltUntilInterrupt() => s_operations->HaltUntilInterrupt();

    /// <summary>Does not return: no interrupt ends it.</summary>
    public static void Halt() => s_operations->Halt();

    /// <param name="area">512 bytes, 16-aligned.</param>
    public static void SaveInterrupted(void* area) => s_operations->SaveInterrupted(area);

    public static void RestoreInterrupted(void* area) => s_operations->RestoreInterrupted(area);

    /// <summary>Calls a method that never returns, on a stack from which all frames have been forgotten.</summary>
    public static void StartOver(ulong stackTop, delegate*<void> target) => s_operations->StartOver(stackTop, target);

    public static void EnableInterrupts() => s_operations->EnableInterrupts();

    public static void DisableInterrupts() => s_operations->DisableInterrupts();

    /// <summary>Programs and drivers enter where keys are lifted first, and from now on every switch says whose keys are in force.</summary>
    public static void EnterWithKeys()
    {
        WriteModelSpecificRegister(SyscallTarget, s_operations->SyscallEntryWithKeys);
        UseSwitch(s_operations->SwitchContextWithKeys);
    }

    /// <summary>Sets bits of CR4, and loads CR3 anew so that no translation from before is used.</summary>
    public static void EnableControl4(ulong bits)
    {
        s_operations->WriteControl4(s_operations->ReadControl4() | bits);
        FlushTranslations();
    }

    /// <summary>Loads CR3 anew: no translation but global ones is used any more.</summary>
    public static void FlushTranslations() => s_operations->LoadPageTableRoot(s_operations->ReadControl3());

    /// <summary>Stops one thread and continues another; returns when somebody switches back.</summary>
    public static void SwitchContext(ThreadContext* from, ThreadContext* to) => s_operations->SwitchContext(from, to);

    /// <summary>A process runs in ring 1: from now on every switch clears what it could leave in registers, or find there.</summary>
    public static void SwitchRing1()
    {
        if ((void*)Entry->Switch != (void*)s_operations->SwitchContextWithKeys)
            UseSwitch(s_operations->SwitchContextWithRing1);
    }

    /// <summary>From now on every switch also says which ports the thread has; until then that costs nothing.</summary>
    public static void SwitchPorts() => s_operations->SwitchContext = s_operations->SwitchContextWithPorts;

    private static void UseSwitch(delegate*<ThreadContext*, ThreadContext*, void> routine)
    {
        Entry->Switch = routine;
        if ((void*)s_operations->SwitchContext != (void*)s_operations->SwitchContextWithPorts)
            s_operations->SwitchContext = routine;
    }

    public static void LoadDescriptorTables(void* segments, void* gates, ushort task) => s_operations->LoadDescriptorTables(segments, gates, task);

    /// <summary>Copies between kernel memory and a checked user range; false if the user side faulted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool CopyUser(nint to, nint from, ulong length) => s_operations->CopyUser(to, from, length) != 0;

    /// <summary>Where a fault inside <see cref="CopyUser"/> continues; 0 if the faulting instruction is elsewhere.</summary>
    public static ulong RecoveryOf(ulong instruction)
        => instruction >= s_operations->CopyUserStart && instruction < s_operations->CopyUserEnd ? s_operations->CopyUserFault : 0;

    /// <summary>Tells the entry stubs where C# handles what comes in.</summary>
    public static void SetHandlers()
    {
        EntryState* entry = s_operations->EntryState;
        SyscallTable.Fill(&entry->FirstSyscall);
        entry->PreemptHandler = &KernelEntry.OnPreempt;
        entry->InterruptHandler = &KernelEntry.OnInterrupt;
        entry->KernelInterruptHandler = &KernelEntry.OnKernelInterrupt;
    }

    /// <summary>Turns on what the kernel relies on, and of the walls that this processor offers those that are wanted.</summary>
    public static void EnableFeatures(bool wantExecutionPrevention, bool wantAccessPrevention)
    {
        uint* result = stackalloc uint[4];
        s_operations->Identify(0, 0, result);
        uint structured = 0;
        uint more = 0;
        if (result[0] >= 7)
        {
            s_operations->Identify(7, 0, result);
            structured = result[1]; // EBX
            more = result[2]; // ECX
        }
        HasExecutionPrevention = (structured & (1 << 7)) != 0;
        HasAccessPrevention = (structured & (1 << 20)) != 0;
        HasSupervisorKeys = more >> KeysBit != 0;
        bool preventExecution = HasExecutionPrevention && wantExecutionPrevention;
        bool preventAccess = HasAccessPrevention && wantAccessPrevention;
        s_operations->EntryState->HasSmap = preventAccess ? 1ul : 0;
        s_operations->WriteControl4((s_operations->ReadControl4() & ~(Unkept | ExecutionPrevention | AccessPrevention)) | FxsaveSupport | SimdExceptions | GlobalPages
            | (preventExecution ? ExecutionPrevention : 0) | (preventAccess ? AccessPrevention : 0)
            | ((more & (1 << 2)) != 0 ? InstructionPrevention : 0));
        s_operations->WriteControl0((s_operations->ReadControl0() & ~AlignmentMask) | WriteProtect | NumericError);
        WriteModelSpecificRegister(ExtendedFeatureEnable, ReadModelSpecificRegister(ExtendedFeatureEnable) | SyscallEnable);
        WriteModelSpecificRegister(SyscallSelectors, Segments.SyscallSelectors);
        WriteModelSpecificRegister(SyscallTarget, s_operations->SyscallEntry);
        WriteModelSpecificRegister(SyscallFlagMask, ClearedFlags);
    }
}
