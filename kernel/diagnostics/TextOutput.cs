// Writes text and numbers to the serial port without allocating. Next: Log.cs
using System;
using RingOS.Kernel.Arch.X64;

namespace RingOS.Kernel.Diagnostics;

/// <summary>Plain text on the serial line.</summary>
public static class TextOutput
{
    public static void Write(string text)
    {
        for (int i = 0; i < text.Length; i++)
            SerialPort.Write((byte)text[i]);
    }

    public static void Write(ReadOnlySpan<byte> text)
    {
        for (int i = 0; i < text.Length; i++)
            SerialPort.Write(text[i]);
    }

    public static void WriteLine(string text)
    {
        Write(text);
        SerialPort.Write((byte)'\n');
    }

    public static void WriteDecimal(ulong value, int minimumDigits = 1)
    {
        ulong divisor = 1;
        int digits = 1;
        while (value / divisor >= 10)
        {
            divisor *= 10;
            digits++;
        }
        for (; digits < minimumDigits; minimumDigits--)
            SerialPort.Write((byte)'0');
        for (; divisor != 0; divisor /= 10)
            SerialPort.Write((byte)('0' + (value / divisor % 10)));
    }

    /// <summary>0x and 16 digits.</summary>
    public static void WriteHexadecimal(ulong value)
    {
        Write("0x");
        for (int shift = 60; shift >= 0; shift -= 4)
        {
            int digit = (int)(value >> shift) & 15;
            SerialPort.Write((byte)(digit < 10 ? '0' + digit : 'a' + digit - 10));
        }
    }
}
