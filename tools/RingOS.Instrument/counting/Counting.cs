// What is added to an instruction so that it is counted. Next: Window.cs
namespace RingOS.Instrument;

/// <summary>
/// One addition for each instruction, never one for a block: a block may be left early. Calls only where an order matters: at the edges of
/// the window, into helpers, from interrupts to drivers.
/// </summary>
internal static unsafe class Counting
{
    public static void Initialize() => Qemu.ReserveCounters(SharedMemory.Live, SharedMemory.Header->Live.Capacity);

    public static void OnTranslated(in Instruction instruction)
    {
        CallAtMarks(instruction);
        CallBeforeHelpers(instruction);
        Qemu.Count(instruction.Handle, instruction.Row);
        if (instruction.Place.IsHelper)
            Qemu.Count(instruction.Handle, Helpers.CounterOf(instruction.Place.Helper));
    }

    private static void CallAtMarks(in Instruction instruction)
    {
        RangeMarks marks = instruction.Place.MarksAt(instruction.Address);
        if ((marks & RangeMarks.WindowBegin) != 0)
            Qemu.Call(instruction.Handle, &Window.OnBegin, (nint)instruction.Place.Slot);
        if ((marks & RangeMarks.WindowEnd) != 0)
            Qemu.Call(instruction.Handle, &Window.OnEnd, (nint)instruction.Place.Slot);
        if (instruction.Kind == InstructionKind.ReadClock)
            Qemu.Call(instruction.Handle, &Window.OnClockRead, 0);
        if ((marks & RangeMarks.InterruptEntry) != 0)
            Qemu.Call(instruction.Handle, &InterruptTimes.OnEntry, 0);
        if ((marks & RangeMarks.InterruptHandler) != 0)
            Qemu.Call(instruction.Handle, &InterruptTimes.OnHandler, 0);
        if ((marks & RangeMarks.MethodStart) != 0 && instruction.Place.IsHelper)
            Qemu.Call(instruction.Handle, &Helpers.OnEntered, (nint)instruction.Place.Helper);
    }

    private static void CallBeforeHelpers(in Instruction instruction)
    {
        if (instruction.Kind == InstructionKind.IndirectTransfer || (LeavesItsRange(instruction) && LeadsToHelper(instruction)))
            Qemu.Call(instruction.Handle, &Helpers.OnCall, Helpers.CallerAt(instruction.Place));
    }

    // By a transfer, or because assembly code goes on in the symbol that lies behind it.
    private static bool LeavesItsRange(in Instruction instruction)
        => instruction.Kind == InstructionKind.DirectTransfer
            || (instruction.Kind == InstructionKind.Other && instruction.Place.EndsAt(instruction.Target));

    private static bool LeadsToHelper(in Instruction instruction)
    {
        Place target = Places.At(instruction.Target, null);
        return target.IsHelper && (target.MarksAt(instruction.Target) & RangeMarks.MethodStart) != 0;
    }
}
