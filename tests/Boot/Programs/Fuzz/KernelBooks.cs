// The kernel's books before and after. Entries: lib/Abi/KernelBook.cs. Next: FuzzProcess.cs
using System;
using RingOS.Abi;
using RingOS.User;

namespace RingOS.Test.Fuzz;

/// <summary>One reading.</summary>
internal sealed class KernelBooks
{
    private readonly ulong[] _entries = new ulong[(int)KernelBook.Count];

    public ulong this[KernelBook book] => _entries[(int)book];

    /// <summary>False if the kernel does not show them.</summary>
    public bool Read(int device) => Syscall.Ioctl(device, IoctlRequest.GetKernelBooks, _entries) == 0;

    /// <summary>Reports and compares one entry.</summary>
    public static bool IsBalanced(ReadOnlySpan<byte> book, ulong expected, ulong actual)
    {
        FuzzReport.Begin("fuzz book: {Book} should be {Expected} and is {Actual}"u8)
            .Add("Book"u8, book).Add("Expected"u8, expected).Add("Actual"u8, actual).End();
        return expected == actual;
    }
}
