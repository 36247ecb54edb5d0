// What a program must not do ends that program, with the processor's reason in the log, and nothing else. Acts: Programs/Misbehave.
// Vectors and error codes: Intel SDM vol. 3, 6.15. Next: ProgramEndTests.cs
using System.Threading.Tasks;
using RingOS.Abi;
using RingOS.Host.Machines;
using RingOS.Host.Serial;
using Serilog.Events;
using Xunit;

namespace RingOS.Tests.Boot;

public sealed class ProgramFaultTests
{
    private const long DivideError = 0;
    private const long DebugException = 1;
    private const long InvalidOpcode = 6;
    private const long StackFault = 12;
    private const long GeneralProtection = 13;
    private const long PageFault = 14;
    private const long FloatingPointError = 16;

    // Bits of a page fault's error code.
    private const long Present = 1;
    private const long Write = 2;
    private const long User = 4;
    private const long Fetch = 16;

    private const ulong Companion = 2 * BootProtocol.ProgramSpacing; // the program is number 1
    private const ulong StackEnd = Companion + 0xC_0000_0000; // kernel/loader/ProcessLayout.cs
    private const ulong StackLength = 64 << 10;

    [Theory]
    [InlineData("cli")]
    [InlineData("sti")]
    [InlineData("hlt")]
    [InlineData("read-cr0")]
    [InlineData("read-cr3")]
    [InlineData("write-cr3")]
    [InlineData("write-cr4")]
    [InlineData("write-dr7")]
    [InlineData("rdmsr")]
    [InlineData("wrmsr")]
    [InlineData("lgdt")]
    [InlineData("sgdt")] // UMIP
    [InlineData("sidt")]
    [InlineData("lidt")]
    [InlineData("ltr")]
    [InlineData("lmsw")]
    [InlineData("clts")]
    [InlineData("invlpg")]
    [InlineData("swapgs")]
    [InlineData("sysret")]
    [InlineData("in")]
    [InlineData("out")]
    [InlineData("end-machine")]
    public async Task InstructionsOfRing0AreRefused(string act)
    {
        LogEvent fault = await FaultOfAsync(act);
        fault.Has("Vector", GeneralProtection).Has("ErrorCode", 0);
    }

    // The error code names the gate: number * 8 + 2 in the manual, number * 16 + 2 in QEMU up to 7.2.
    [Theory]
    [InlineData("int3", 3)]
    [InlineData("int-14", 14)]
    [InlineData("int-32", 32)]
    public async Task GatesOfTheKernelAreClosed(string act, int gate)
    {
        LogEvent fault = await FaultOfAsync(act);
        fault.Has("Vector", GeneralProtection);
        Assert.Contains(fault.Number("ErrorCode"), new long?[] { (gate * 8) + 2, (gate * 16) + 2 });
    }

    [Fact]
    public async Task KernelSegmentsCannotBeLoaded()
        => (await FaultOfAsync("load-kernel-segment")).Has("Vector", GeneralProtection).Has("ErrorCode", 0x10);

    // By the manual a #GP with the selector. QEMU up to 7.2 reads the frame with the kernel's rights, which SMAP refuses: a #PF.
    [Fact]
    public async Task InterruptReturnDoesNotLeadToRing0()
    {
        LogEvent fault = await FaultOfAsync("iret-to-ring-0");
        (long? Vector, long? ErrorCode) reason = (fault.Number("Vector"), fault.Number("ErrorCode"));
        Assert.Contains(reason, new (long?, long?)[] { (GeneralProtection, 8), (PageFault, Present) });
    }

    [Theory]
    [InlineData("read-kernel", Present | User, 0xFFFF_FFFF_8010_0000)]
    [InlineData("read-direct-map", Present | User, 0xFFFF_8000_0010_0000)]
    [InlineData("write-kernel", Present | Write | User, 0xFFFF_FFFF_8010_0000)]
    [InlineData("run-kernel", Present | User | Fetch, 0xFFFF_FFFF_8010_0000)]
    [InlineData("push-to-kernel", Present | Write | User, 0xFFFF_FFFF_8010_0FF8)]
    [InlineData("read-null", User, 0)]
    [InlineData("write-null", Write | User, 0)]
    [InlineData("jump-null", User | Fetch, 0)]
    [InlineData("null-object", User, 8)]
    public async Task MemoryOfOthersIsOutOfReach(string act, long errorCode, ulong address)
    {
        LogEvent fault = await FaultOfAsync(act);
        fault.Has("Vector", PageFault).Has("ErrorCode", errorCode);
        Assert.Equal(address, fault.Address("Address"));
    }

    [Fact]
    public async Task UnmappedMemoryIsOutOfReach()
        => (await FaultOfAsync("read-unmapped")).Has("Vector", PageFault).Has("ErrorCode", User);

    [Theory]
    [InlineData("read-non-canonical")]
    [InlineData("push-non-canonical")] // QEMU up to 7.2 reports a #GP, the manual says #SS
    public async Task AddressesThatAreNoneAreRefused(string act)
    {
        LogEvent fault = await FaultOfAsync(act);
        Assert.True(fault.Number("Vector") is GeneralProtection or StackFault);
        fault.Has("ErrorCode", 0);
    }

    [Theory]
    [InlineData("write-code", Present | Write | User)]
    [InlineData("write-constants", Present | Write | User)]
    [InlineData("run-constants", Present | User | Fetch)]
    [InlineData("run-data", Present | User | Fetch)]
    [InlineData("run-heap", Present | User | Fetch)]
    [InlineData("run-stack", Present | User | Fetch)]
    public async Task NothingIsWritableAndExecutable(string act, long errorCode)
        => (await FaultOfAsync(act)).Has("Vector", PageFault).Has("ErrorCode", errorCode);

    [Theory]
    [InlineData("divide", DivideError)]
    [InlineData("invalid-opcode", InvalidOpcode)]
    [InlineData("x87-error", FloatingPointError)]
    [InlineData("trap-flag", DebugException)]
    [InlineData("trap-flag-syscall", DebugException)]
    public async Task WhatCannotBeComputedEndsTheProgram(string act, long vector)
        => (await FaultOfAsync(act)).Has("Vector", vector).Has("ErrorCode", 0);

    // QEMU 10 has no caches to write back, and asks nobody's ring.
    [Fact]
    public async Task WritingBackTheCachesIsRefusedOrDoesNothing()
    {
        if (Qemu.Chosen.Version.Major < 10)
            (await FaultOfAsync("wbinvd")).Has("Vector", GeneralProtection).Has("ErrorCode", 0);
        else
            (await RunAsync("wbinvd")).Prints("nothing stopped wbinvd");
    }

    [Fact]
    public async Task EndlessRecursionMeetsTheGuardBelowTheStack()
    {
        LogEvent fault = await FaultOfAsync("recursion");
        fault.Has("Vector", PageFault).Has("ErrorCode", Write | User);
        Assert.InRange(fault.Address("Address"), StackEnd - StackLength - 4096, StackEnd - StackLength - 1);
    }

    // It runs beside a program that goes on and says so.
    private static async Task<LogEvent> FaultOfAsync(string act)
    {
        GuestRun run = await RunAsync(act);
        run.NeverPrints("nothing stopped");
        return run.Fault("misbehave").Has("Ring", 3);
    }

    private static async Task<GuestRun> RunAsync(string act)
    {
        GuestRun run = await new Guest("also=misbehave -- neighbours witness") { Act = act }.RunAsync();
        run.EndsWith(GuestEnding.Success).Prints("the system goes on");
        return run;
    }
}
