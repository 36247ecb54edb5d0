// A device's register window, checked on every access. Next: Register.cs
using System.Runtime.CompilerServices;
using System.Threading;

namespace RingOS.Hardware;

/// <summary>A window of 32-bit device registers. Images use <see cref="MappedMmioRegion"/>, tests a fake device.</summary>
public abstract class MmioRegion
{
    /// <summary>Reads the register at a byte offset, a multiple of 4 inside the window.</summary>
    public abstract uint Read(uint offset);

    /// <summary>Writes the register at a byte offset, a multiple of 4 inside the window.</summary>
    public abstract void Write(uint offset, uint value);
}

/// <summary>A register window mapped into this address space, uncached.</summary>
public sealed unsafe class MappedMmioRegion : MmioRegion
{
    private readonly nint _start;
    private readonly uint _last; // highest offset of a register

    /// <param name="start">Virtual address of the window.</param>
    /// <param name="length">Bytes; accesses at or beyond it are refused by stopping the driver.</param>
    public MappedMmioRegion(nint start, uint length)
    {
        _start = start;
        _last = length - sizeof(uint);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public override uint Read(uint offset)
    {
        GrantCheck.RegisterRead(offset, _last);
        return MmioLoad(_start + (nint)offset);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public override void Write(uint offset, uint value)
    {
        GrantCheck.RegisterWrite(offset, _last);
        MmioStore(_start + (nint)offset, value);
    }

    // Never inlined: the compiler would narrow `Load(x) & 0xFFFF` to a 16-bit access, which devices do not answer.
    // One method for all loads and one for all stores, so that an execution trace counts MMIO accesses by address.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static uint MmioLoad(nint address) => Volatile.Read(ref *(uint*)address); // SAFETY: checked by Read above.

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MmioStore(nint address, uint value) => Volatile.Write(ref *(uint*)address, value); // SAFETY: checked by Write above.
}
