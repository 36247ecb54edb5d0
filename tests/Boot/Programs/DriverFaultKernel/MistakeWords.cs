// The mistake that the kernel command line names: fault=covariant-element. Next: driver/WrongDriver.cs
using System;

namespace RingOS.Test.DriverFaultKernel;

/// <summary>Names of <see cref="Mistake"/>, in its order.</summary>
internal static class MistakeWords
{
    private const int LastMistake = (int)Mistake.Hog;

    /// <summary>An unknown word names no mistake.</summary>
    public static Mistake Parse(ReadOnlySpan<byte> word)
    {
        ReadOnlySpan<byte> names = "register-read register-write wide-register-read wide-register-write narrow-register descriptor-read "u8
            + "descriptor-write empty-region array covariant-element covariant-span length null far-null divide cast unboxing recursion "u8
            + "throw heap loop deep-fault deep-throw deep-interrupt hog "u8;
        int start = 0;
        for (int mistake = 1; mistake <= LastMistake; mistake++)
        {
            int end = start;
            while (names[end] != (byte)' ')
                end++;
            if (names.Slice(start, end - start).SequenceEqual(word))
                return (Mistake)mistake;
            start = end + 1;
        }
        return Mistake.None;
    }
}
