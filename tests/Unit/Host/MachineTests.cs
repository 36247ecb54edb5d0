// What a real QEMU does is what the host tool reports. Back to: TinyGuest.cs
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Abi;
using RingOS.Host;
using RingOS.Host.Machines;
using RingOS.Host.Serial;
using Serilog.Events;
using Xunit;
using Process = System.Diagnostics.Process;

namespace RingOS.Tests.Unit.Host;

public sealed class MachineTests
{
    private const string EventText = """{"@t":"2026-01-01T00:00:01Z","@l":"Warning","@mt":"link {State}","State":"up"}""";

    // A loaded interrupt table of length 0 turns the first exception into a triple fault.
    private const string TripleFault = "    lidt [none]\n    int3\nnone: dw 0, 0, 0";

    [Fact]
    public async Task LinesBecomeEventsOrPlainOutput()
    {
        string text = $"hello\r\n{EventText}\r\n{{not json}}\n";
        using TinyGuest guest = await TinyGuest.AssembleAsync(text, TinyGuest.Exit((int)GuestExit.Success));
        List<string> live = [];
        GuestRun run = await Machine.RunAsync(guest.Options, line => live.Add(line.Text));

        Assert.Equal(GuestEnding.Success, run.Ending);
        Assert.Equal(0, run.ProgramCode);
        Assert.Equal(["hello", EventText, "{not json}"], run.Lines.Select(line => line.Text));
        Assert.Equal(run.Lines.Select(line => line.Text), live);
        Assert.Equal("hello\n{not json}\n", run.Output);
        LogEvent found = Assert.Single(run.Events);
        Assert.Equal(LogEventLevel.Warning, found.Level);
        Assert.Equal("up", found.Word("State"));
        Assert.Same(run, run.EnsureSuccess("tiny"));
    }

    /// <summary>More than the pipe holds, from a guest that waits for its port as it should.</summary>
    [Fact]
    public async Task AReaderThatIsBusyLosesNothing()
    {
        const int Times = 100_000;
        const string Send = """
                mov ebx, 100000
            again:
                mov esi, text
            next_letter:
                lodsb
                test al, al
                jz whole
                mov ah, al
                mov dx, 0x3FD       ; line status: bit 5, ready for another
            full:
                in al, dx
                test al, 0x20
                jz full
                mov dx, 0x3F8
                mov al, ah
                out dx, al
                jmp next_letter
            whole:
                dec ebx
                jnz again

            """;
        using TinyGuest guest = await TinyGuest.AssembleAsync("sixteen letters\n", Send + TinyGuest.Exit((int)GuestExit.Success));
        int lines = 0;
        GuestRun run = await Machine.RunAsync(guest.Options, _ =>
        {
            lines++;
            if (lines == 1)
                Thread.Sleep(4_000); // the guest fills the pipe
            if (lines % 1_000 == 0)
                Thread.Sleep(20); // and goes on as pieces of it are read
        });

        Assert.Equal(GuestEnding.Success, run.Ending);
        Assert.Equal(Times + 1, run.Lines.Count);
        Assert.All(run.Lines, static line => Assert.Equal("sixteen letters", line.Text));
    }

