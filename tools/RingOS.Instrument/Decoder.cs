// The few instructions whose executions mean something. Intel SDM volume 2, chapter 2 and appendix A. Next: Plugin.cs
namespace RingOS.Instrument;

/// <summary>Reads an instruction's prefixes and first opcode bytes.</summary>
internal static unsafe class Decoder
{
    /// <param name="bytes">The instruction.</param>
    /// <param name="length">Its bytes.</param>
    /// <param name="address">Where it lies.</param>
    /// <param name="target">Where a <see cref="InstructionKind.DirectTransfer"/> leads; else the next instruction.</param>
    public static InstructionKind Decode(byte* bytes, uint length, ulong address, out ulong target)
    {
        target = address + length;
        uint at = 0;
        bool repeats = false;
        while (at + 1 < length && IsPrefix(bytes[at]))
            repeats |= bytes[at++] is 0xF2 or 0xF3;
        byte opcode = bytes[at];
        if (opcode == 0x0F && at + 1 < length)
            return TwoByte(bytes[at + 1]);
        if (repeats && IsString(opcode))
            return InstructionKind.Repeat;
        if (opcode == 0xFF && at + 1 < length)
            return Group5((bytes[at + 1] >> 3) & 7);
        if (opcode is 0xE8 or 0xE9 && at + 5 <= length)
            target += (ulong)(long)*(int*)(bytes + at + 1);
        if (opcode == 0xEB && at + 2 <= length)
            target += (ulong)(long)(sbyte)bytes[at + 1];
        return OneByte(opcode);
    }

    // Legacy prefixes, and REX, which in 64-bit mode takes the place of one-byte inc and dec.
    private static bool IsPrefix(byte value)
        => value is 0x26 or 0x2E or 0x36 or 0x3E or (>= 0x40 and <= 0x4F) or (>= 0x64 and <= 0x67) or 0xF0 or 0xF2 or 0xF3;

    private static bool IsString(byte opcode) => opcode is (>= 0x6C and <= 0x6F) or (>= 0xA4 and <= 0xA7) or (>= 0xAA and <= 0xAF);

    private static InstructionKind TwoByte(byte opcode)
    {
        if (opcode == 0x05)
            return InstructionKind.Syscall;
        if (opcode == 0x07)
            return InstructionKind.SyscallReturn;
        return opcode == 0x31 ? InstructionKind.ReadClock : InstructionKind.Other;
    }

    private static InstructionKind Group5(int operation)
    {
        if (operation == 3)
            return InstructionKind.FarCall;
        return operation is 2 or 4 ? InstructionKind.IndirectTransfer : InstructionKind.Other;
    }

    private static InstructionKind OneByte(byte opcode)
    {
        if (opcode is 0xE8 or 0xE9 or 0xEB)
            return InstructionKind.DirectTransfer;
        if (opcode is 0xC2 or 0xC3)
            return InstructionKind.Return;
        if (opcode is 0xCA or 0xCB)
            return InstructionKind.FarReturn;
        if (opcode == 0xCD)
            return InstructionKind.SoftwareInterrupt;
        return opcode == 0xCF ? InstructionKind.InterruptReturn : InstructionKind.Other;
    }
}
