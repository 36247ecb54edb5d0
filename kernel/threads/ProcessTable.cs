// Starts and ends processes. Back to: Processor.cs
using System;
using RingOS.Abi;
using RingOS.Kernel.Arch.X64;
using RingOS.Kernel.Boot;
using RingOS.Kernel.Diagnostics;
using RingOS.Kernel.Loader;
using RingOS.Kernel.Memory;

namespace RingOS.Kernel.Threads;

/// <summary>All processes of a boot. Numbers count up and are never used again.</summary>
public sealed class ProcessTable : IReaper
{
    private const ulong UserFlags = 0x202; // interrupts on, reserved bit 1
    private const ulong ProgramHeap = 1ul << 20;
    private const ulong StackLength = 64ul << 10;

    private readonly KernelMemory _memory;
    private readonly BootArchive _archive;
    private readonly ThreadPool _threads;
    private readonly Scheduler _scheduler;
    private readonly WallClock _clock;
    private readonly Log _log;
    private int _count;

    public ProcessTable(KernelMemory memory, BootArchive archive, ThreadPool threads, Scheduler scheduler, WallClock clock, Log log)
    {
        _memory = memory;
        _archive = archive;
        _threads = threads;
        _scheduler = scheduler;
        _clock = clock;
        _log = log;
        scheduler.Reaper = this;
    }

    /// <summary>Loads a program of the boot archive. It does not run before <see cref="Run"/>.</summary>
    /// <param name="path">File in the archive.</param>
    /// <param name="commandLine">Its arguments, separated by blanks, the first being its name.</param>
    /// <param name="isService">It runs before programs.</param>
    /// <param name="grant">What a service may touch and call; null for a program, which may make every call.</param>
    /// <param name="domain">Where it runs.</param>
    /// <param name="process">The new process.</param>
    /// <returns>NoSuchFile, NotExecutable, NoMemory, or InvalidArgument for arguments that are too long.</returns>
    public Status Load(ReadOnlySpan<byte> path, ReadOnlySpan<byte> commandLine, bool isService, ServiceGrant? grant, Domain domain, out Process? process)
    {
        process = null;
        ulong begun = _scheduler.Now;
        ulong free = _memory.Frames.FreeFrames;
        Thread? thread = TakeThread();
        if (thread is null)
            return Status.NoMemory;
        ProgramRequest? request = MakeRequest(path, commandLine, grant, domain, out Status status);
        if (request is not null)
            process = Create(request, thread, isService, domain, out status);
        if (process is null)
            thread.State = ThreadState.Unused;
        else
            Note(process, free - _memory.Frames.FreeFrames, _scheduler.Now - begun);
        return status;
    }

    private static void Note(Process process, ulong frames, ulong ticks)
    {
        process.Frames = frames;
        process.LoadTicks = ticks;
    }

    /// <summary>Lets a loaded process run.</summary>
    public void Run(Process process)
    {
        _log.Information("process {Name} starts as number {Number} at {Base}")
            .With("Name", process.Name)
            .With("Number", (ulong)process.Number)
            .WithHexadecimal("Base", process.ImageBase)
            .With("LoadTicks", process.LoadTicks)
            .End();
        _scheduler.Begin(process.Thread!);
    }

    /// <summary>A thread of the kernel, ready to run. NoMemory when all threads are in use, or the kernel's heap is.</summary>
    public Status StartKernelThread(IKernelWork work) => StartKernelThread(work, out _);

    /// <summary>The same; says which thread it is.</summary>
    public Status StartKernelThread(IKernelWork work, out Thread? thread)
    {
        thread = TakeThread();
        if (thread is null)
            return Status.NoMemory;
        thread.Renew(process: null, work, isService: true);
        X64Processor.PrepareKernelThread(thread);
        _scheduler.Begin(thread);
        return Status.Ok;
    }

    /// <summary>Where the kernel sees the word that mirrors a process's pending signals.</summary>
    public SharedWord MirrorOf(Process process) => StartupWord(process, StartupBlock.PendingSignalsOffset);

