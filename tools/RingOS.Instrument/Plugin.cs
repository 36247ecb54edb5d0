// What QEMU calls: once when it loads the instrument, for every block it translates, and at its end. A part of the instrument is told of
// every instruction and adds to it what it needs: counting/, recording/. Next: Instruction.cs
using System;
using System.Runtime;

namespace RingOS.Instrument;

/// <summary>The plugin: <c>-plugin RingOS.Instrument.so,memory=FILE</c>, the file being memory shared with the host tool.</summary>
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
        byte* memory = HostCall.Map(argumentCount == 1 ? ValueOf(arguments[0]) : null, out ulong length);
        if (memory == null)
            return NoMemory;
        if (!SharedMemory.Attach(memory, length))
            return OtherVersion;
        Start(id, *(int*)(about + CurrentVersionOffset), *(int*)(about + ProcessorsOffset));
        return Ready;
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

    // "memory=..."
    private static byte* ValueOf(byte* argument)
    {
        while (*argument != 0 && *argument != '=')
            argument++;
        return *argument == 0 ? null : argument + 1;
    }

    private static void OnTranslated(ulong id, nint block)
    {
        nuint length = Qemu.LengthOf(block);
        bool counts = SharedMemory.Header->Mode == InstrumentMode.Count;
        for (nuint i = 0; i < length; i++)
        {
            Instruction instruction = Instruction.Of(Qemu.InstructionAt(block, i));
            if (instruction.Row == Addresses.None)
                return;
            if (counts)
                Counting.OnTranslated(instruction);
            else
                Recording.OnTranslated(instruction);
        }
    }

    private static void OnEnded(ulong id, nint argument)
    {
        if (SharedMemory.Header->Mode == InstrumentMode.Count)
            Window.OnRunEnded();
        else
            Recording.OnRunEnded();
        SharedMemory.Header->State = InstrumentState.Ended;
    }

    // There is nobody to tell but by QEMU's end.
    private static void OnPanic(string why) => HostCall.Exit(PanicExitCode);
}