    [Theory]
    [InlineData((int)GuestExit.ProgramFailed + 7, GuestEnding.ProgramFailed, 7)]
    [InlineData((int)GuestExit.ProgramFaulted, GuestEnding.ProgramFaulted, null)]
    [InlineData((int)GuestExit.Panic, GuestEnding.Panicked, null)]
    [InlineData((int)GuestExit.BootFailed, GuestEnding.BootFailed, null)]
    public async Task ExitValuesKeepTheirMeaning(int value, GuestEnding ending, int? programCode)
    {
        using TinyGuest guest = await TinyGuest.AssembleAsync("going\n", TinyGuest.Exit(value));
        GuestRun run = await Machine.RunAsync(guest.Options);

        Assert.Equal(ending, run.Ending);
        Assert.Equal(programCode, run.ProgramCode);
        RingOsException failure = Assert.Throws<RingOsException>(() => run.EnsureSuccess("tiny"));
        Assert.StartsWith("tiny: ", failure.Message, StringComparison.Ordinal);
        Assert.Contains("| going", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AHangIsReportedWithTheUnfinishedLineAndLeavesNoQemu()
    {
        using TinyGuest guest = await TinyGuest.AssembleAsync("booting\nwaiting for a disk that", "");
        GuestRun run = await Machine.RunAsync(guest.Options with { Deadline = TimeSpan.FromSeconds(3) });

        Assert.Equal(GuestEnding.Hung, run.Ending);
        Assert.Equal(["booting", "waiting for a disk that"], run.Lines.Select(line => line.Text));
        RingOsException failure = Assert.Throws<RingOsException>(() => run.EnsureSuccess("tiny"));
        Assert.Contains("| waiting for a disk that", failure.Message, StringComparison.Ordinal);
        Assert.Empty(RunningWith(guest.Options.Kernel!));
    }

    [Fact]
    public async Task ATripleFaultIsAReset()
    {
        using TinyGuest guest = await TinyGuest.AssembleAsync("last words\n", TripleFault);
        GuestRun run = await Machine.RunAsync(guest.Options);

        Assert.Equal(GuestEnding.Reset, run.Ending);
        Assert.Contains("| last words", Assert.Throws<RingOsException>(() => run.EnsureSuccess("tiny")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CancellationEndsTheMachine()
    {
        using TinyGuest guest = await TinyGuest.AssembleAsync("up\n", "");
        using CancellationTokenSource source = new();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Machine.RunAsync(guest.Options, _ => source.Cancel(), source.Token));
        Assert.Empty(RunningWith(guest.Options.Kernel!));
    }

    [Fact]
    public async Task WhatQemuRefusesIsShown()
    {
        using TinyGuest guest = await TinyGuest.AssembleAsync("", "");
        GuestRun run = await Machine.RunAsync(guest.Options with { ExtraArguments = ["-device", "no-such-device"] });
        Assert.Equal(GuestEnding.MachineFailed, run.Ending);
        Assert.Contains("no-such-device", run.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AMissingImageIsToldBeforeQemuStarts()
    {
        MachineOptions options = new() { Kernel = "/nowhere/kernel.elf" };
        RingOsException failure = await Assert.ThrowsAsync<RingOsException>(() => Machine.RunAsync(options));
        Assert.Contains("/nowhere/kernel.elf", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ThePcapFileAppearsWholeAtTheEnd()
    {
        using TinyGuest guest = await TinyGuest.AssembleAsync("", TinyGuest.Exit((int)GuestExit.Success));
        string pcap = guest.FileNamed("frames, all.pcap");
        bool existedMeanwhile = false;
        GuestRun run = await Machine.RunAsync(guest.Options with { PcapFile = pcap }, _ => existedMeanwhile |= File.Exists(pcap));
        Assert.True(run.Succeeded, run.Summary);
        Assert.False(existedMeanwhile);
        Assert.Equal(0xA1B2C3D4, BitConverter.ToUInt32(await File.ReadAllBytesAsync(pcap)));
    }

    [Fact]
    public async Task IcountRunsRepeatExactly()
    {
        // Prints the low time-stamp-counter bits after a thousand turns, as hexadecimal digits.
        const string Count = """
                rdtsc
                mov ebx, eax
                mov ecx, 1000
            turn:
                loop turn
                rdtsc
                sub eax, ebx
                mov ebx, eax
                mov ecx, 8
                mov dx, 0x3F8
            digit:
                rol ebx, 4
                mov al, bl
                and al, 15
                add al, 'A'
                out dx, al
                loop digit
            """;
        using TinyGuest guest = await TinyGuest.AssembleAsync("", Count + "\n" + TinyGuest.Exit((int)GuestExit.Success));
        GuestRun first = await Machine.RunAsync(guest.Options with { Icount = true });
        GuestRun second = await Machine.RunAsync(guest.Options with { Icount = true });
        Assert.Equal("AAAAADOL\n", first.Output); // 0x3EB = mov, mov, 1000 loops, rdtsc: 1003
        Assert.Equal(first.Output, second.Output);
    }

    private static IEnumerable<string> RunningWith(string argument)
        => Process.GetProcessesByName("qemu-system-x86_64").Select(CommandLineOf)
            .Where(line => line.Contains(argument, StringComparison.Ordinal));

    private static string CommandLineOf(Process process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process.Id}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }
}
