// Where a thread's registers and context are kept: one fixed, 16-aligned place a thread. Next: Segments.cs
namespace RingOS.Kernel.Arch.X64;

/// <summary>A reference to a thread's <see cref="X64.Registers"/> and <see cref="ThreadContext"/>, which entry.asm fills and empties.</summary>
public readonly unsafe struct RegisterArea
{
    /// <summary>Bytes of one area: room for one more frame, registers (their end 16-aligned), context, what an interrupt finds in SSE and segment registers.</summary>
    public const int Size = XmmOffset + XmmLength;

    // An interrupt before the first instruction of gate_call pushes below the registers (entry.asm).
    private const int RegistersOffset = 256;
    private const int ContextOffset = RegistersOffset + 192; // the registers and 16 bytes: R_CONTEXT
    private const int XmmOffset = RegistersOffset + 256;
    private const int XmmLength = 512;

    private readonly byte* _start;

    /// <param name="address">Virtual address of <see cref="Size"/> zeroed bytes, 16-aligned; they outlive the thread.</param>
    /// <param name="kernelStackTop">End of the thread's kernel stack, 16-aligned.</param>
    public RegisterArea(ulong address, ulong kernelStackTop)
    {
        _start = (byte*)address; // SAFETY of all uses: the caller vouches for the memory.
        Context->KernelStack = kernelStackTop;
        Context->RegistersEnd = address + RegistersOffset + X64.Registers.Size;
        Context->EntryStack = Context->RegistersEnd;
        Context->PortMap = PortPermissions.None;
    }

    /// <summary>The registers themselves.</summary>
    public ref Registers Registers => ref *(Registers*)(_start + RegistersOffset);

    public ThreadContext* Context => (ThreadContext*)(_start + ContextOffset);

    /// <summary>A stack pointer of a thread of the kernel is in the part that interrupts use.</summary>
    public bool IsServingInterrupt(ulong stackPointer)
        => stackPointer <= Context->KernelStack && stackPointer > Context->KernelStack - X64Processor.InterruptStack;

    /// <summary>Keeps SSE and segment registers of the thread, which was interrupted in the middle of a computation.</summary>
    public void SaveInterrupted() => Cpu.SaveInterrupted(_start + XmmOffset);

    public void RestoreInterrupted() => Cpu.RestoreInterrupted(_start + XmmOffset);
}
