// The same few instructions in rings 1, 2 and 3: what each ring may do. Intel SDM vol. 3, 5.5 (privilege levels) and 4.6 (access
// rights). Each probe is a process of its own in the given ring; the kernel ends it like any other. Next: Probes.asm, WayProbes.asm
using System;
using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RingOS.Abi;
using RingOS.Kernel;
using RingOS.Kernel.Arch.X64;
using RingOS.Kernel.Diagnostics;
using RingOS.Kernel.Loader;
using RingOS.Kernel.Memory;
using RingOS.Kernel.Threads;

namespace RingOS.Test.SelfTestKernel;

/// <summary>Runs all probes one after the other and logs an event each.</summary>
/// <remarks>
/// Rings 1 and 2 are "supervisor" to the page tables: their code runs where it is, in the kernel's image, on a kernel stack. Ring 3
/// cannot even fetch from there, so it gets a copy in pages of its own.
/// </remarks>
internal sealed unsafe class RingProbes(Nucleus nucleus) : IProcessObserver
{
    private const ulong Flags = 0x202; // interrupts on, reserved bit 1
    private const ulong FirstNumber = 100; // far from the numbers of programs
    private const ulong StackLength = 4096;

    private readonly ThreadQueue _waiting = new();
    private ulong _number = FirstNumber;
    private ulong _dataForProbes;
    private ulong _stack;
    private ulong _parameter;
    private int _ring;

    /// <param name="name">Which table: see <see cref="TableOf"/>.</param>
    public void RunAll(ReadOnlySpan<byte> name)
    {
        _dataForProbes = nucleus.Memory.AllocateBytes(Page.Size);
        _stack = nucleus.Memory.AllocateStack(StackLength);
        for (int ring = 1; ring <= 3; ring++)
        {
            for (Probe* probe = TableOf(name); probe->Name != null; probe++) // SAFETY: the table ends with a null name.
            {
                for (_parameter = probe->FirstParameter; _parameter < probe->EndOfParameters; _parameter++)
                    Run(probe, ring);
            }
        }
    }

    /// <summary>Whether Probes.asm or WayProbes.asm have a table of that name.</summary>
    public static bool IsTable(ReadOnlySpan<byte> name) => TableOf(name) != null;

    private static Probe* TableOf(ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("rings"u8))
            return Table();
        if (name.SequenceEqual("instructions"u8))
            return Instructions();
        if (name.SequenceEqual("vectors"u8))
            return Vectors();
        if (name.SequenceEqual("loads"u8))
            return Loads();
        return name.SequenceEqual("transfers"u8) ? Transfers() : null;
    }

    /// <summary>A probe has ended one way or the other.</summary>
    public void OnProcessEnded(Process process)
    {
        bool hasFaulted = process.End == ProcessEnd.Faulted;
        nucleus.Log.Information("probe {Act} in ring {From}: {Outcome}")
            .With("Act", process.Name)
            .With("From", (ulong)_ring)
            .With("Parameter", _parameter)
            .With("Outcome", hasFaulted ? ExceptionNames.Of(process.FaultVector) : "ok")
            .With("Vector", hasFaulted ? process.FaultVector : 0)
            .With("ErrorCode", hasFaulted ? process.FaultError : 0)
            .WithHexadecimal("Address", process.FaultAddress)
            .End();
        nucleus.Scheduler.Wake(_waiting.First!, Status.Ok);
    }

    private void Run(Probe* probe, int ring)
    {
        _ring = ring;
        AddressSpace space = CreateSpace();
        VirtualAddress start = ProcessLayout.BaseOf(FirstNumber);
        Thread thread = nucleus.Threads.Take()!;
        Process process = new((int)_number++, NameOf(probe), space, start.Value) { Observer = this, Thread = thread };
        thread.Process = process;
        thread.IsService = false;
        ref Registers registers = ref thread.Registers;
        registers.Clear();
        registers.CodeSegment = Segments.CodeOf(ring);
        registers.StackSegment = Segments.DataOf(ring);
        registers.Flags = Flags;
        registers.Rdi = _dataForProbes;
        registers.Rsi = (ulong)(delegate*<int, int>)&KernelCode;
        registers.Rdx = _parameter;
        registers.InstructionPointer = ring == 3 ? CopyCode(probe, space, start) : probe->Start;
        registers.StackPointer = ring == 3 ? UserStack(space, start) : _stack;
        X64Processor.PrepareFirstSwitch(thread);
        nucleus.Scheduler.MakeReady(thread);
        nucleus.Scheduler.BlockIn(_waiting, Thread.Never);
    }

    private AddressSpace CreateSpace()
    {
        Require(AddressSpace.Create(nucleus.Memory.Physical, nucleus.Memory.Frames, nucleus.Memory.Pages, out AddressSpace? space));
        return space!;
    }

    private static ulong CopyCode(Probe* probe, AddressSpace space, VirtualAddress start)
    {
        Require(space.Allocate(start, Page.Size, PageFlags.UserCode));
        Require(space.WriteBytes(start, new ReadOnlySpan<byte>((byte*)probe->Start, (int)(probe->End - probe->Start))));
        return start.Value;
    }

    private static ulong UserStack(AddressSpace space, VirtualAddress start)
    {
        VirtualAddress stack = start.Plus(ProcessLayout.StackEnd - StackLength);
        Require(space.Allocate(stack, StackLength, PageFlags.UserData));
        return stack.Value + StackLength;
    }

    private static byte[] NameOf(Probe* probe)
    {
        int length = 0;
        while (probe->Name[length] != 0) // SAFETY: names end with NUL.
            length++;
        byte[] name = new byte[length];
        for (int i = 0; i < length; i++)
            name[i] = probe->Name[i];
        return name;
    }

    private static void Require(Status status)
    {
        if (status != Status.Ok)
            KernelPanic.Fail("no memory for a probe");
    }

    // Something in the kernel's text for probes to read and to write.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int KernelCode(int value) => value + 1;

    [RuntimeImport("*", "probe_list"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern Probe* Table();

    [RuntimeImport("*", "instruction_probe_list"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern Probe* Instructions();

    [RuntimeImport("*", "vector_probe_list"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern Probe* Vectors();

    [RuntimeImport("*", "load_probe_list"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern Probe* Loads();

    [RuntimeImport("*", "transfer_probe_list"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern Probe* Transfers();

    // A line of a table: it is run with every parameter from the first to the one before the last.
    [StructLayout(LayoutKind.Sequential)]
    private struct Probe
    {
        public byte* Name;
        public ulong Start;
        public ulong End;
        public ulong FirstParameter;
        public ulong EndOfParameters;
    }
}
