// Names of the kernel's methods, for panics: a text file of the boot archive. Next: KernelPanic.cs
using System;
using RingOS.Kernel.Memory;

namespace RingOS.Kernel.Diagnostics;

/// <summary>Looks up "16 hexadecimal digits, blank, name" lines, sorted by address (BootProtocol.KernelSymbolsFile).</summary>
public sealed class SymbolTable(ByteSource file)
{
    private const int Digits = 16;
    private const int ChunkLength = 256;

    /// <summary>Writes "name+offset", or nothing if the address lies before the first symbol.</summary>
    public void WriteName(ulong address)
    {
        ulong bestAddress = 0;
        ulong bestName = 0;
        for (ulong line = 0; TryReadAddress(line, out ulong start) && start <= address; line = NextLine(line))
        {
            bestAddress = start;
            bestName = line + Digits + 1;
        }
        if (bestName == 0)
            return;
        for (ulong at = bestName; At(at) is not (0 or (byte)'\n'); at++)
            Arch.X64.SerialPort.Write(At(at));
        TextOutput.Write("+");
        TextOutput.WriteDecimal(address - bestAddress);
    }

    private byte At(ulong offset) => offset < file.Length ? file.Slice(offset, 1)[0] : (byte)0;

    private ulong NextLine(ulong line)
    {
        while (line < file.Length)
        {
            ulong left = file.Length - line;
            ReadOnlySpan<byte> chunk = file.Slice(line, (int)(left < ChunkLength ? left : ChunkLength));
            for (int i = 0; i < chunk.Length; i++)
            {
                if (chunk[i] == (byte)'\n')
                    return line + (ulong)i + 1;
            }
            line += (ulong)chunk.Length;
        }
        return line;
    }

    private bool TryReadAddress(ulong line, out ulong address)
    {
        address = 0;
        if (line + Digits >= file.Length)
            return false;
        ReadOnlySpan<byte> digits = file.Slice(line, Digits);
        for (int i = 0; i < Digits; i++)
        {
            int digit = digits[i] switch
            {
                >= (byte)'0' and <= (byte)'9' => digits[i] - '0',
                >= (byte)'a' and <= (byte)'f' => digits[i] - 'a' + 10,
                _ => -1,
            };
            if (digit < 0)
                return false;
            address = (address << 4) | (uint)digit;
        }
        return true;
    }
}
