// Ports in rings 1 and 3: the I/O map lets a process use what it was granted, and nobody else. Intel SDM vol. 1, 19.5.2.
// The service: Programs/PortService. Subject: kernel/arch/x64/PortPermissions.cs
using System.Threading.Tasks;
using RingOS.Host.Machines;
using RingOS.Host.Serial;
using Xunit;

namespace RingOS.Tests.Boot;

public sealed class PortTests
{
    [Theory]
    [InlineData("monolithic")]
    [InlineData("software")]
    [InlineData("ring1")]
    [InlineData("ring1-keys")]
    [InlineData("ring3")]
    [InlineData("microkernel")]
    public async Task ADriverWorksThroughItsPorts(string placement)
        => (await BootAsync($"placement={placement} nic=rtl8139 io=port -- ping -c 2 -i 0.01 10.0.2.2")).EndsWith(GuestEnding.Success);

    [Theory]
    [InlineData("ring3", "before", 3)]
    [InlineData("ring3", "behind", 3)]
    [InlineData("ring3", "across", 3)]
    [InlineData("ring3", "elsewhere", 3)]
    [InlineData("ring1", "behind", 1)]
    [InlineData("ring1-keys", "across", 1)]
    public async Task OnlyGrantedPortsAreOpen(string placement, string act, int ring)
    {
        GuestRun run = await BootAsync($"placement={placement} nic=rtl8139 io=port service=service/ports fault={act} -- hello");
        run.Prints("granted ports read").NeverPrints("nothing stopped it");
        run.Fault("nic").Has("Vector", Vectors.GeneralProtection).Has("ErrorCode", 0).Has("Ring", ring);
        run.NeverPrints("KERNEL PANIC");
    }

    [Theory]
    [InlineData("ring1")]
    [InlineData("ring3")]
    public async Task NoOtherProcessHasThem(string placement)
    {
        string words = $"placement={placement} nic=rtl8139 io=port --";
        long first = (await BootAsync($"{words} ping -c 1 10.0.2.2")).EndsWith(GuestEnding.Success).Event("{Count} ports").Number("First")!.Value;
        GuestRun run = (await BootAsync($"{words} misbehave in-port {first}")).EndsWith(GuestEnding.ProgramFaulted);
        run.Event("{Count} ports").Has("First", first);
        run.Fault("misbehave").Has("Vector", Vectors.GeneralProtection).Has("ErrorCode", 0);
    }

    [Theory]
    [InlineData("nic=e1000e io=port", "the driver of this NIC uses no ports")]
    [InlineData("nic=rtl8139 io=both", "io= must be port or memory")]
    [InlineData("nic=rtl8139 interrupts=moderated", "this NIC cannot hold interrupts back")]
    [InlineData("nic=rtl8139 fault=exit", "faults are injected into the driver of the e1000e only")]
    public async Task WhatCannotBeIsRefusedWithTheReason(string words, string reason)
    {
        GuestRun run = (await BootAsync($"placement=ring3 {words} -- hello")).EndsWith(GuestEnding.BootFailed);
        Assert.StartsWith(reason, run.Event("cannot place").Word("Reason"));
    }

    private static Task<GuestRun> BootAsync(string words)
        => new Guest(words) { Machine = options => options with { Nic = words.Contains("rtl8139") ? "rtl8139" : NicModel.Default } }.RunAsync();
}