    /// <summary>Simulated time has passed: every process sees it. Costs a walk over all threads.</summary>
    public void ShowTime(ulong nanoseconds)
    {
        for (int slot = 0; slot < _threads.Count; slot++)
        {
            Thread thread = _threads[slot];
            if (thread.Process is { } process && thread.State is not (ThreadState.Unused or ThreadState.Dead))
                (process.Time ??= StartupWord(process, StartupBlock.SimulatedNowOffset)).Write(nanoseconds);
        }
    }

    private SharedWord StartupWord(Process process, int offset)
    {
        VirtualAddress word = new VirtualAddress(process.ImageBase).Plus(ProcessLayout.StartupPage + (ulong)offset);
        if (process.Space.Translate(word, out PhysicalAddress physical, out _) != Status.Ok)
            KernelPanic.Fail("a loaded process has no start-up page");
        return new SharedWord(_memory.Physical.VirtualOf(physical));
    }

    /// <summary>Ends the running process: wakes whoever waits for it, tells its observer, frees its memory. Does not return.</summary>
    public void EndCurrent(ProcessEnd how, int exitCode)
    {
        Thread thread = _scheduler.Current;
        Process process = thread.Process!;
        process.End = how;
        process.ExitCode = exitCode;
        if (process.OwnEndpoint is not null)
            _log.Error("service {Name} ended with {ExitCode}").With("Name", process.Name).With("ExitCode", (ulong)(uint)exitCode).End();
        process.OwnEndpoint?.Shut(_threads, thread); // and forgets the word of its memory that mirrors its signals
        process.Observer?.OnProcessEnded(process);
        LeaveAndRelease(process);
    }

    /// <summary>
    /// Ends a process that is not the running one, from outside: its observer is not told, because whoever does this knows. Its callers are told at
    /// once; what else it has is given back now, or when its thread comes out of the kernel (<see cref="EndDoomed"/>).
    /// </summary>
    public void End(Process process)
    {
        if (process.End != ProcessEnd.Running)
            return; // it is about to end by itself
        process.End = ProcessEnd.Killed;
        process.OwnEndpoint?.Shut(_threads, process.Thread);
        if (!_scheduler.End(process.Thread!))
            return;
        process.Handles.CloseAll();
        if (_scheduler.IsLoaded(process.Root))
        {
            _memory.LeaveAddressSpace();
            _scheduler.LeaveProcess();
        }
        Free(process);
        if (process.IsInKernelHalf)
            KernelMemory.FlushTranslations(); // its slot was part of the address space that is loaded
    }

    /// <summary>The running thread has been ended while it was inside the kernel, and is at the edge now, holding nothing. Does not return.</summary>
    public void EndDoomed() => LeaveAndRelease(_scheduler.Current.Process!);

    private void LeaveAndRelease(Process process)
    {
        process.Handles.CloseAll();
        _memory.LeaveAddressSpace();
        _scheduler.LeaveProcess();
        Free(process);
        _scheduler.EndCurrent();
    }

    // Every start takes something of the kernel's heap, so this is where an end of it is met in good order.
    private Thread? TakeThread()
    {
        if (!_memory.IsHeapNearlyUsedUp)
            return _threads.Take();
        _log.Error("the kernel's heap is nearly used up: nothing is started any more").End();
        return null;
    }

