// A guest of a few instructions in a real QEMU, whose accesses to a device of the test are watched. Subjects: tools/RingOS.Instrument/devices,
// tools/RingOS.RemoteDevices. Back to: MachineTurnTests.cs
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Abi;
using RingOS.Host;
using RingOS.Host.Instrumentation;
using RingOS.Host.Machines;
using RingOS.Instrument;
using RingOS.RemoteDevices;
using RingOS.Tests.Unit.Host;
using Xunit;

namespace RingOS.Tests.Unit.RemoteDevices;

public sealed class WatchedGuestTests : IDisposable
{
    private const uint Watched = 0x10_1000;
    private const uint Slot = RemoteBusProtocol.FunctionLength;

    // Finds the carrier, lets it answer, leaves its window in ebp, and runs what lies in the watched page.
    private const string Find = """
            xor esi, esi
        .look:
            mov edi, esi
            shl edi, 11
            or edi, 0x80000000
            mov eax, edi
            mov dx, 0xCF8
            out dx, eax
            mov dx, 0xCFC
            in eax, dx
            cmp eax, 0x11101AF4
            je .found
            inc esi
            jmp .look
        .found:
            lea eax, [edi + 4]
            mov dx, 0xCF8
            out dx, eax
            mov dx, 0xCFC
            mov ax, 2
            out dx, ax
            lea eax, [edi + 0x18]
            mov dx, 0xCF8
            out dx, eax
            mov dx, 0xCFC
            in eax, dx
            and eax, ~15
            mov ebp, eax
            jmp watched
            align 4096
        watched:
            mov eax, [ebp]                  ; who is there? Only now the plugin knows where the window is
            cmp eax, 0x56781234
            jne failed
            mov word [ebp + 4], 2           ; the device answers

        """;

    private static readonly string s_done = $"""

            mov al, {(int)GuestExit.Success}
            jmp ended
        failed:
            mov al, {(int)GuestExit.ProgramFailed + 1}
        ended:
            out 0xF4, al
        """;

    private readonly TestDevice _device = new();
    private readonly RemoteBus _bus;
    private readonly MachineTurn _turn;
    private readonly GuestMemory _memory = new(QemuCommandLine.MinimumMemoryMiB);
    private readonly List<int> _states = [];

    public WatchedGuestTests()
    {
        _bus = new RemoteBus(_device);
        _turn = new MachineTurn(_bus.Effects);
    }

    public void Dispose()
    {
        _turn.Dispose();
        _bus.Dispose();
        _memory.Dispose();
    }

    [Fact]
    public async Task LoadsAndStoresHaveTheEffectsOfRegisters()
    {
        GuestRun run = await RunAsync($"""
                mov dword [ebp + {Slot + TestDevice.Doubled}], 21
                cmp dword [ebp + {Slot + TestDevice.Doubled + 4}], 42   ; the device had its turn in between
                jne failed
                cmp dword [ebp + {Slot + TestDevice.Counter}], 7
                jne failed
                cmp dword [ebp + {Slot + TestDevice.Counter}], 0        ; cleared by that load, in this machine
                jne failed
                mov dword [ebp + {Slot + TestDevice.Mailbox}], 5
                mov dword [ebp + {Slot + TestDevice.Mailbox}], 6        ; posted: nobody waits
                mov dword [ebp + {Slot + TestDevice.Halt}], 1
            """);
        Assert.True(run.Succeeded, run.Summary + run.MachineErrors);
        Assert.Equal(["store 400 15", "load 808", "load 808", "store 304 5", "store 304 6", "store 110 1"], _device.Log);
        Assert.Equal([MachineState.Asks, MachineState.Asks, MachineState.Idle], _states); // command register, doubled, halt
    }

