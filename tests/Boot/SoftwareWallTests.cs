// software: the driver is in ring 0, and C# is the wall. What the language or the grant checks ends the driver's thread, not the kernel.
// The mistakes: Programs/DriverFaultKernel/driver; the witness: Programs/Syscalls/FailingNetwork.cs. Next: DialTests.cs
using System;
using System.Linq;
using System.Threading.Tasks;
using RingOS.Host.Machines;
using RingOS.Host.Serial;
using Serilog.Events;
using Xunit;

namespace RingOS.Tests.Boot;

public sealed class SoftwareWallTests
{
    private const long DivideError = 0;
    private const long DoubleFault = 8;

    [Theory]
    [InlineData("register-read", "register read outside")]
    [InlineData("register-write", "register write outside")]
    [InlineData("wide-register-read", "register content of another width")]
    [InlineData("wide-register-write", "register content of another width")]
    [InlineData("narrow-register", "register content of another width")]
    [InlineData("empty-region", "DMA region of less than 8 bytes")]
    [InlineData("descriptor-read", "DMA access outside")]
    [InlineData("descriptor-write", "DMA access outside")]
    [InlineData("array", "array index out of range")]
    [InlineData("cast", "invalid cast")]
    [InlineData("unboxing", "invalid unboxing")]
    [InlineData("covariant-element", "array type mismatch")]
    [InlineData("covariant-span", "array type mismatch")]
    [InlineData("length", "array length out of range")]
    [InlineData("throw", "the driver gives up")]
    public async Task WhatTheLanguageChecksEndsTheDriver(string mistake, string reason)
    {
        string? said = (await WithMistakeAsync(mistake)).Event("the driver thread is ended: {Reason}").Word("Reason");
        Assert.Contains(reason, said, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("null", Vectors.PageFault)]
    [InlineData("far-null", Vectors.PageFault)]
    [InlineData("divide", DivideError)]
    [InlineData("recursion", DoubleFault)] // the guard page below its stack
    public async Task WhatTheProcessorChecksForTheLanguageEndsTheDriver(string mistake, long vector)
        => (await WithMistakeAsync(mistake)).Event("the driver thread is ended by").Has("Vector", vector);

    // Nothing gives the heap back. The driver is ended for it, by its deadline or when there is no more.
    [Fact]
    public async Task AllocatingDriverIsEnded() => await WithMistakeAsync("heap");

    // It computes with interrupts on: others run beside it, and the watchdog ends it.
    [Fact]
    public async Task LoopingDriverDoesNotKeepTheProcessor()
    {
        GuestRun run = await WithMistakeAsync("loop", "also=neighbours", "-icount", "shift=4,sleep=off");
        run.Event("the NIC has lost its driver").Says("missed its deadline");
        int[] order = [.. run.Lines.Select(static (line, index) => (line, index))
            .Where(static pair => pair.line.Text == "the system goes on" || IsLoss(pair.line.Event)).Select(static pair => pair.index)];
        Assert.Equal("the system goes on", run.Lines[order[0]].Text); // the companion, before the driver is ended
    }

    // On what is left of the stack there is no room for the kernel: for what ends the driver, or serves the interrupt. Twelve drivers, each
    // a little farther from the end than the one before; the first is ended for running over it.
    [Theory]
    [InlineData("deep-fault")]
    [InlineData("deep-throw")]
    [InlineData("deep-interrupt")]
    public async Task ADriverWithoutStackIsEndedAllTheSame(string mistake)
    {
        const int Drivers = 12;
        using DatagramSink sink = new();
        GuestRun run = await new Guest($"placement=software fault={mistake} restarts={Drivers} watchdog=10 also=neighbours -- syscalls restarting-network {sink.Port} 20")
        {
            Kernel = TestArchive.DriverFaultKernel,
            Act = "witness",
            Machine = static options => options with { ExtraArguments = ["-icount", "shift=4,sleep=off"] },
        }.RunAsync();
        run.NeverPrints("KERNEL PANIC").NeverPrints("FAILED").EndsWith(GuestEnding.Success).Prints("taken 20");
        Assert.Equal(Drivers, run.Events.Count(static logged => IsLoss(logged)));
        Assert.Equal(20, sink.Received);
    }

    [Fact]
    public async Task WithoutAMistakeNothingEnds()
    {
        using DatagramSink sink = new();
        GuestRun run = await new Guest($"placement=software -- syscalls hostile-network {sink.Port}")
        {
            Kernel = TestArchive.DriverFaultKernel,
        }.RunAsync();
        run.EndsWith(GuestEnding.Success).NeverPrints("FAILED");
        Assert.Equal(400, sink.Received);
    }

    private static bool IsLoss(LogEvent? logged)
        => logged is not null && logged.MessageTemplate.Text.StartsWith("the NIC has lost its driver", StringComparison.Ordinal);

    private static async Task<GuestRun> WithMistakeAsync(string mistake, string words = "", params string[] machine)
    {
        using DatagramSink sink = new();
        GuestRun run = await new Guest($"placement=software fault={mistake} {words} -- syscalls failing-network {sink.Port}")
        {
            Kernel = TestArchive.DriverFaultKernel,
            Act = "witness",
            Machine = options => options with { ExtraArguments = machine },
        }.RunAsync();
        run.NeverPrints("KERNEL PANIC").NeverPrints("FAILED").EndsWith(GuestEnding.Success).Prints("the program goes on").Prints("all checked");
        run.Event("the NIC has lost its driver");
        Assert.Equal(0, sink.Received);
        return run;
    }
}