    // Objects are returned and only the status is an out parameter: with several references passed by address in one method, ILC
    // clears them through SSE registers, which kernel code must not touch.
    private ProgramRequest? MakeRequest(ReadOnlySpan<byte> path, ReadOnlySpan<byte> commandLine, ServiceGrant? grant, Domain domain, out Status status)
    {
        ProgramArguments? arguments = ParseArguments(commandLine, out status);
        ElfImage? image = arguments is null ? null : OpenImage(path, out status);
        if (image is null)
            return null;
        _count++;
        VirtualAddress start = domain == Domain.Ring3 ? ProcessLayout.BaseOf((ulong)_count) : ProcessLayout.BaseInKernelHalf((ulong)_count);
        return new ProgramRequest(image, start, arguments!)
        {
            HeapLength = ProgramHeap,
            StackLength = StackLength,
            Grant = grant,
            TicksPerSecond = _scheduler.TicksPerSecond,
            BootTicks = _clock.BootTicks,
            BootWallNanoseconds = _clock.BootNanoseconds,
            SimulatedNow = _scheduler.IsTimeSimulated ? _scheduler.Now : 0,
        };
    }

    private static ProgramArguments? ParseArguments(ReadOnlySpan<byte> commandLine, out Status status)
    {
        status = ProgramArguments.Parse(commandLine, out ProgramArguments? arguments);
        return arguments;
    }

    private ElfImage? OpenImage(ReadOnlySpan<byte> path, out Status status)
    {
        ByteSource? file = OpenFile(path, out status);
        if (file is null)
            return null;
        status = ElfImage.Open(file, out ElfImage? image);
        return image;
    }

    private ByteSource? OpenFile(ReadOnlySpan<byte> path, out Status status)
    {
        status = _archive.Open(path, out ByteSource? file);
        return file;
    }

    private Process? Create(ProgramRequest request, Thread thread, bool isService, Domain domain, out Status status)
    {
        AddressSpace? space = domain == Domain.Ring3 ? CreateSpace(out status) : CreateSlot(request, out status);
        if (space is null)
            return null;
        LoadedProgram? program = LoadProgram(request, space, out status);
        if (program is null)
        {
            Free(space);
            return null;
        }
        Process process = new(_count, CopyName(request.Arguments), space, request.Base.Value)
        {
            Syscalls = request.Grant is null ? SyscallSet.Program : request.Grant.Syscalls,
        };
        Attach(process, thread, program, isService, domain);
        return process;
    }

    private AddressSpace? CreateSpace(out Status status)
    {
        status = AddressSpace.Create(_memory.Physical, _memory.Frames, _memory.Pages, out AddressSpace? space);
        return space;
    }

    // For ring 1: what it maps is in every address space at once.
    private AddressSpace CreateSlot(ProgramRequest request, out Status status)
    {
        status = Status.Ok;
        return AddressSpace.CreateInKernelHalf(_memory.Physical, _memory.Frames, _memory.Pages, request.Base);
    }

    private static LoadedProgram? LoadProgram(ProgramRequest request, AddressSpace space, out Status status)
    {
        status = ProgramLoader.Load(request, space, out LoadedProgram? program);
        return program;
    }

    private static void Free(Process process)
    {
        Free(process.Space);
        process.Frames = 0;
    }

    private static void Free(AddressSpace space)
    {
        if (space.Destroy() != Status.Ok)
            KernelPanic.Fail("an address space owned a frame that was free already");
    }

    private static byte[] CopyName(ProgramArguments arguments)
    {
        ReadOnlySpan<byte> name = arguments.Name;
        byte[] copy = new byte[name.Length];
        name.CopyTo(copy);
        return copy;
    }

    private static void Attach(Process process, Thread thread, LoadedProgram program, bool isService, Domain domain)
    {
        process.Thread = thread;
        thread.Renew(process, work: null, isService);
        ref Registers registers = ref thread.Registers;
        registers.Clear();
        registers.InstructionPointer = program.Entry.Value;
        registers.StackPointer = program.StackEnd.Value;
        registers.Rdi = program.StartupBlock.Value;
        registers.Flags = UserFlags;
        registers.CodeSegment = domain == Domain.Ring3 ? Segments.UserCode : Segments.Ring1Code;
        registers.StackSegment = domain == Domain.Ring3 ? Segments.UserData : Segments.Ring1Data;
        X64Processor.PrepareFirstSwitch(thread, domain == Domain.Ring1WithKeys);
    }
}
