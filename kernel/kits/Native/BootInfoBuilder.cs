// Gathers what either Multiboot version says into a BootInfo. Back to: NativeKit.cs
using RingOS.Kernel.Boot;
using RingOS.Kernel.Memory;

namespace RingOS.Kernel.Kits.Native;

/// <summary>Collects ranges and text while a loader's information is read.</summary>
public sealed unsafe class BootInfoBuilder(KernelImage image, bool isPathFirst)
{
    private const int MaximumRanges = 128; // firmware's maps: SeaBIOS makes 32 at most, Linux takes 128
    private const ulong FirstUsable = 0x10_0000; // the first MiB stays with the firmware

    private readonly MemoryRange[] _ranges = new MemoryRange[MaximumRanges];
    private int _count;
    private int _ignored;
    private byte[] _commandLine = [];
    private MemoryRange _archive = new(new PhysicalAddress(0), 0);

    /// <summary>Where boot.asm mapped physical memory.</summary>
    public static ulong DirectMapBase => DirectMap.KernelBase;

    /// <summary>One range of RAM.</summary>
    public void AddUsable(ulong start, ulong length)
    {
        ulong end = start + length;
        if (start < FirstUsable)
            start = FirstUsable;
        if (end <= start)
            return;
        if (_count == MaximumRanges)
            _ignored++;
        else
            _ranges[_count++] = new MemoryRange(new PhysicalAddress(start), end - start);
    }

    public void SetArchive(ulong start, ulong end) => _archive = new MemoryRange(new PhysicalAddress(start), end - start);

    /// <summary>NUL-terminated text at a physical address. QEMU puts the kernel's path first; it is dropped.</summary>
    public void SetCommandLine(ulong physical)
    {
        byte* text = (byte*)(DirectMapBase + physical); // SAFETY: the loader put it into RAM below 4 GiB.
        if (isPathFirst)
        {
            while (*text is not (0 or (byte)' '))
                text++;
        }
        while (*text == ' ')
            text++;
        int length = 0;
        while (text[length] != 0)
            length++;
        while (length > 0 && text[length - 1] == ' ')
            length--;
        _commandLine = new byte[length];
        for (int i = 0; i < length; i++)
            _commandLine[i] = text[i];
    }

    public BootInfo Build()
    {
        MemoryRange[] usable = new MemoryRange[_count];
        for (int i = 0; i < _count; i++)
            usable[i] = _ranges[i];
        return new BootInfo
        {
            Usable = usable,
            IgnoredRanges = _ignored,
            Reserved = [new MemoryRange(new PhysicalAddress(image.PhysicalStart), image.End - image.TextStart), _archive],
            Archive = _archive,
            CommandLine = _commandLine,
            DirectMapBase = DirectMapBase,
            Heap = new NativeHeap(),
            Image = image,
        };
    }
}
