// The memory that the host tool made: ../layout/SharedHeader.cs. Next: Places.cs
namespace RingOS.Instrument;

/// <summary>Typed views of the shared tables.</summary>
internal static unsafe class SharedMemory
{
    private static byte* s_start;

    public static SharedHeader* Header => (SharedHeader*)s_start;

    public static ImageRow* Images => (ImageRow*)(s_start + Header->Images.Offset);

    public static RangeRow* Ranges => (RangeRow*)(s_start + Header->Ranges.Offset);

    public static byte* Fingerprints => s_start + Header->Fingerprints.Offset;

    public static SlotRow* Slots => (SlotRow*)(s_start + Header->Slots.Offset);

    public static AddressRow* Addresses => (AddressRow*)(s_start + Header->Addresses.Offset);

    public static uint* AddressIndex => (uint*)(s_start + Header->AddressIndex.Offset);

    public static ulong* Live => (ulong*)(s_start + Header->Live.Offset);

    public static ulong* Results => (ulong*)(s_start + Header->Results.Offset);

    public static HelperRow* Helpers => (HelperRow*)(s_start + Header->Helpers.Offset);

    public static uint* Series => (uint*)(s_start + Header->Series.Offset);

    /// <summary>Takes the memory if it is one, and made by a tool of this version.</summary>
    public static bool Attach(byte* start, ulong length)
    {
        s_start = start;
        return length >= SharedHeader.Size && Header->Magic == SharedHeader.MagicValue && Header->Version == SharedHeader.CurrentVersion;
    }

    /// <summary>Keeps the first reason why no more is counted or recorded.</summary>
    public static void Fail(InstrumentFailure why)
    {
        if (Header->Failure == InstrumentFailure.None)
            Header->Failure = why;
    }
}
