// One register of a device, with the type of its content. Next: DmaRegion.cs
using System.Runtime.CompilerServices;

namespace RingOS.Hardware;

/// <summary>A 32-bit register read and written as <typeparamref name="T"/>: an enum over uint, or uint itself.</summary>
public readonly struct Register<T>(MmioRegion window, uint offset)
    where T : unmanaged
{
    public T Read()
    {
        uint value = window.Read(offset);
        return Unsafe.As<uint, T>(ref value);
    }

    public void Write(T value) => window.Write(offset, Unsafe.As<T, uint>(ref value));
}
