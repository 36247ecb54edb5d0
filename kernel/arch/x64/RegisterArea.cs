// Where a thread's registers are kept: one fixed, 16-aligned place a thread. Next: Segments.cs
namespace RingOS.Kernel.Arch.X64;

/// <summary>A reference to a thread's <see cref="Registers"/>, which entry.asm fills and empties.</summary>
public readonly unsafe struct RegisterArea
{
    private readonly Registers* _registers;

    /// <param name="address">Virtual address of 176 bytes whose end is 16-aligned; they outlive the thread.</param>
    public RegisterArea(ulong address) => _registers = (Registers*)address;

    /// <summary>The registers themselves.</summary>
    public ref Registers Value => ref *_registers; // SAFETY: the constructor's caller vouches for the memory.

    /// <summary>What goes into TSS.RSP0.</summary>
    public ulong End => (ulong)(_registers + 1);
}
