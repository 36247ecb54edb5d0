// The two memories that a machine shares with devices in the host tool: ../layout/DeviceHeader.cs, and the window of registers that the guest
// has mapped too. Next: Registers.cs
namespace RingOS.Instrument;

/// <summary>Typed views of them.</summary>
internal static unsafe class DeviceMemory
{
    private const ulong Unknown = ulong.MaxValue;

    private static byte* s_start;
    private static ulong s_windowLength;
    private static ulong s_base = Unknown;

    /// <summary>This machine has such devices.</summary>
    public static bool IsThere => s_start != null;

    public static DeviceHeader* Header => (DeviceHeader*)s_start;

    /// <summary>The registers, as the guest sees them.</summary>
    public static byte* Window { get; private set; }

    public static AccessRow* Accesses => (AccessRow*)(s_start + Header->Accesses.Offset);

    /// <summary>Takes the memories if they are some, and made by a tool of this version.</summary>
    public static bool Attach(byte* start, ulong length, byte* window, ulong windowLength)
    {
        DeviceHeader* header = (DeviceHeader*)start;
        if (length < DeviceHeader.Size || header->Magic != DeviceHeader.MagicValue || header->Version != SharedHeader.CurrentVersion)
            return false;
        if (header->Effects.Capacity != windowLength / sizeof(uint))
            return false;
        s_start = start;
        Window = window;
        s_windowLength = windowLength;
        return true;
    }

    public static RegisterEffect EffectAt(uint offset) => ((RegisterEffect*)(s_start + Header->Effects.Offset))[offset / sizeof(uint)];

    /// <summary>
    /// Where a physical address lies in the window. The window begins at a multiple of its length, as every base address does; where, the first
    /// access says: the kernel looks at that bus before anything else.
    /// </summary>
    public static bool TryOffset(ulong physical, out uint offset)
    {
        if (s_base == Unknown)
            s_base = physical & ~(s_windowLength - 1);
        offset = (uint)(physical - s_base);
        return physical - s_base < s_windowLength;
    }
}
