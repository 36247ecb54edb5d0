// Everything that differs between QEMU's plugin interfaces, in one place. Versions: QEMU 7.2 to 8.2 have 1, 9.0 has 2, 9.1 has 3,
// 9.2 and 10.0 have 4. Next: HostCall.cs
namespace RingOS.Instrument;

/// <summary>The plugin interface.</summary>
internal static unsafe class Qemu
{
    /// <summary>Longer than any instruction. Intel SDM volume 2, 2.3.11.</summary>
    public const int LongestInstruction = 16;

    private const int AddToWord = 0; // QEMU_PLUGIN_INLINE_ADD_U64
    private const int NoRegisters = 0; // QEMU_PLUGIN_CB_NO_REGS
    private const int LoadsAndStores = 3; // QEMU_PLUGIN_MEM_RW
    private const ulong CopiesBytes = 3; // from here on qemu_plugin_insn_data copies

    private static QemuFunctions* s_functions;
    private static ulong s_version;
    private static ulong* s_place;
    private static nint s_scoreboard;

    /// <summary>The interface version of this QEMU.</summary>
    public static ulong Version => s_version;

    /// <param name="version">What QEMU says it has.</param>
    public static void Initialize(int version)
    {
        s_functions = QemuFunctions.Table();
        s_version = (ulong)version;
    }

    /// <param name="id">What QEMU calls this plugin.</param>
    /// <param name="translated">Told every block when it is translated.</param>
    /// <param name="ended">Called when QEMU ends.</param>
    public static void Register(ulong id, delegate*<ulong, nint, void> translated, delegate*<ulong, nint, void> ended)
    {
        s_functions->OnTranslation(id, (nint)translated);
        s_functions->AtExit(id, (nint)ended, 0);
    }

    public static nuint LengthOf(nint block) => s_functions->BlockLength(block);

    public static nint InstructionAt(nint block, nuint index) => s_functions->BlockInstruction(block, index);

    public static ulong AddressOf(nint instruction) => s_functions->Address(instruction);

    public static uint SizeOf(nint instruction) => (uint)s_functions->Size(instruction);

    /// <summary>The instruction's bytes.</summary>
    /// <param name="instruction">Which.</param>
    /// <param name="buffer">Room for <see cref="LongestInstruction"/>; used only if QEMU has no place of its own for them.</param>
    public static byte* BytesOf(nint instruction, byte* buffer)
    {
        byte* own = s_functions->Bytes(instruction, buffer, LongestInstruction);
        return s_version < CopiesBytes ? own : buffer;
    }

    /// <summary>Where this process has the guest's memory that the instruction lies in; null if it lies in no memory.</summary>
    public static byte* MemoryOf(nint instruction) => s_functions->HostAddress(instruction);

    /// <summary>Calls a function before every execution of the instruction, and before <see cref="Count"/> adds.</summary>
    public static void Call(nint instruction, delegate*<uint, nint, void> function, nint argument)
        => s_functions->OnExecution(instruction, (nint)function, NoRegisters, argument);

    /// <summary>Calls a function after every load and store of the instruction, with QEMU's word for the access and its virtual address.</summary>
    public static void CallAfterAccess(nint instruction, delegate*<uint, uint, ulong, nint, void> function)
        => s_functions->OnAccess(instruction, (nint)function, NoRegisters, LoadsAndStores, 0);

    /// <summary>Bytes of an access: a power of two.</summary>
    public static uint BytesOf(uint access) => 1u << (int)s_functions->AccessSizeShift(access);

    public static bool IsStore(uint access) => s_functions->AccessIsStore(access) != 0;

    /// <summary>Where the accessed memory lies. False if it is none of QEMU's memory, but a device of QEMU's. Call it during the access only.</summary>
    public static bool TryMemoryOf(uint access, ulong address, out ulong physical)
    {
        physical = 0;
        nint place = s_functions->HardwareAddress(access, address);
        if (place == 0 || s_functions->IsDevice(place) != 0)
            return false;
        physical = s_functions->PhysicalAddress(place);
        return true;
    }

    /// <summary>Makes room for counters, all 0. Call it once.</summary>
    /// <param name="place">Where they shall lie; later versions have a place of their own.</param>
    /// <param name="count">How many.</param>
    public static void ReserveCounters(ulong* place, ulong count)
    {
        s_place = place;
        if (s_functions->AddAt == null)
            s_scoreboard = s_functions->NewScoreboard((nuint)(count * sizeof(ulong)));
    }

    /// <summary>Where the counters are, once the processor exists.</summary>
    public static ulong* Counters => s_functions->AddAt != null ? s_place : s_functions->ScoreboardOf(s_scoreboard, 0);

    /// <summary>Adds one to a counter at every execution of the instruction, without a call.</summary>
    public static void Count(nint instruction, ulong counter)
    {
        if (s_functions->AddAt != null)
            s_functions->AddAt(instruction, AddToWord, s_place + counter, 1);
        else
            s_functions->AddPerProcessor(instruction, AddToWord, s_scoreboard, (nuint)(counter * sizeof(ulong)), 1);
    }
}
