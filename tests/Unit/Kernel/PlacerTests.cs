// Placements that cannot be: a reason on the serial line, and no network. Subject: kernel/placement/Placer.cs
using System;
using RingOS.Abi;
using RingOS.Kernel.Placement;
using RingOS.Kernel.Threads;
using Xunit;

namespace RingOS.Tests.Unit.Kernel;

[Collection(CpuCollection.Name)]
public sealed class PlacerTests
{
    [Theory]
    [InlineData("placement=ring4", "no such placement")]
    [InlineData("placement=ring3 nic=ne2000", "no such NIC; there is e1000")]
    [InlineData("placement=ring3 address=10.0.2", "four numbers with dots")]
    [InlineData("placement=ring3 gateway=10.0.2.2.2", "four numbers with dots")]
    [InlineData("placement=ring3 mask=256.0.0.0", "four numbers with dots")]
    [InlineData("placement=ring3 service=service/nowhere", "missing in the boot archive")]
    [InlineData("placement=microkernel service=service/nowhere", "missing in the boot archive")]
    [InlineData("placement=ring3 fault=wild-write@1200,0123456789,0123456789,0123456789,012345678", "driver could not be started")] // 57 bytes
    public void ABadCommandLineIsRefusedWithAReason(string line, string reason)
    {
        using HostedKernel kernel = new(line);
        Assert.False(new Placer().Place(kernel.Nucleus));
        Assert.Contains(reason, kernel.Log, StringComparison.Ordinal);
        Assert.Null(kernel.Nucleus.Sockets);
    }

    [Theory]
    [InlineData("")]
    [InlineData("placement=none")]
    public void NoPlacementIsNoNetwork(string line)
    {
        using HostedKernel kernel = new(line);
        Assert.True(new Placer().Place(kernel.Nucleus));
        Assert.Null(kernel.Nucleus.Sockets);
        Assert.Null(kernel.Nucleus.Devices.Nic);
    }

    [Fact]
    public void AMachineWithoutTheNicIsRefused()
    {
        using HostedKernel kernel = new("placement=ring3");
        kernel.Cpu.Pci.Clear();
        Assert.False(new Placer().Place(kernel.Nucleus));
        Assert.Contains("the machine has no such NIC", kernel.Log, StringComparison.Ordinal);
        Assert.Contains("\"Value\":\"e1000e\"", kernel.Log, StringComparison.Ordinal);
    }

    [Fact]
    public void AMissingNetworkServiceIsRefused()
    {
        using HostedKernel kernel = new("placement=microkernel", "service/nic-e1000e");
        Assert.False(new Placer().Place(kernel.Nucleus));
        Assert.Contains("missing in the boot archive", kernel.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("placement=ring3", "nic")]
    [InlineData("placement=microkernel", "net")]
    public void AServiceThatDiesWhileStartingIsReported(string line, string who)
    {
        using HostedKernel kernel = new(line);
        kernel.Programs["nic"] = new FakeNicService(kernel).Run;
        kernel.Programs[who] = program => program.Syscall(SyscallNumber.Exit, 3);
        Assert.False(new Placer().Place(kernel.Nucleus));
        Assert.Contains("died or did not answer", kernel.Log, StringComparison.Ordinal);
        Assert.Null(kernel.Nucleus.Sockets);
    }

    [Theory]
    [InlineData("placement=ring3", "nic")]
    [InlineData("placement=microkernel", "net")]
    public void AServiceThatNeverAnswersDoesNotHangTheBoot(string line, string who)
    {
        using HostedKernel kernel = new(line);
        kernel.Programs["nic"] = new FakeNicService(kernel).Run;
        kernel.Programs[who] = program => program.Syscall(SyscallNumber.Sleep, 1ul << 55);
        ulong start = kernel.Machine.Now;
        Assert.False(new Placer().Place(kernel.Nucleus));
        Assert.InRange(kernel.Machine.Now - start, 1ul, Watchdog.KernelPatience * 1_000_000_000);
        Assert.Contains("missed its deadline", kernel.Log, StringComparison.Ordinal);
    }
}
