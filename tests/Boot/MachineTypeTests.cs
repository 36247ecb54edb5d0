// The same images on other machines: boards, memory, processors, and the kernel alone. Back to: Guest.cs
using System.Threading.Tasks;
using RingOS.Host.Machines;
using RingOS.Host.Serial;
using Serilog.Events;
using Xunit;

namespace RingOS.Tests.Boot;

public sealed class MachineTypeTests
{
    [Theory]
    [InlineData(MachineType.Q35, 64)]
    [InlineData(MachineType.Pc, 64)]
    [InlineData(MachineType.Q35, 4096)]
    [InlineData(MachineType.Pc, 4096)]
    public async Task BoardsAndMemorySizesWork(MachineType type, int memoryMiB)
    {
        GuestRun run = await new Guest("placement=ring3 -- ping -c 2 -i 0.1 10.0.2.2")
        {
            Machine = options => options with { Type = type, MemoryMiB = memoryMiB },
        }.RunAsync();
        long? free = run.EndsWith(GuestEnding.Success).Event("kernel up").Number("MemoryMiB");
        Assert.InRange(free ?? 0, memoryMiB * 3 / 4, memoryMiB);
    }

    [Theory]
    [InlineData("max,-erms,-fsrm", "on")]
    [InlineData("qemu64", "absent")]
    public async Task WallsOfTheProcessorAreUsedWhereThereAreAny(string cpu, string state)
    {
        GuestRun run = await new Guest("placement=monolithic -- hello") { Machine = options => options with { Cpu = cpu } }.RunAsync();
        LogEvent up = run.EndsWith(GuestEnding.Success).Prints("Hello from ring 3!").Event("kernel up");
        Assert.Equal((state, state), (up.Word("Smep"), up.Word("Smap")));
    }

    // Copies between kernel and program take another way without SMAP.
    [Fact]
    public async Task BadPointersAreCaughtWithoutSmapToo()
    {
        GuestRun run = await new Guest("-- syscalls pointers") { Machine = options => options with { Cpu = "qemu64" } }.RunAsync();
        run.NeverPrints("FAILED").EndsWith(GuestEnding.Success).Prints("all checked");
    }

    // The event says what is in CR4.
    [Theory]
    [InlineData("smep=off", "off", "on")]
    [InlineData("smap=off", "on", "off")]
    [InlineData("smep=off smap=off", "off", "off")]
    [InlineData("smep=on smap=on", "on", "on")]
    public async Task WallsAreLeftOffOnDemandAndDatagramsStillPass(string walls, string smep, string smap)
    {
        GuestRun run = await new Guest($"placement=ring3 {walls} -- ping -c 1 10.0.2.2").RunAsync();
        LogEvent up = run.EndsWith(GuestEnding.Success).Event("kernel up");
        Assert.Equal((smep, smap), (up.Word("Smep"), up.Word("Smap")));
    }

    [Fact]
    public async Task BadPointersAreCaughtWithTheWallsOffToo()
    {
        GuestRun run = await new Guest("smep=off smap=off -- syscalls pointers").RunAsync();
        run.NeverPrints("FAILED").EndsWith(GuestEnding.Success).Prints("all checked");
    }

    [Fact]
    public async Task KernelAloneRunsPrograms()
    {
        GuestRun run = await new Guest("-- hello") { Kernel = TestArchive.BareKernel }.RunAsync();
        run.EndsWith(GuestEnding.Success).Prints("Hello from ring 3!");
    }

    [Fact]
    public async Task KernelAloneHasNoSockets()
    {
        GuestRun run = await new Guest("placement=ring3 -- syscalls handles") { Kernel = TestArchive.BareKernel }.RunAsync();
        run.NeverPrints("FAILED").EndsWith(GuestEnding.Success).Prints("ok a socket without a network");
    }
}
