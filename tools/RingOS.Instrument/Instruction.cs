// An instruction that QEMU is translating, with all that the parts of the instrument ask about it. Next: Places.cs
namespace RingOS.Instrument;

/// <summary>Valid until the translation of its block is over.</summary>
internal unsafe struct Instruction
{
    /// <summary>QEMU's name for it.</summary>
    public nint Handle;

    public ulong Address;

    public InstructionKind Kind;

    /// <summary>Where a <see cref="InstructionKind.DirectTransfer"/> leads; for all others the next instruction.</summary>
    public ulong Target;

    public Place Place;

    /// <summary>Row of <see cref="SharedHeader.Addresses"/>, and number of its counter.</summary>
    public ulong Row;

    public static Instruction Of(nint handle, Place place)
    {
        byte* buffer = stackalloc byte[Qemu.LongestInstruction];
        uint length = Qemu.SizeOf(handle);
        Instruction instruction = default;
        instruction.Handle = handle;
        instruction.Address = Qemu.AddressOf(handle);
        instruction.Kind = Decoder.Decode(Qemu.BytesOf(handle, buffer), length, instruction.Address, out instruction.Target);
        instruction.Place = place;
        instruction.Row = Addresses.RowOf(instruction.Address, length, instruction.Kind);
        return instruction;
    }
}
