// Mistakes of ring 0: the page tables catch them, and the panic says what happened, where, and how it came there. The mistakes:
// Programs/SelfTestKernel/KernelActs.cs. Next: ServiceFailureTests.cs
using System;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using RingOS.Host.Machines;
using Xunit;

namespace RingOS.Tests.Boot;

public sealed class KernelFaultTests
{
    // Bits of a page fault's error code.
    private const int Present = 1;
    private const int Write = 2;
    private const int Fetch = 16;

    private const ulong StackLength = 12 << 10; // kernel/boot/KernelMain.cs, without what is left to interrupts
    private const ulong GuardLength = 4 << 10;

    [Fact]
    public async Task PanicReportsExceptionRegistersAndBacktrace()
    {
        GuestRun run = await PanicAsync("null", "page fault (#PF)");
        const string Reason = "  vector 14  error 0x0000000000000000  touched 0x0000000000000008  ring 0\n";
        Assert.Contains(Reason, run.Output, StringComparison.Ordinal);
        Assert.Matches(new Regex(@"rax 0x[0-9a-f]{16}.*rsp 0x[0-9a-f]{16}.*r15 0x[0-9a-f]{16}", RegexOptions.Singleline), run.Output);
        RequireInOrder(run,
            "  at .*KernelActs__Innermost[+]",
            "KernelActs__Middle[+]",
            "KernelActs__Outermost[+]",
            "SelfTests__Place[+]",
            "KernelMain__Run[+]");
    }

    [Fact]
    public async Task PanicOfTheKernelsOwnSaysWhy()
    {
        GuestRun run = await PanicAsync("fail", "a self-test asked for it");
        RequireInOrder(run, "KernelActs__Perform[+]", "SelfTests__Place[+]", "KernelMain__Run[+]");
    }

    [Theory]
    [InlineData("write-text", Present | Write)]
    [InlineData("write-text-alias", Present | Write)]
    [InlineData("write-constants", Present | Write)]
    [InlineData("write-constants-alias", Present | Write)]
    [InlineData("run-data", Present | Fetch)]
    [InlineData("run-stack", Present | Fetch)]
    [InlineData("run-text-alias", Present | Fetch)]
    [InlineData("run-user", Present | Fetch)] // SMEP
    [InlineData("read-user", Present)] // SMAP
    public async Task KernelMemoryIsNeverWritableAndExecutable(string act, int errorCode)
    {
        GuestRun run = await PanicAsync(act, "page fault (#PF)");
        Assert.Contains($"  vector 14  error 0x{errorCode:x16}  ", run.Output, StringComparison.Ordinal);
    }

    // The same acts where the wall is off: nothing stops them, and the program runs as if nothing had been.
    [Theory]
    [InlineData("run-user", "smep=off", "smap=off", Fetch)]
    [InlineData("read-user", "smap=off", "smep=off", 0)]
    public async Task WhatAWallStopsGoesThroughWithoutIt(string act, string without, string withoutTheOther, int access)
    {
        GuestRun open = await new Guest($"selftest={act} {without} -- hello") { Kernel = TestArchive.SelfTestKernel }.RunAsync();
        open.EndsWith(GuestEnding.Success).Prints("Hello from ring 3!");
        GuestRun closed = await new Guest($"selftest={act} {withoutTheOther} -- hello") { Kernel = TestArchive.SelfTestKernel }.RunAsync();
        closed.EndsWith(GuestEnding.Panicked);
        Assert.Contains($"  vector 14  error 0x{Present | access:x16}  ", closed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StackOverflowIsReportedFromAStackOfItsOwn()
    {
        GuestRun run = await PanicAsync("stack-overflow", "double fault (#DF)");
        RequireInOrder(run, "  vector 8  ", "  at .*KernelActs_Recursion__Deeper[+]");
        ulong stack = run.Event("recursion begins").Address("Stack");
        ulong touched = Convert.ToUInt64(Regex.Match(run.Output, "touched (0x[0-9a-f]{16})").Groups[1].Value, 16);
        Assert.InRange(touched, stack - StackLength - GuardLength, stack - StackLength + GuardLength); // its own guard, not another's stack
    }

    [Fact]
    public async Task DivisionByZeroIsReported()
    {
        GuestRun run = await PanicAsync("divide", "divide error (#DE)");
        RequireInOrder(run, "  vector 0  ", "  at .*KernelActs__Divide[+]", "SelfTests__Place[+]");
    }

    [Fact]
    public async Task WithoutSymbolsAPanicShowsAddresses()
    {
        Guest guest = new("selftest=null -- hello") { Kernel = TestArchive.SelfTestKernel, Spoil = static _ => null };
        GuestRun run = await guest.RunAsync();
        run.EndsWith(GuestEnding.Panicked).Prints("KERNEL PANIC: page fault (#PF)");
        RequireInOrder(run, "  at 0xffffffff80[0-9a-f]{6} *\n", "  called from 0xffffffff80[0-9a-f]{6} *\n");
    }

    [Fact]
    public async Task OtherKernelsDoNotKnowSelfTests()
    {
        GuestRun run = await new Guest("selftest=null -- hello").RunAsync();
        run.EndsWith(GuestEnding.Success).Prints("Hello from ring 3!");
    }

    private static async Task<GuestRun> PanicAsync(string act, string why)
    {
        GuestRun run = await new Guest($"selftest={act} -- hello") { Kernel = TestArchive.SelfTestKernel }.RunAsync();
        return run.EndsWith(GuestEnding.Panicked).Prints($"KERNEL PANIC: {why}").NeverPrints("Hello");
    }

    private static void RequireInOrder(GuestRun run, params string[] patterns)
        => Assert.True(Regex.IsMatch(run.Output, string.Join(".*", patterns), RegexOptions.Singleline),
            $"not in this order: {string.Join(", ", patterns)}\n{string.Join('\n', run.Lines.Select(static line => line.Text))}");
}
