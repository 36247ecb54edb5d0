// A table of the shared memory. Next: SharedHeader.cs
using System.Runtime.InteropServices;

namespace RingOS.Instrument;

/// <summary>Where a table lies and how full it is.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct Area
{
    public const int Size = 24;

    /// <summary>Bytes from the beginning of the memory.</summary>
    public ulong Offset;

    /// <summary>Rows there is room for.</summary>
    public ulong Capacity;

    /// <summary>Rows that hold something.</summary>
    public ulong Count;
}
