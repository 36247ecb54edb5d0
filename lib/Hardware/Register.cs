// One register of a device, with the type of its content. Next: DmaRegion.cs
using System.Runtime.CompilerServices;

namespace RingOS.Hardware;

/// <summary>A 32-bit register read and written as <typeparamref name="T"/>: an enum over uint, or uint itself.</summary>
public readonly struct Register<T>(MmioRegion window, uint offset)
    where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Read()
    {
        RefuseOtherWidths();
        uint value = window.Read(offset);
        return Unsafe.As<uint, T>(ref value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(T value)
    {
        RefuseOtherWidths();
        window.Write(offset, Unsafe.As<T, uint>(ref value));
    }

    // A content of another width would be read from, or leave behind, what lies beside it. A constant for each T: nothing is compiled.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RefuseOtherWidths()
    {
        if (Unsafe.SizeOf<T>() != sizeof(uint))
            GrantViolation.Fail("register content of another width than the register's");
    }
}
