// RAM for tests: bytes that complain about every access a machine would not forgive. Next: HardwareWalker.cs
using System;
using System.Buffers.Binary;
using RingOS.Abi;
using RingOS.Kernel.Memory;

namespace RingOS.Tests.Unit.Memory;

/// <summary>Memory from physical address 0, filled with junk so that nobody relies on zeros.</summary>
internal sealed class FakePhysicalMemory : IPhysicalMemory
{
    private readonly byte[] _bytes;

    public FakePhysicalMemory(int frames)
    {
        _bytes = new byte[frames * (int)Page.Size];
        Array.Fill(_bytes, (byte)0xCC);
    }

    public ulong Read64(PhysicalAddress address) => BinaryPrimitives.ReadUInt64LittleEndian(Word(address));

    public void Write64(PhysicalAddress address, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Word(address), value);

    public void ClearFrame(PhysicalAddress frame)
    {
        if (!frame.IsPageAligned)
            throw new ArgumentException("not a frame");
        _bytes.AsSpan((int)frame.Value, (int)Page.Size).Clear();
    }

    public void CopyIn(PhysicalAddress address, ReadOnlySpan<byte> source) => source.CopyTo(_bytes.AsSpan((int)address.Value));

    public void CopyOut(PhysicalAddress address, Span<byte> destination)
        => _bytes.AsSpan((int)address.Value, destination.Length).CopyTo(destination);

    private Span<byte> Word(PhysicalAddress address)
    {
        if (!address.IsAligned(8) || address.Value >= (ulong)_bytes.Length)
            throw new ArgumentException($"bad access at {address.Value:x}");
        return _bytes.AsSpan((int)address.Value, 8);
    }
}

/// <summary>A small machine: memory, its frame allocator and the kernel's page table.</summary>
internal sealed class FakeMachine
{
    public FakeMachine(int frames = 256)
    {
        Memory = new FakePhysicalMemory(frames);
        Frames = new FrameAllocator([new MemoryRange(default, (ulong)frames * Page.Size)], []);
        Xunit.Assert.Equal(Status.Ok, PageTable.Create(Memory, Frames, out PageTable? kernel));
        Kernel = kernel!;
    }

    public FakePhysicalMemory Memory { get; }

    public FrameAllocator Frames { get; }

    public PageTable Kernel { get; }

    public AddressSpace NewSpace()
    {
        Xunit.Assert.Equal(Status.Ok, AddressSpace.Create(Memory, Frames, Kernel, out AddressSpace? space));
        return space!;
    }

    /// <summary>Takes frames until so many are left.</summary>
    public void LeaveFree(ulong count)
    {
        while (Frames.FreeFrames > count)
            Xunit.Assert.Equal(Status.Ok, Frames.AllocateFrame(out _));
    }

    public System.Collections.Generic.List<HardwarePage> Walk(PhysicalAddress root) => HardwareWalker.Walk(Memory, root);
}
