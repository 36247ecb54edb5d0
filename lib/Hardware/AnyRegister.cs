// One register of 8, 16 or 32 bits, with the type of its content, in a window of either kind. Side by side with: Register.cs
using System.Runtime.CompilerServices;

namespace RingOS.Hardware;

/// <summary>A register as wide as <typeparamref name="T"/>: an enum over byte, ushort or uint, or one of these itself.</summary>
/// <remarks>The width is a constant for each <typeparamref name="T"/>: one of the branches is compiled.</remarks>
public readonly struct AnyRegister<T>(RegisterWindow window, uint offset)
    where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Read()
    {
        if (Unsafe.SizeOf<T>() == sizeof(byte))
        {
            byte narrow = window.Read8(offset);
            return Unsafe.As<byte, T>(ref narrow);
        }
        if (Unsafe.SizeOf<T>() == sizeof(ushort))
        {
            ushort half = window.Read16(offset);
            return Unsafe.As<ushort, T>(ref half);
        }
        RefuseOtherWidths();
        uint value = window.Read32(offset);
        return Unsafe.As<uint, T>(ref value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(T value)
    {
        if (Unsafe.SizeOf<T>() == sizeof(byte))
            window.Write8(offset, Unsafe.As<T, byte>(ref value));
        else if (Unsafe.SizeOf<T>() == sizeof(ushort))
            window.Write16(offset, Unsafe.As<T, ushort>(ref value));
        else
            Write32(value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Write32(T value)
    {
        RefuseOtherWidths();
        window.Write32(offset, Unsafe.As<T, uint>(ref value));
    }

    // As in Register.cs.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RefuseOtherWidths()
    {
        if (Unsafe.SizeOf<T>() != sizeof(uint))
            GrantViolation.Fail("register content of another width than any register's");
    }
}
