// Writes down which instructions are executed, in order. Back to: ../Plugin.cs
namespace RingOS.Instrument;

/// <summary>
/// A row of the series for each: the number of its address. It begins with the program's measured window, or at the landmark that the plan asks
/// for, and goes on behind the window's end, because a frame may be reported later than that.
/// </summary>
internal static unsafe class Recording
{
    private static bool s_isOn;
    private static bool s_isInWindow;

    public static void OnTranslated(in Instruction instruction)
    {
        RangeMarks marks = instruction.Place.MarksAt(instruction.Address);
        if ((marks & RangeMarks.WindowBegin) != 0)
            Qemu.Call(instruction.Handle, &OnBegin, (nint)instruction.Place.Slot);
        if ((marks & RangeMarks.Landmark) != 0)
            Qemu.Call(instruction.Handle, &OnLandmark, 0);
        if ((marks & RangeMarks.WindowEnd) != 0)
            Qemu.Call(instruction.Handle, &OnEnd, (nint)instruction.Place.Slot);
        Qemu.Call(instruction.Handle, &OnExecuted, (nint)instruction.Row);
    }

    public static void OnRunEnded()
    {
        if (s_isInWindow)
            Close();
    }

    private static void OnBegin(uint processor, nint slot)
    {
        if (!Places.IsFirstOfImage((SlotRow*)slot))
            return;
        SharedHeader* header = SharedMemory.Header;
        header->WindowsOpened++;
        header->Landmarks = 0;
        header->Series.Count = 0;
        s_isInWindow = true;
        s_isOn = header->RecordFrom == 0;
    }

    private static void OnLandmark(uint processor, nint argument)
    {
        if (s_isInWindow && ++SharedMemory.Header->Landmarks == SharedMemory.Header->RecordFrom)
            s_isOn = true;
    }

    private static void OnEnd(uint processor, nint slot)
    {
        if (!s_isInWindow || !Places.IsFirstOfImage((SlotRow*)slot))
            return;
        SharedMemory.Header->WindowsClosed = SharedMemory.Header->WindowsOpened;
        Close();
    }

    private static void Close()
    {
        SharedMemory.Header->RecordedInWindow = SharedMemory.Header->Series.Count;
        s_isInWindow = false;
    }

    private static void OnExecuted(uint processor, nint row)
    {
        if (!s_isOn)
            return;
        Area* series = &SharedMemory.Header->Series;
        if (series->Count == series->Capacity)
        {
            SharedMemory.Fail(InstrumentFailure.RecordingFull);
            s_isOn = false;
            return;
        }
        SharedMemory.Series[series->Count++] = (uint)row;
    }
}
