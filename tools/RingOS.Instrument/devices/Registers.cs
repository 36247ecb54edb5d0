// Loads and stores of registers whose device lives in the host tool. QEMU takes the registers for memory; what makes them registers is what
// happens after an access. Next: Turn.cs
namespace RingOS.Instrument;

/// <summary>
/// Only the instructions of the guest's register accessors are watched: MappedMmioRegion in lib/Hardware, which the plan has marked. What a load
/// returns lies in the window before it: the tool puts it there while the machine stands still.
/// </summary>
internal static unsafe class Registers
{
    private const uint Word = sizeof(uint);

    /// <param name="handle">An instruction that QEMU is translating.</param>
    /// <param name="place">Where it lies.</param>
    public static void OnTranslated(nint handle, in Place place)
    {
        if (place.Range != null && (place.Range->Marks & RangeMarks.RegisterAccess) != 0)
            Qemu.CallAfterAccess(handle, &OnAccess);
    }

    private static void OnAccess(uint processor, uint what, ulong address, nint argument)
    {
        uint bytes = Qemu.BytesOf(what);
        if (bytes > Word)
            return; // the accessor's stack: no register is so wide
        if (!Qemu.TryMemoryOf(what, address, out ulong physical) || !DeviceMemory.TryOffset(physical, out uint offset))
            return;
        if (Qemu.IsStore(what))
            OnStored(offset, bytes);
        else
            OnLoaded(offset, bytes);
    }

    private static void OnLoaded(uint offset, uint bytes)
    {
        if (DeviceMemory.EffectAt(offset) != RegisterEffect.ClearedByLoad)
            return;
        WriteDown(offset, 0, bytes, isLoad: 1);
        *(uint*)(DeviceMemory.Window + (offset & ~(Word - 1))) = 0;
    }

    private static void OnStored(uint offset, uint bytes)
    {
        RegisterEffect effect = DeviceMemory.EffectAt(offset);
        WriteDown(offset, ValueAt(offset, bytes), bytes, isLoad: 0);
        if (effect == RegisterEffect.Halts)
            Turn.Pass(MachineState.Idle);
        else if (effect != RegisterEffect.Posted || bytes != Word)
            Turn.Pass(MachineState.Asks);
    }

    // What was stored is there now.
    private static uint ValueAt(uint offset, uint bytes)
    {
        byte* at = DeviceMemory.Window + offset;
        if (bytes == Word)
            return *(uint*)at;
        return bytes == sizeof(ushort) ? *(ushort*)at : *at;
    }

    private static void WriteDown(uint offset, uint value, uint bytes, uint isLoad)
    {
        Area* accesses = &DeviceMemory.Header->Accesses;
        if (accesses->Count == accesses->Capacity)
            Turn.Pass(MachineState.Asks); // the tool takes them and leaves none
        AccessRow* row = DeviceMemory.Accesses + accesses->Count;
        row->Offset = offset;
        row->Value = value;
        row->Bytes = bytes;
        row->IsLoad = isLoad;
        accesses->Count++;
    }
}
