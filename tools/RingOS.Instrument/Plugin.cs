// What QEMU calls: once when it loads the instrument, for every block it translates, and at its end. A part of the instrument is told of
// every instruction and adds to it what it needs: counting/, recording/, devices/. Next: Instruction.cs
using System;
using System.Runtime;

namespace RingOS.Instrument;

/// <summary>
/// The plugin: <c>-plugin RingOS.Instrument.so,memory=FILE[,devices=FILE,window=FILE]</c>, the files being memory shared with the host tool.
/// </summary>
internal static unsafe class Plugin
{
    private const int Ready = 0;
    private const int NoMemory = 1;
    private const int OtherVersion = 2;
    private const int CurrentVersionOffset = 12; // qemu_info_t: target_name, version.min, version.cur, system_emulation, smp_vcpus
    private const int ProcessorsOffset = 20;
    private const int PanicExitCode = 97;

    [RuntimeExport("qemu_plugin_install")]
    private static int Install(ulong id, byte* about, int argumentCount, byte** arguments)
    {
        Panic.Handler = &OnPanic;
        byte* memory = HostCall.Map(ValueOf("memory="u8, argumentCount, arguments), out ulong length);
        if (memory == null)
            return NoMemory;
        if (!SharedMemory.Attach(memory, length))
            return OtherVersion;
        if (argumentCount > 1 && AttachDevices(argumentCount, arguments) is int failure and not Ready)
            return failure;
        Start(id, *(int*)(about + CurrentVersionOffset), *(int*)(about + ProcessorsOffset));
        return Ready;
    }

    private static int AttachDevices(int count, byte** arguments)
    {
        byte* memory = HostCall.Map(ValueOf("devices="u8, count, arguments), out ulong length);
        byte* window = HostCall.Map(ValueOf("window="u8, count, arguments), out ulong windowLength);
        if (memory == null || window == null)
            return NoMemory;
        return DeviceMemory.Attach(memory, length, window, windowLength) ? Ready : OtherVersion;
    }

    private static void Start(ulong id, int version, int processors)
    {
        SharedHeader* header = SharedMemory.Header;
        Qemu.Initialize(version);
        header->ApiVersion = Qemu.Version;
        header->State = InstrumentState.Running;
        if (processors != 1)
            SharedMemory.Fail(InstrumentFailure.TooManyProcessors);
        if (header->Mode == InstrumentMode.Count)
            Counting.Initialize();
        Qemu.Register(id, &OnTranslated, &OnEnded);
    }

    // What stands behind a name; null if it is not there.
    private static byte* ValueOf(ReadOnlySpan<byte> name, int count, byte** arguments)
    {
        for (int i = 0; i < count; i++)
        {
            int length = 0;
            while (length < name.Length && arguments[i][length] == name[length])
                length++;
            if (length == name.Length)
                return arguments[i] + length;
        }
        return null;
    }

    private static void OnTranslated(ulong id, nint block)
    {
        nuint length = Qemu.LengthOf(block);
        InstrumentMode mode = SharedMemory.Header->Mode;
        for (nuint i = 0; i < length; i++)
        {
            nint handle = Qemu.InstructionAt(block, i);
            Place place = Places.At(Qemu.AddressOf(handle), Qemu.MemoryOf(handle));
            if (DeviceMemory.IsThere)
                Registers.OnTranslated(handle, place);
            if (mode == InstrumentMode.None)
                continue;
            Instruction instruction = Instruction.Of(handle, place);
            if (instruction.Row == Addresses.None)
                return;
            if (mode == InstrumentMode.Count)
                Counting.OnTranslated(instruction);
            else
                Recording.OnTranslated(instruction);
        }
    }

    private static void OnEnded(ulong id, nint argument)
    {
        if (SharedMemory.Header->Mode == InstrumentMode.Count)
            Window.OnRunEnded();
        if (SharedMemory.Header->Mode == InstrumentMode.Record)
            Recording.OnRunEnded();
        SharedMemory.Header->State = InstrumentState.Ended;
    }

    // There is nobody to tell but by QEMU's end.
    private static void OnPanic(string why) => HostCall.Exit(PanicExitCode);
}
