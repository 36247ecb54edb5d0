// From an address to the image that lies there and the symbol in it. Programs are linked alike and loaded apart: lib/Abi/BootProtocol.cs,
// "ProgramSpacing". Which image a process is, its first page says. Next: Addresses.cs
using RingOS.Abi;

namespace RingOS.Instrument;

/// <summary>A symbol's range where it was loaded.</summary>
internal unsafe struct Place
{
    /// <summary>Null if the address belongs to no symbol.</summary>
    public RangeRow* Range;

    /// <summary>Where the process was loaded; null for addresses outside of all images.</summary>
    public SlotRow* Slot;

    public readonly bool IsHelper => Range != null && Range->Helper != RangeRow.NoHelper;

    /// <summary>Row of the helper; only if it is one.</summary>
    public readonly ulong Helper => Slot->FirstHelper + Range->Helper;

    public readonly bool StartsAt(ulong address) => Range != null && address == Slot->LoadBias + Range->Start;

    public readonly bool EndsAt(ulong address) => Range != null && address == Slot->LoadBias + Range->End;

    /// <summary>What is marked at an address of the range.</summary>
    public readonly RangeMarks MarksAt(ulong address) => StartsAt(address) ? Range->Marks : RangeMarks.None;
}

/// <summary>The images of the plan, and the processes that were loaded so far.</summary>
internal static unsafe class Places
{
    private const ulong Page = 4096;
    private const ulong Kernel = 0;

    private static SlotRow* s_last;

    /// <param name="address">Virtual address of an instruction.</param>
    /// <param name="memory">Where it lies in this process; null if that is not known, and then a new process stays unknown.</param>
    public static Place At(ulong address, byte* memory)
    {
        Place place = default;
        if (!TryBiasOf(address, out ulong bias))
            return place;
        place.Slot = SlotAt(bias, address, memory);
        if (place.Slot != null && place.Slot->Image != SlotRow.UnknownImage)
            place.Range = RangeAt(SharedMemory.Images + place.Slot->Image, address - bias);
        return place;
    }

    /// <summary>
    /// Of several processes of one image the first loaded counts, which is the program that the machine was started for; what runs beside it
    /// was loaded later, further up.
    /// </summary>
    public static bool IsFirstOfImage(SlotRow* slot)
    {
        SlotRow* slots = SharedMemory.Slots;
        ulong count = SharedMemory.Header->Slots.Count;
        for (ulong i = 0; i < count; i++)
        {
            if (slots[i].Image == slot->Image && slots[i].LoadBias < slot->LoadBias)
                return false;
        }
        return true;
    }

    // What lies below the first program is no process: firmware, or a small guest that is a kernel itself.
    private static bool TryBiasOf(ulong address, out ulong bias)
    {
        bias = address >= BootProtocol.KernelBase ? 0 : address & ~(BootProtocol.ProgramSpacing - 1);
        return address < 1ul << 47 || address >= BootProtocol.DriverHalf;
    }

    private static SlotRow* SlotAt(ulong bias, ulong address, byte* memory)
    {
        if (s_last != null && s_last->LoadBias == bias)
            return s_last;
        SlotRow* slots = SharedMemory.Slots;
        ulong count = SharedMemory.Header->Slots.Count;
        for (ulong i = 0; i < count; i++)
        {
            if (slots[i].LoadBias == bias)
                return s_last = slots + i;
        }
        return memory == null ? null : NewSlot(bias, address, memory);
    }

    private static SlotRow* NewSlot(ulong bias, ulong address, byte* memory)
    {
        SharedHeader* header = SharedMemory.Header;
        if (header->Slots.Count == header->Slots.Capacity)
        {
            SharedMemory.Fail(InstrumentFailure.TooManySlots);
            return null;
        }
        SlotRow* slot = SharedMemory.Slots + header->Slots.Count;
        slot->LoadBias = bias;
        slot->Image = bias == 0 ? Kernel : ImageWith(address - bias, memory);
        slot->FirstHelper = header->Helpers.Count;
        if (slot->Image != SlotRow.UnknownImage && !Helpers.TryAdd(SharedMemory.Images[slot->Image].HelperCount))
            slot->Image = SlotRow.UnknownImage;
        header->Slots.Count++;
        return s_last = slot;
    }

    // The first instruction of a process lies in the page of its entry point; calls in it lead elsewhere in every image.
    private static ulong ImageWith(ulong linked, byte* memory)
    {
        SharedHeader* header = SharedMemory.Header;
        byte* page = memory - (linked & (Page - 1));
        for (ulong i = Kernel + 1; i < header->Images.Count; i++)
        {
            ImageRow* image = SharedMemory.Images + i;
            if (image->FingerprintAddress == (linked & ~(Page - 1)) && IsSame(page, SharedMemory.Fingerprints + image->FingerprintOffset, image->FingerprintLength))
                return i;
        }
        return SlotRow.UnknownImage;
    }

    private static bool IsSame(byte* left, byte* right, ulong length)
    {
        for (ulong i = 0; i < length; i++)
        {
            if (left[i] != right[i])
                return false;
        }
        return true;
    }

    private static RangeRow* RangeAt(ImageRow* image, ulong linked)
    {
        RangeRow* ranges = SharedMemory.Ranges + image->FirstRange;
        ulong low = 0;
        ulong high = image->RangeCount;
        while (low < high)
        {
            ulong middle = (low + high) / 2;
            if (ranges[middle].Start <= linked)
                low = middle + 1;
            else
                high = middle;
        }
        return low > 0 && linked < ranges[low - 1].End ? ranges + low - 1 : null;
    }
}
