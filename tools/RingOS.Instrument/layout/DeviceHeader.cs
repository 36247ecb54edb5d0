// What host tool and instrument agree on about devices that live in the host tool: whose turn it is, what an access to a register does, and
// what the machine has accessed. Next: SharedHeader.cs
using System.Runtime.InteropServices;

namespace RingOS.Instrument;

/// <summary>Values of <see cref="DeviceHeader.State"/>, a futex(2) word. The machine leaves the first, the tool the others.</summary>
public static class MachineState
{
    /// <summary>The machine computes; the tool leaves devices and guest memory alone.</summary>
    public const int Runs = 0;

    /// <summary>It waits until an access has been dealt with.</summary>
    public const int Asks = 1;

    /// <summary>It has halted and waits for an interrupt.</summary>
    public const int Idle = 2;

    /// <summary>For good: it has ended, or must.</summary>
    public const int Gone = 3;
}

/// <summary>What an access does besides moving a word. Every one but a load without effect is written down.</summary>
public enum RegisterEffect : byte
{
    /// <summary>A store waits until the device has dealt with it; what is loaded then may be another word. A load has no effect.</summary>
    Immediate = 0,

    /// <summary>The machine runs on after a store: the device deals with it when the machine stands still.</summary>
    Posted = 1,

    /// <summary>A load leaves 0 behind. A store is as <see cref="Immediate"/>.</summary>
    ClearedByLoad = 2,

    /// <summary>A store halts the machine.</summary>
    Halts = 3,
}

/// <summary>The beginning of the memory that a machine shares with its devices. A second memory is their registers, which the guest has mapped.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct DeviceHeader
{
    public const int Size = (4 * 8) + (2 * Area.Size);

    /// <summary>"RGOSDEVS".</summary>
    public const ulong MagicValue = 0x5356_4544_534F_4752;

    public ulong Magic;

    /// <summary><see cref="SharedHeader.CurrentVersion"/>.</summary>
    public ulong Version;

    /// <summary>Process that the devices live in.</summary>
    public ulong Tool;

    /// <summary>One of <see cref="MachineState"/>.</summary>
    public int State;

    public int Reserved;

    /// <summary>A <see cref="RegisterEffect"/> for each four bytes of the registers' window.</summary>
    public Area Effects;

    /// <summary>What was accessed since the machine ran last, in order.</summary>
    public Area Accesses;
}

/// <summary>A store, or a load that had an effect.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct AccessRow
{
    public const int Size = 16;

    /// <summary>Bytes from the window's beginning.</summary>
    public uint Offset;

    /// <summary>What was stored.</summary>
    public uint Value;

    /// <summary>1, 2 or 4.</summary>
    public uint Bytes;

    /// <summary>1 for a load, 0 for a store.</summary>
    public uint IsLoad;
}
