// Machine options become the QEMU arguments that the measurements rely on. Code: tools/RingOS.Host/Machines
using System;
using System.IO;
using System.Linq;
using RingOS.Host;
using RingOS.Host.Boot;
using RingOS.Host.Instrumentation;
using RingOS.Host.Machines;
using RingOS.Instrument;
using Xunit;

namespace RingOS.Tests.Unit.Host;

public sealed class QemuCommandLineTests
{
    private static readonly Qemu s_qemu = new("qemu", new Version(7, 2, 22)) { E1000HasMitigation = true };

    private static readonly MachineOptions s_kernel = new()
    {
        Kernel = "/k/kernel.elf",
        Archive = "/a folder/boot,1.tar",
        CommandLine = "placement=ring3 -- hello",
    };

    [Fact]
    public void APlainMachineHasKernelArchiveCommandLineAndTheNic()
    {
        string line = Line(s_kernel);
        Assert.Contains(" -kernel /k/kernel.elf -initrd boot,,1.tar -append placement=ring3 -- hello", line, StringComparison.Ordinal);
        Assert.Equal("/a folder", QemuCommandLine.WorkingFolder(s_kernel));
        Assert.Contains(" -netdev user,id=n0,ipv6=off -device e1000e,romfile=,netdev=n0", line, StringComparison.Ordinal);
        Assert.Contains(" -device isa-debug-exit,iobase=0xf4,iosize=0x04", line, StringComparison.Ordinal);
        Assert.Contains(" -machine q35,sata=off -cpu max,-erms,-fsrm -m 128", line, StringComparison.Ordinal);
        Assert.Contains(" -no-reboot", line, StringComparison.Ordinal);
        Assert.DoesNotContain("icount", line, StringComparison.Ordinal);
        Assert.DoesNotContain("-gdb", line, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryOptionArrives()
    {
        using MachineInstrument instrument = new(new SharedHeader { Mode = InstrumentMode.Count }, [], "", 1);
        MachineOptions options = s_kernel with
        {
            Type = MachineType.Pc,
            MemoryMiB = 64,
            Icount = true,
            Seed = 9,
            GdbPort = 1234,
            Forwards = [new PortForward(7000, 7)],
            Instrument = instrument,
            ExtraArguments = ["-name", "x"],
        };
        string line = Line(options, "/p/a.pcap");
        Assert.Contains(" -machine pc ", line, StringComparison.Ordinal);
        Assert.Contains(" -m 64 ", line, StringComparison.Ordinal);
        Assert.Contains(" -icount shift=0,sleep=off -rtc base=2026-01-01,clock=vm -seed 9 ", line, StringComparison.Ordinal);
        Assert.Contains(" -icount shift=0,sleep=on ", Line(options with { IdleTakesTime = true }), StringComparison.Ordinal);
        Assert.Contains(" -S -gdb tcp:127.0.0.1:1234 ", line, StringComparison.Ordinal);
        Assert.Contains(",hostfwd=udp:127.0.0.1:7000-10.0.2.15:7 ", line, StringComparison.Ordinal);
        Assert.Contains(" -object filter-dump,id=pcap0,netdev=n0,file=/p/a.pcap ", line, StringComparison.Ordinal);
        Assert.Contains($" -plugin {MachineInstrument.Library},memory=/proc/{Environment.ProcessId}/fd/", line, StringComparison.Ordinal);
        Assert.EndsWith(" -name x", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Firmware.Bios, IsoMedium.Cd, "-drive if=none,id=iso0,media=cdrom,file=/i/a,,b.iso -device ide-cd,drive=iso0,bootindex=1")]
    [InlineData(Firmware.Uefi, IsoMedium.Cd, "file=/usr/share/OVMF/OVMF_CODE_4M.fd -drive if=pflash,format=raw,snapshot=on,file=/usr/share/OVMF/OVMF_VARS_4M.fd -drive if=none,id=iso0,media=cdrom")]
    [InlineData(Firmware.Bios, IsoMedium.UsbStick, "-drive if=none,id=iso0,format=raw,readonly=on,file=/i/a,,b.iso -device qemu-xhci -device usb-storage,drive=iso0,bootindex=1")]
    public void AnIsoTakesThePlaceOfKernelAndArchive(Firmware firmware, IsoMedium medium, string words)
    {
        string line = Line(s_kernel with { Iso = "/i/a,b.iso", Firmware = firmware, IsoMedium = medium });
        Assert.Contains(words, line, StringComparison.Ordinal);
        Assert.DoesNotContain("-kernel", line, StringComparison.Ordinal);
        Assert.DoesNotContain("-append", line, StringComparison.Ordinal);
        Assert.Contains(" -machine q35 ", line, StringComparison.Ordinal); // with a port for the CD
    }

    [Fact]
    public void AnIsoIsToldItsCommandLineByTheFirmwareConfiguration()
    {
        MachineOptions options = s_kernel with { Iso = "/i/ringos.iso", CommandLine = "also=iperf,-s -- hello" };
        Assert.Contains(" -fw_cfg name=opt/ringos/commandline,string=also=iperf,,-s -- hello", Line(options), StringComparison.Ordinal);
        Assert.DoesNotContain("fw_cfg", Line(options with { CommandLine = "" }), StringComparison.Ordinal); // the image's own
        Assert.DoesNotContain("fw_cfg", Line(s_kernel), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatCannotBeMetIsSaidInOneLine()
    {
        AssertRefused("63 MiB", () => QemuCommandLine.Build(s_kernel with { MemoryMiB = 63 }, s_qemu));
        AssertRefused("unknown NIC 'ne2000'; there is: e1000", () => QemuCommandLine.Build(s_kernel with { Nic = "ne2000" }, s_qemu));
        AssertRefused("unknown placement 'ring9'; there is: monolithic, software, ring1, ring1-keys, ring3, ring3-queue, microkernel", () => Placement.Named("ring9"));
        AssertRefused("unknown app 'games'; there is: ", () => ProgramTable.RequireApplication("games -x"));
        AssertRefused("unknown app ''", () => ProgramTable.RequireApplication("  "));
        AssertRefused("printable ASCII", () => KernelCommandLine.Format("ring3", "e1000", "hello\n--"));
        Assert.Throws<RingOsException>(() => QemuCommandLine.Build(new MachineOptions(), s_qemu));
    }

    [Fact]
    public void TheKernelCommandLineIsOfTheAgreedForm()
        => Assert.Equal(
            "placement=ring3 nic=e1000 -- iperf -c 10.0.2.2",
            KernelCommandLine.Format("ring3", "e1000", " iperf  -c 10.0.2.2 "));

    private static void AssertRefused(string part, Action action)
    {
        RingOsException failure = Assert.Throws<RingOsException>(action);
        Assert.Contains(part, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
        Assert.Equal(2, failure.ExitCode);
    }

    private static string Line(MachineOptions options, string? pcap = null) => " " + string.Join(' ', QemuCommandLine.Build(options, s_qemu, pcap));
}
