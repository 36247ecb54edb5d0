// QEMU's functions as the assembly table lists them. QEMU: include/qemu/qemu-plugin.h. Next: Qemu.cs
using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RingOS.Instrument;

/// <summary>A managed function pointer has the register rules of C for whole numbers and pointers.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct QemuFunctions
{
    public delegate*<ulong, nint, void> OnTranslation;
    public delegate*<ulong, nint, nint, void> AtExit;
    public delegate*<nint, nuint> BlockLength;
    public delegate*<nint, nuint, nint> BlockInstruction;
    public delegate*<nint, ulong> Address;
    public delegate*<nint, nuint> Size;
    public delegate*<nint, byte*, nuint, byte*> Bytes;
    public delegate*<nint, byte*> HostAddress;
    public delegate*<nint, nint, int, nint, void> OnExecution;

    /// <summary>Version 1: adds to a fixed address. Null in later versions.</summary>
    public delegate*<nint, int, ulong*, ulong, void> AddAt;

    /// <summary>Later versions: adds at an offset in the processor's part of a scoreboard.</summary>
    public delegate*<nint, int, nint, nuint, ulong, void> AddPerProcessor;
    public delegate*<nuint, nint> NewScoreboard;
    public delegate*<nint, uint, ulong*> ScoreboardOf;
    public delegate*<nint, nint, int, int, nint, void> OnAccess;
    public delegate*<uint, uint> AccessSizeShift;
    public delegate*<uint, byte> AccessIsStore;
    public delegate*<uint, ulong, nint> HardwareAddress;
    public delegate*<nint, byte> IsDevice;
    public delegate*<nint, ulong> PhysicalAddress;

    [RuntimeImport("*", "qemu_functions"), MethodImpl(MethodImplOptions.InternalCall)]
    public static extern QemuFunctions* Table();
}
