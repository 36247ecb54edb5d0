// GDT, IDT and TSS. Intel SDM vol. 3, 3.5, 6.14, 7.7. Next: PortPermissions.cs
using System.Runtime.InteropServices;

namespace RingOS.Kernel.Arch.X64;

/// <summary>Builds the descriptor tables, which start at a page each, and loads them.</summary>
public sealed unsafe class DescriptorTables
{
    /// <summary>Segments, gates, and the task state with its I/O map.</summary>
    public const ulong Pages = 2 + PortPermissions.Pages;

    private const ulong CodeDescriptor = 0x00AF_9B00_0000_FFFF; // present, code, accessed, 64-bit
    private const ulong DataDescriptor = 0x00CF_9300_0000_FFFF; // present, data, writable, accessed
    private const ulong TaskStateType = 0x89ul << 40; // present, available 64-bit TSS
    private const ulong InterruptGateType = 0x8Eul << 40; // present, interrupt gate: IF is cleared
    private const int GateCount = 256;
    private const ulong UserInterruptGateType = 0xEEul << 40; // the same, open to ring 3
    private const ulong UserCallGateType = 0xECul << 40; // present, 64-bit call gate, open to ring 3
    private const int SegmentBytes = 0x70;
    private const int CallVector = 0x80;

    /// <summary>The double fault and the non-maskable interrupt come on stacks of their own: the current one may be the problem.</summary>
    private const int DoubleFaultStack = 1;
    private const int NonMaskableStack = 2;
    private const int DoubleFaultVector = 8;
    private const int NonMaskableVector = 2;

    private readonly ulong* _segments;
    private readonly ulong* _gates;
    private readonly TaskState* _task;

    /// <param name="memory">Virtual address of <see cref="Pages"/> zeroed pages.</param>
    public DescriptorTables(ulong memory)
    {
        // SAFETY: pages that the caller gave away for good.
        _segments = (ulong*)memory;
        _gates = (ulong*)(memory + 4096);
        _task = (TaskState*)(memory + 8192);
        Ports = new PortPermissions(memory + 8192, sizeof(TaskState));
    }

    /// <summary>Which ports a process may use by itself.</summary>
    public PortPermissions Ports { get; }

    /// <summary>64-bit task state segment: only its stack pointers and the offset of its I/O map matter.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    private struct TaskState
    {
        public uint Reserved0;
        public ulong Stack0;
        public ulong Stack1;
        public ulong Stack2;
        public ulong Reserved1;
        public ulong Interrupt1;
        public ulong Interrupt2;
        public ulong Interrupt3;
        public ulong Interrupt4;
        public ulong Interrupt5;
        public ulong Interrupt6;
        public ulong Interrupt7;
        public ulong Reserved2;
        public ushort Reserved3;
        public ushort IoBitmapOffset;
    }

    public void Build(ulong doubleFaultStackTop, ulong nonMaskableStackTop)
    {
        BuildSegments();
        _task->Interrupt1 = doubleFaultStackTop;
        _task->Interrupt2 = nonMaskableStackTop;
        _task->IoBitmapOffset = PortPermissions.None;
        Ports.DenyAll();
        ulong* stubs = Cpu.InterruptStubs;
        for (int vector = 0; vector < GateCount; vector++)
            SetGate(vector, stubs[vector]);
        OpenGates();
    }

    /// <summary>
    /// Takes away the two other ways in: int 0x80 and the call gate are there to be measured. Ring 1 with keys must come through
    /// stubs that lift its denial first.
    /// </summary>
    public void CloseGates()
    {
        SetGate(CallVector, Cpu.InterruptStubs[CallVector]);
        _segments[Segments.CallGate / 8] = 0;
        _segments[(Segments.CallGate / 8) + 1] = 0;
    }

    private void OpenGates()
    {
        SetGate(CallVector, Cpu.InterruptCall);
        _gates[CallVector * 2] |= UserInterruptGateType;
        ulong target = Cpu.GateCall;
        _segments[Segments.CallGate / 8] = (target & 0xFFFF) | ((ulong)Segments.KernelCode << 16) | UserCallGateType | ((target >> 16 & 0xFFFF) << 48);
        _segments[(Segments.CallGate / 8) + 1] = target >> 32;
    }

    public void Load()
    {
        byte* segments = stackalloc byte[10];
        byte* gates = stackalloc byte[10];
        Describe(segments, (ulong)_segments, SegmentBytes);
        Describe(gates, (ulong)_gates, GateCount * 16);
        Cpu.Entry->TaskState = (ulong)_task; // context_switch keeps Stack0 pointing to the end of the running thread's register area
        Cpu.LoadDescriptorTables(segments, gates, Segments.TaskState);
    }

    private static void Describe(byte* descriptor, ulong table, int bytes)
    {
        *(ushort*)descriptor = (ushort)(bytes - 1);
        *(ulong*)(descriptor + 2) = table;
    }

    private static ulong WithRing(ulong descriptor, int ring) => descriptor | ((ulong)ring << 45);

    private void BuildSegments()
    {
        for (int ring = 0; ring <= 3; ring++)
        {
            _segments[Segments.CodeOf(ring) / 8] = WithRing(CodeDescriptor, ring);
            _segments[Segments.DataOf(ring) / 8] = WithRing(DataDescriptor, ring);
        }
        ulong start = (ulong)_task;
        ulong limit = Ports.TaskStateLimit;
        _segments[Segments.TaskState / 8] = limit | ((start & 0xFF_FFFF) << 16) | TaskStateType | ((start >> 24 & 0xFF) << 56);
        _segments[(Segments.TaskState / 8) + 1] = start >> 32;
    }

    private void SetGate(int vector, ulong stub)
    {
        ulong stack = vector switch
        {
            DoubleFaultVector => DoubleFaultStack,
            NonMaskableVector => NonMaskableStack,
            _ => 0,
        };
        _gates[vector * 2] = (stub & 0xFFFF) | ((ulong)Segments.KernelCode << 16) | (stack << 32) | InterruptGateType | ((stub >> 16 & 0xFFFF) << 48);
        _gates[(vector * 2) + 1] = stub >> 32;
    }
}
