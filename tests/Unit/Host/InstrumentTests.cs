// An instrument that cannot do its work says why, in a sentence, and leaves nothing behind. Code: tools/RingOS.Host/Instrumentation.
// Back to: MachineTests.cs
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using RingOS.Abi;
using RingOS.Host;
using RingOS.Host.Instrumentation;
using RingOS.Host.Machines;
using RingOS.Instrument;
using Xunit;

namespace RingOS.Tests.Unit.Host;

public sealed class InstrumentTests
{
    private const string What = "ring3 (counted run)";

    /// <summary>What QEMU 7.2 and 10.0 wrote when this happened to them; the first line is from the source of a build without plugins.</summary>
    [Theory]
    [InlineData("qemu-system-x86_64: plugin interface not enabled in this build", "built without plugins")]
    [InlineData("qemu-system-x86_64: -plugin: invalid option", "built without plugins")]
    [InlineData("qemu-system-x86_64: Could not load plugin /a/RingOS.Instrument.so: plugin requires API version 2, but this QEMU supports only a minimum version of 6",
        "plugin interface is none of those")]
    [InlineData("qemu-system-x86_64: Could not load plugin /a/RingOS.Instrument.so: plugin requires API version 77, but this QEMU supports only up to version 4",
        "plugin interface is none of those")]
    [InlineData("qemu-system-x86_64: Could not load plugin /version 1/plugin.so: qemu_plugin_install returned error code 1", "could not reach the memory")]
    [InlineData("qemu-system-x86_64: Could not load plugin /a/RingOS.Instrument.so: qemu_plugin_install returned error code 2", "other sources")]
    [InlineData("qemu-system-x86_64: Could not load plugin /a.so: /a.so: cannot open shared object file: No such file or directory", "could not load the instrument")]
    [InlineData("qemu-system-x86_64: -device no-such-device: no", "QEMU ended before it started the machine")]
    public void WhatQemuRefusesIsToldInASentence(string said, string words)
    {
        GuestRun run = new() { Ending = GuestEnding.MachineFailed, ExitCode = 1, Lines = [], MachineErrors = $"warning: something\n{said}\n" };
        string message = InstrumentProblem.NotLoaded(run).Message;
        Assert.Contains(words, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public async Task AnInstrumentOfOtherSourcesIsRefused()
    {
        using TinyGuest guest = await TinyGuest.AssembleAsync("", TinyGuest.Exit((int)GuestExit.Success));
        using MachineInstrument instrument = Counting();
        instrument.Memory.Write<SharedHeader>(0, [Header(instrument) with { Version = SharedHeader.CurrentVersion + 1 }]);
        RingOsException failure = await Assert.ThrowsAsync<RingOsException>(() => Machine.RunAsync(guest.Options with { Instrument = instrument }));
        Assert.Contains("other sources", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MemoryThatIsGoneIsToldInASentence()
    {
        using TinyGuest guest = await TinyGuest.AssembleAsync("", TinyGuest.Exit((int)GuestExit.Success));
        using MachineInstrument instrument = Counting();
        GuestRun run = await Machine.RunAsync(guest.Options with { ExtraArguments = ["-plugin", $"{MachineInstrument.Library},memory=/proc/1/fd/999999"] });
        RingOsException failure = Assert.Throws<RingOsException>(() => instrument.EnsureLoaded(run));
        Assert.Contains("could not reach the memory", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AQemuThatDiesUnderTheInstrumentIsToldAndNothingIsLeft()
    {
        using TinyGuest guest = await TinyGuest.AssembleAsync("counting\n", "");
        using (MachineInstrument instrument = Counting())
        {
            GuestRun run = await Machine.RunAsync(guest.Options with { Instrument = instrument }, _ => KillQemuWith(guest.Options.Kernel!));
            Assert.Equal(GuestEnding.MachineFailed, run.Ending);
            Assert.Contains("QEMU failed with exit code 137", Assert.Throws<RingOsException>(() => run.EnsureSuccess(What)).Message, StringComparison.Ordinal);
            Assert.Contains("ended before the instrument had kept", Assert.Throws<RingOsException>(() => instrument.ReadCounts(What)).Message, StringComparison.Ordinal);
        }
        Assert.Empty(QemusWith(guest.Options.Kernel!));
    }

    /// <summary>A file without a name is gone with the last process that has it, SIGKILL or not: there is nothing to clean up.</summary>
    [Fact]
    public void TheMemoryHasNoName()
    {
        using MachineInstrument instrument = Counting();
        Assert.Equal("/memfd:ringos-instrument (deleted)", new FileInfo(instrument.Memory.Path).LinkTarget);
    }

    [Fact]
    public async Task AMachineWithoutMarksIsCountedWhole()
    {
        using TinyGuest guest = await TinyGuest.AssembleAsync("", TinyGuest.Exit((int)GuestExit.Success));
        using MachineInstrument instrument = Counting();
        GuestRun run = await Machine.RunAsync(guest.Options with { Icount = true, Instrument = instrument });
        Assert.True(run.Succeeded, run.Summary);
        // mov, jmp; mov, call, mov, lodsb, test, jz, ret; mov, out. QEMU 10 then asks for the end, and the guest may run on into its hlt.
        Assert.Equal(11, instrument.ReadCounts(What).Instructions.Where(row => row.Address >> 20 == 1 && row.Address < guest.Hang).Sum(static row => row.Count));
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public void DamagedOutputIsToldInASentence(string words, Func<SharedHeader, SharedHeader> damage)
    {
        using MachineInstrument instrument = Counting();
        SharedHeader whole = Header(instrument) with { State = InstrumentState.Ended };
        instrument.Memory.Write<SharedHeader>(0, [whole]);
        Assert.Empty(instrument.ReadCounts(What).Instructions);
        instrument.Memory.Write<SharedHeader>(0, [damage(whole)]);
        string message = Assert.Throws<RingOsException>(() => instrument.ReadCounts(What)).Message;
        Assert.StartsWith(What, message, StringComparison.Ordinal);
        Assert.Contains(words, message, StringComparison.Ordinal);
    }

    public static TheoryData<string, Func<SharedHeader, SharedHeader>> Damages => new()
    {
        { "damaged", static header => header with { Magic = 0 } },
        { "damaged", static header => header with { Results = header.Results with { Count = 7 } } }, // of no address
        { "damaged", static header => header with { Addresses = header.Addresses with { Count = header.Addresses.Capacity + 1 } } },
        { "damaged", static header => header with { Series = header.Series with { Count = ulong.MaxValue } } },
        { "damaged", static header => header with { Addresses = header.Addresses with { Capacity = ulong.MaxValue } } },
        { "had kept its results", static header => header with { State = InstrumentState.Running } },
        { "the beginning of its measured window but not the end", static header => header with { WindowsOpened = 2, WindowsClosed = 1 } },
        { "more different instructions", static header => header with { Failure = InstrumentFailure.TooManyAddresses } },
        { "more processes", static header => header with { Failure = InstrumentFailure.TooManySlots } },
        { "longer than what the instrument can write down", static header => header with { Failure = InstrumentFailure.RecordingFull } },
        { "one processor only", static header => header with { Failure = InstrumentFailure.TooManyProcessors } },
        { "unknown reason", static header => header with { Failure = (InstrumentFailure)99 } },
    };

    [Fact]
    public void ARecordingOfAddressesThatAreNotThereIsDamaged()
    {
        using MachineInstrument instrument = new(new SharedHeader { Mode = InstrumentMode.Record }, [], "", 4);
        SharedHeader header = Header(instrument);
        instrument.Memory.Write<SharedHeader>(0, [header with { State = InstrumentState.Ended, Series = header.Series with { Count = 1 } }]);
        Assert.Contains("damaged", Assert.Throws<RingOsException>(() => instrument.ReadRecording(What)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARecordingThatIsFullIsToldAndTheGuestGoesOn()
    {
        using TinyGuest guest = await TinyGuest.AssembleAsync("a text that is longer than two instructions\n", TinyGuest.Exit((int)GuestExit.Success));
        ImagePlan image = new("guest", "",
            [new RangeRow { Start = 0x10_0000, End = 0x10_1000, Helper = RangeRow.NoHelper }, new RangeRow { Start = 0x10_1000, End = 0x10_1001, Helper = RangeRow.NoHelper }],
            HelperCount: 0, EntryPage: 0, Fingerprint: default);
        ImagePlan marked = image with { Ranges = [image.Ranges[0] with { Start = 0x10_0020, Marks = RangeMarks.WindowBegin }] };
        using MachineInstrument instrument = new(new SharedHeader { Mode = InstrumentMode.Record }, [marked], "guest", 2);
        GuestRun run = await Machine.RunAsync(guest.Options with { Instrument = instrument });
        Assert.True(run.Succeeded, run.Summary);
        Assert.Contains("follow an earlier write()", Assert.Throws<RingOsException>(() => instrument.ReadRecording(What)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TwoProcessorsAreRefused()
    {
        using TinyGuest guest = await TinyGuest.AssembleAsync("", TinyGuest.Exit((int)GuestExit.Success));
        using MachineInstrument instrument = Counting();
        GuestRun run = await Machine.RunAsync(guest.Options with { Instrument = instrument, ExtraArguments = ["-smp", "2"] });
        Assert.True(run.Succeeded, run.Summary);
        Assert.Contains("one processor only", Assert.Throws<RingOsException>(() => instrument.ReadCounts(What)).Message, StringComparison.Ordinal);
    }

    private static MachineInstrument Counting() => new(new SharedHeader { Mode = InstrumentMode.Count }, [], "", 1);

    private static SharedHeader Header(MachineInstrument instrument) => instrument.Memory.Read<SharedHeader>(0, 1)[0];

    private static void KillQemuWith(string kernel)
    {
        foreach (int id in QemusWith(kernel))
            Process.GetProcessById(id).Kill();
    }

    private static List<int> QemusWith(string kernel)
    {
        List<int> found = [];
        foreach (string folder in Directory.EnumerateDirectories("/proc").Where(static folder => int.TryParse(Path.GetFileName(folder), out _)))
        {
            try
            {
                if (File.ReadAllText(Path.Combine(folder, "cmdline")).Contains(kernel, StringComparison.Ordinal))
                    found.Add(int.Parse(Path.GetFileName(folder), System.Globalization.CultureInfo.InvariantCulture));
            }
            catch (IOException)
            {
                // It has ended since.
            }
        }
        return found;
    }
}
