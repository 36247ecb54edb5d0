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
            Qemu.Call(instruction.Handle, &OnBegin, 0);
        if ((marks & RangeMarks.Landmark) != 0)
            Qemu.Call(instruction.Handle, &OnLandmark, 0);
        if ((marks & RangeMarks.WindowEnd) != 0)
            Qemu.Call(instruction.Handle, &OnEnd, 0);
        Qemu.Call(instruction.Handle, &OnExecuted, (nint)instruction.Row);
    }

    public static void OnRunEnded()
    {
        if (s_isInWindow)
            Close();
    }

    private static void OnBegin(uint processor, nint argument)
    {
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

    private static void OnEnd(uint processor, nint argument)
    {
        if (!s_isInWindow)
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
