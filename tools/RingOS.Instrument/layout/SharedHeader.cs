// What host tool and instrument agree on: the plan goes in, counts and the recording come out. Next: Rows.cs
using System.Runtime.InteropServices;

namespace RingOS.Instrument;

/// <summary>What the instrument shall do.</summary>
public enum InstrumentMode : ulong
{
    /// <summary>Nothing but its part in devices that live in the host tool: <see cref="DeviceHeader"/>.</summary>
    None = 0,

    /// <summary>Count every executed instruction.</summary>
    Count = 1,

    /// <summary>Write down every executed instruction of a stretch, in order.</summary>
    Record = 2,
}

/// <summary>How far the instrument has come.</summary>
public enum InstrumentState : ulong
{
    /// <summary>QEMU has not loaded it.</summary>
    Absent = 0,

    /// <summary>It counts or records.</summary>
    Running = 1,

    /// <summary>QEMU has ended in the ordinary way: the results are whole.</summary>
    Ended = 2,
}

/// <summary>Why the instrument gave up. The guest goes on without it.</summary>
public enum InstrumentFailure : ulong
{
    None = 0,

    /// <summary>More different addresses were executed than the memory has rows for.</summary>
    TooManyAddresses = 1,

    /// <summary>More processes ran than the memory has rows for.</summary>
    TooManySlots = 2,

    /// <summary>More instructions were executed than the recording has room for.</summary>
    RecordingFull = 3,

    /// <summary>The machine has more processors than one, which share what is known about helpers' callers.</summary>
    TooManyProcessors = 4,
}

/// <summary>The beginning of the shared memory. All numbers are little-endian.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct SharedHeader
{
    public const int Size = ((12 + LayerCounts.Count) * 8) + (10 * Area.Size);

    /// <summary>"RGOSINST".</summary>
    public const ulong MagicValue = 0x5453_4E49_534F_4752;

    /// <summary>Counted up whenever a row, a table or a meaning changes: instrument and tool must be of one build.</summary>
    public const ulong CurrentVersion = 2;

    public ulong Magic;
    public ulong Version;
    public InstrumentMode Mode;
    public InstrumentState State;
    public InstrumentFailure Failure;

    /// <summary>Version of QEMU's plugin interface that is in use.</summary>
    public ulong ApiVersion;

    /// <summary>How often the program marked the beginning of its measured window.</summary>
    public ulong WindowsOpened;

    /// <summary>How often it marked the end; the results are those of the last window that was closed.</summary>
    public ulong WindowsClosed;

    /// <summary>The recording begins at this execution of the landmark, from 1; 0: at the beginning of the window.</summary>
    public ulong RecordFrom;

    /// <summary>How often the landmark was passed in the window so far.</summary>
    public ulong Landmarks;

    /// <summary>Rows of the recording when the window was closed.</summary>
    public ulong RecordedInWindow;

    /// <summary>Instructions before the window: those that were cleared when it was opened.</summary>
    public ulong Before;

    /// <summary>Instructions of helpers in the window, by the layer of their callers.</summary>
    public LayerCounts HelpersByLayer;

    public Area Images;
    public Area Ranges;
    public Area Fingerprints;
    public Area Slots;
    public Area Addresses;
    public Area AddressIndex;
    public Area Live;
    public Area Results;
    public Area Helpers;

    /// <summary>Of <see cref="InstrumentMode.Count"/>: instructions from a device's interrupt to its driver. Of <see cref="InstrumentMode.Record"/>: the recording.</summary>
    public Area Series;
}
