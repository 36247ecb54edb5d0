// The rows of the shared tables. Back to: SharedHeader.cs
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RingOS.Instrument;

/// <summary>An image that may be loaded. The kernel is row 0 and runs where it is linked.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct ImageRow
{
    public const int Size = 48;

    /// <summary>Its rows in <see cref="SharedHeader.Ranges"/>, ascending by address.</summary>
    public ulong FirstRange;
    public ulong RangeCount;

    /// <summary>How many of its methods count for their callers.</summary>
    public ulong HelperCount;

    /// <summary>Linked address of the page with its entry point.</summary>
    public ulong FingerprintAddress;

    /// <summary>What that page holds: bytes in <see cref="SharedHeader.Fingerprints"/>.</summary>
    public ulong FingerprintOffset;
    public ulong FingerprintLength;
}

/// <summary>What is special about the first instruction of a range.</summary>
[Flags]
public enum RangeMarks : byte
{
    None = 0,

    /// <summary>A method begins here, not only a label in one.</summary>
    MethodStart = 1 << 0,

    /// <summary>The program marks the beginning of its measured window.</summary>
    WindowBegin = 1 << 1,

    /// <summary>It marks the end.</summary>
    WindowEnd = 1 << 2,

    /// <summary>A device's interrupt enters the kernel.</summary>
    InterruptEntry = 1 << 3,

    /// <summary>It reaches the driver.</summary>
    InterruptHandler = 1 << 4,

    /// <summary>Every write() comes by here, once.</summary>
    Landmark = 1 << 5,

    /// <summary>The whole range loads or stores registers of devices.</summary>
    RegisterAccess = 1 << 6,
}

/// <summary>A symbol's addresses.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct RangeRow
{
    public const int Size = 24;

    /// <summary>For <see cref="Helper"/>: it is none.</summary>
    public const uint NoHelper = uint.MaxValue;

    /// <summary>Linked address.</summary>
    public ulong Start;

    /// <summary>First address beyond it.</summary>
    public ulong End;

    /// <summary>Number of the helper it belongs to, from 0 in its image.</summary>
    public uint Helper;

    /// <summary>The layer its instructions count for, if it is no helper.</summary>
    public byte Layer;

    public RangeMarks Marks;

    public ushort Reserved;
}

/// <summary>A place where a process was loaded: filled in by the instrument.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct SlotRow
{
    public const int Size = 24;

    /// <summary>For <see cref="Image"/>: its first page is none of the plan's.</summary>
    public const ulong UnknownImage = ulong.MaxValue;

    /// <summary>Added to every linked address.</summary>
    public ulong LoadBias;

    public ulong Image;

    /// <summary>Row of <see cref="SharedHeader.Helpers"/> of the image's helper 0.</summary>
    public ulong FirstHelper;
}

/// <summary>What an instruction does, as far as it matters here.</summary>
public enum InstructionKind : byte
{
    Other,
    Syscall,
    SyscallReturn,
    SoftwareInterrupt,
    InterruptReturn,
    FarCall,
    FarReturn,

    /// <summary>A string instruction with a repeat prefix.</summary>
    Repeat,

    /// <summary>Reads the time-stamp counter.</summary>
    ReadClock,

    /// <summary>`call` or `jmp` to an address in the instruction.</summary>
    DirectTransfer,

    /// <summary>`call` or `jmp` to an address in a register or in memory.</summary>
    IndirectTransfer,

    /// <summary>`ret`.</summary>
    Return,
}

/// <summary>An executed instruction's address.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct AddressRow
{
    public const int Size = 16;

    public ulong Address;

    /// <summary>Bytes of the instruction.</summary>
    public uint Length;

    public InstructionKind Kind;
}

/// <summary>A number for each layer, in the order of RingOS.Trace.Layer.</summary>
[InlineArray(Count)]
public struct LayerCounts
{
    public const int Count = 9;

    private ulong _first;
}

/// <summary>A method whose instructions count for the layer of its caller.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct HelperRow
{
    public const int Size = (2 + LayerCounts.Count) * 8;

    /// <summary>The layer that its next instructions count for.</summary>
    public ulong Layer;

    /// <summary>Instructions that have been credited so far.</summary>
    public ulong Credited;

    /// <summary>To whom.</summary>
    public LayerCounts ByLayer;
}
