// KVM is tried by a small guest before anything is booted with it, and what cannot run is told in a sentence.
// Subject: tools/RingOS.Host/Machines/KvmProbe.cs. Next: MachineTests.cs
using System;
using System.Diagnostics;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Host;
using RingOS.Host.Compare;
using RingOS.Host.Machines;
using Xunit;

namespace RingOS.Tests.Unit.Host;

public sealed class KvmTests : IDisposable
{
    // What QEMU 7.2 wrote on a machine whose KVM is emulated, and a processor that has no TME register for its guest.
    private const string InternalError = "KVM internal error. Suberror: 1\nextra data[0]: 0x0000000000000001\nemulation failure\n"
        + "EAX=00000053 EBX=219c03ab\nCode=b0 53 e6 e9 <0f> 01 ca b0 43 e6 e9\n";
    private const string Assertion = "qemu-system-x86_64: error: failed to set MSR 0x10a to 0x69\n"
        + "qemu-system-x86_64: ../../target/i386/kvm/kvm.c:3183: kvm_buf_set_msrs: Assertion `ret == cpu->kvm_msr_buf->nmsrs' failed.\n";
    private const string NoAccess = "Could not access KVM kernel module: Permission denied\nqemu-system-x86_64: failed to initialize kvm: Permission denied\n";
    private const string WithAccessPrevention = "placement=ring3 nic=e1000e -- hello smap=off";
    private const string Without = "placement=ring3 nic=e1000e smap=off -- hello";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("max", "RSC")]
    [InlineData("max,-smap", "R")]
    [InlineData("qemu64", "R")]
    [InlineData("486", "R")] // no CPUID leaf 7
    public async Task TheGuestTellsHowFarItCame(string cpu, string progress)
    {
        KvmTrial trial = await KvmProbe.TryAsync(InTranslation(cpu), CancellationToken.None);
        Assert.Equal((33, progress), (trial.Ended, trial.Progress)); // QEMU may warn of features that the old ones lack
        Assert.Null(KvmRefusal.Of(trial, WithAccessPrevention));
    }

    [Theory]
    [InlineData(null, "RS", InternalError, WithAccessPrevention, "stops at the instruction clac")]
    [InlineData(null, "RS", InternalError, Without, null)]
    [InlineData(null, "R", InternalError, Without, "cannot execute an instruction of the guest (its bytes: 0f 01 ca b0 43 e6 e9)")]
    [InlineData(null, "", "", WithAccessPrevention, "does not execute a guest's first instruction")]
    [InlineData(null, "R", "", WithAccessPrevention, "did not come to its end")]
    [InlineData(134, "", Assertion, WithAccessPrevention, "failed to set MSR 0x10a to 0x69")]
    [InlineData(1, "", NoAccess, WithAccessPrevention, "failed to initialize kvm: Permission denied")]
    [InlineData(0, "RS", "", WithAccessPrevention, "QEMU cannot use KVM on this machine")] // a triple fault
    public void WhatItDidIsToldInASentence(int? ended, string progress, string errors, string commandLine, string? words)
    {
        string? refusal = KvmRefusal.Of(new KvmTrial(ended, progress, errors), commandLine);
        if (words is null)
        {
            Assert.Null(refusal);
            return;
        }
        Assert.NotNull(refusal);
        Assert.Contains(words, refusal, StringComparison.Ordinal);
        Assert.Contains("leave out --accel kvm", refusal, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal);
    }

    [Fact]
    public async Task AQemuThatPrintsRegistersAndWaitsIsNotWaitedFor()
    {
        Qemu waiting = Fake($"printf RS\ncat >&2 <<'END'\n{InternalError}END\nexec sleep 600\n");
        Stopwatch elapsed = Stopwatch.StartNew();
        KvmTrial trial = await KvmProbe.TryAsync(waiting, CancellationToken.None);
        Assert.Equal(new KvmTrial(null, "RS", InternalError), trial);
        Assert.True(elapsed.Elapsed < TimeSpan.FromSeconds(500), "its sleep was waited for");
    }

    // This machine's KVM works, or is refused with a reason; it is never waited for.
    [Fact]
    public async Task ThisMachineIsToldApart()
    {
        try
        {
            await KvmProbe.RequireAsync(new MachineOptions { Accelerator = Accelerator.Kvm }, CancellationToken.None);
        }
        catch (RingOsException refusal)
        {
            Assert.StartsWith("--accel kvm: ", refusal.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', refusal.Message);
        }
    }

    [Fact]
    public void TheMachineIsTheHostsProcessor()
    {
        MachineOptions options = new() { Kernel = "/k", Accelerator = Accelerator.Kvm };
        string line = string.Join(' ', QemuCommandLine.Build(options, new Qemu("qemu", new Version(10, 0))));
        Assert.Contains(" -accel kvm ", line, StringComparison.Ordinal);
        Assert.Contains(" -cpu host ", line, StringComparison.Ordinal);
        string translated = string.Join(' ', QemuCommandLine.Build(options with { Accelerator = Accelerator.Tcg }, new Qemu("qemu", new Version(10, 0))));
        Assert.DoesNotContain("kvm", translated, StringComparison.Ordinal);
    }

    [Fact]
    public void NothingIsCountedThere()
    {
        MachineOptions options = new() { Kernel = "/k", Accelerator = Accelerator.Kvm, Icount = true };
        RingOsException refusal = Assert.Throws<RingOsException>(() => QemuCommandLine.Build(options, new Qemu("qemu", new Version(10, 0))));
        Assert.Equal("KVM counts no instructions; leave out --icount, or --accel kvm", refusal.Message);
    }

    [Fact]
    public async Task KvmThatGivesUpLaterIsTheReasonWhyTheRunEnded()
    {
        KvmWatch watch = new();
        using StreamReader errors = new(new MemoryStream(Encoding.ASCII.GetBytes("a warning\n" + InternalError)));
        await watch.ReadAsync(errors);
        Assert.True(watch.GaveUp.IsCancellationRequested);
        GuestRun run = new() { Ending = GuestEnding.MachineFailed, ExitCode = 137, Lines = [], MachineErrors = watch.Text };
        Assert.Equal("KVM cannot execute an instruction of the guest (its bytes: 0f 01 ca b0 43 e6 e9)", run.Summary);
    }

    [Theory]
    [InlineData("processor : 0\nflags\t\t: fpu smap pks\nflags\t\t: fpu", true)]
    [InlineData("processor : 0\nflags\t\t: fpu pku ospke\n", false)]
    [InlineData("", false)]
    public void KeysAreLookedForAmongTheProcessorsFlags(string cpuInfo, bool found) => Assert.Equal(found, HostProcessor.Names(cpuInfo, "pks"));

    [Fact]
    public void KeysAreRefusedWhereKvmHasNone()
    {
        ComparisonOptions options = new() { Accelerator = Accelerator.Kvm, Placements = [.. Placement.All] };
        if (HostProcessor.HasSupervisorKeys)
            options.Check();
        else
            Assert.Contains("ring1-keys needs supervisor protection keys", Assert.Throws<RingOsException>(options.Check).Message, StringComparison.Ordinal);
    }

    // The same machine, but its instructions are translated.
    private Qemu InTranslation(string cpu) => Fake($"shift 4\nexec {Qemu.Name} -accel tcg -cpu {cpu} \"$@\"\n");

    private Qemu Fake(string script)
    {
        string path = _folder["qemu"];
        File.WriteAllText(path, "#!/bin/sh\n" + script);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return new Qemu(path, new Version(7, 2));
    }
}
