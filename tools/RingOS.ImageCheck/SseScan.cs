// Disassembles an image and finds SSE, MMX and x87 registers. The kernel does not save those of a program on entry, so kernel code that
// writes one would change what the program computes; the compiler uses them wherever 16 bytes are copied or cleared.
// Back to: KernelImageCheck.cs
using System;
using System.Collections.Generic;
using System.Linq;
using Iced.Intel;
using RingOS.Host.Boot;

namespace RingOS.ImageCheck;

/// <summary>An instruction that names a register it must not.</summary>
/// <param name="Method">The function it is in, as in the symbol table.</param>
/// <param name="Address">Virtual address.</param>
/// <param name="Instruction">In Intel's syntax.</param>
public sealed record SseUse(string Method, ulong Address, string Instruction);

/// <summary>Reads machine code, function by function. fxsave and fxrstor, which name no register, pass: they are how a program's are kept.</summary>
public static class SseScan
{
    /// <summary>Code before this label is 32-bit, from before long mode: boot.asm.</summary>
    private const string FirstLongModeLabel = "start64";

    private const int Bits = 64;

    /// <summary>Every offending instruction of an image, by address.</summary>
    public static IEnumerable<SseUse> Find(ElfFile image, byte[] file)
    {
        ulong start = image.Symbols.FirstOrDefault(static symbol => symbol.Name == FirstLongModeLabel)?.Address ?? 0;
        foreach (ElfSegment segment in image.Segments.Where(static segment => segment.IsExecutable))
        {
            ulong end = segment.Address + segment.FileSize;
            List<ElfSymbol> functions =
            [
                .. image.Symbols.Where(symbol => symbol.IsFunction && symbol.Address >= Math.Max(start, segment.Address) && symbol.Address < end)
                    .DistinctBy(static symbol => symbol.Address),
            ];
            for (int index = 0; index < functions.Count; index++)
            {
                ulong next = index + 1 < functions.Count ? functions[index + 1].Address : end;
                int offset = checked((int)(segment.FileOffset + functions[index].Address - segment.Address));
                ReadOnlyMemory<byte> code = file.AsMemory(offset, checked((int)(next - functions[index].Address)));
                foreach (SseUse use in FindIn(functions[index].Name, functions[index].Address, code))
                    yield return use;
            }
        }
    }

    /// <summary>Every offending instruction of one function.</summary>
    public static IEnumerable<SseUse> FindIn(string method, ulong address, ReadOnlyMemory<byte> code)
    {
        IntelFormatter formatter = new();
        Decoder decoder = Decoder.Create(Bits, new ByteArrayCodeReader(code.ToArray()), address);
        while (decoder.IP < address + (ulong)code.Length)
        {
            Instruction instruction = decoder.Decode();
            if (!NamesForbiddenRegister(instruction))
                continue;
            StringOutput text = new();
            formatter.Format(instruction, text);
            yield return new SseUse(method, instruction.IP, text.ToStringAndReset());
        }
    }

    private static bool NamesForbiddenRegister(in Instruction instruction)
    {
        for (int operand = 0; operand < instruction.OpCount; operand++)
        {
            if (instruction.GetOpKind(operand) == OpKind.Register && IsForbidden(instruction.GetOpRegister(operand)))
                return true;
        }
        return false;
    }

    private static bool IsForbidden(Register register)
        => register.IsXMM() || register.IsYMM() || register.IsZMM() || register.IsMM() || register.IsST();
}