    [Fact]
    public async Task PartsOfARegisterAreWaitedForAndLeaveTheWindowAsItWas()
    {
        GuestRun run = await RunAsync($"""
                mov dword [ebp + {Slot + TestDevice.Mailbox}], 0x11223344
                mov byte [ebp + {Slot + TestDevice.Mailbox}], 9         ; registers are written whole
                cmp dword [ebp + {Slot + TestDevice.Mailbox}], 0x11223344
                jne failed
                mov word [ebp + {Slot + TestDevice.Doubled}], 9
                cmp dword [ebp + {Slot + TestDevice.Doubled}], 0
                jne failed
            """);
        Assert.True(run.Succeeded, run.Summary + run.MachineErrors);
        Assert.Equal(["store 304 11223344"], _device.Log);
    }

    [Fact]
    public async Task MoreAccessesThanThereIsRoomForWaitAndNoneIsLost()
    {
        const int Count = (2 * MachineTurn.MostAccesses) + 5;
        GuestRun run = await RunAsync($"""
                mov ecx, {Count}
            again:
                mov dword [ebp + {Slot + TestDevice.Mailbox}], ecx
                dec ecx
                jnz again
                mov dword [ebp + {Slot + TestDevice.Halt}], 1
            """);
        Assert.True(run.Succeeded, run.Summary + run.MachineErrors);
        Assert.Equal([.. Enumerable.Range(1, Count).Reverse().Select(static value => $"store 304 {value:x}"), "store 110 1"], _device.Log);
    }

    [Fact]
    public async Task AMachineWhoseToolIsGoneSaysSoAndEnds()
    {
        const int ToolIsGone = 98;
        SetTool(int.MaxValue); // no process has that number
        GuestRun run = await RunAsync("", answers: false);
        Assert.Equal((GuestEnding.MachineFailed, ToolIsGone), (run.Ending, run.ExitCode));
        Assert.Contains("the tool that this machine's devices live in is gone", run.MachineErrors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AMachineThatWasGivenUpEndsAtItsNextAccess()
    {
        _turn.End();
        GuestRun run = await RunAsync("", answers: false);
        Assert.Equal(GuestEnding.MachineFailed, run.Ending);
    }

    [Fact]
    public async Task DevicesOfOtherSourcesAreRefused()
    {
        AddToVersion(1);
        RingOsException failure = await Assert.ThrowsAsync<RingOsException>(() => RunAsync("", answers: false));
        Assert.Contains("other sources", failure.Message, StringComparison.Ordinal);
    }

    private async Task<GuestRun> RunAsync(string then, bool answers = true)
    {
        using TinyGuest guest = await TinyGuest.AssembleAsync("", Find + then + s_done);
        ImagePlan image = new("guest", "",
            [new RangeRow { Start = Watched, End = Watched + 0x1000, Helper = RangeRow.NoHelper, Marks = RangeMarks.RegisterAccess }],
            HelperCount: 0, EntryPage: 0, Fingerprint: default);
        using MachineInstrument instrument = new(new SharedHeader { Mode = InstrumentMode.None }, [image], "", 0);
        using CancellationTokenSource ended = new();
        Task answering = answers ? Task.Run(() => Answer(ended.Token)) : Task.CompletedTask;
        try
        {
            return await Machine.RunAsync(guest.Options with
            {
                Instrument = instrument,
                MemoryMiB = _memory.MiB,
                Devices = new MachineDevices(_memory.Path, _bus.Path, RemoteBusProtocol.WindowLength, _turn.Path),
            });
        }
        finally
        {
            _turn.End();
            await answering;
        }
    }

    private unsafe void SetTool(ulong process) => _turn.Header->Tool = process;

    private unsafe void AddToVersion(ulong number) => _turn.Header->Version += number;

    private void Answer(CancellationToken ended)
    {
        while (_turn.Wait(TimeSpan.FromSeconds(60), ended) is int state and not MachineState.Gone)
        {
            _states.Add(state);
            _bus.Perform(_turn.TakeAccesses());
            _bus.Show(isAll: true);
            _turn.Pass();
        }
    }
}
