// C#'s rules hold in an image: the suite of the core library, in ring 3, where a case that fails harms nobody. Cases: Programs/Language.
// The same core library is the wall of `software`: SoftwareWallTests.cs.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using RingOS.Abi;
using RingOS.Host.Machines;
using RingOS.Host.Serial;
using Serilog.Events;
using Xunit;

namespace RingOS.Tests.Boot;

public sealed class LanguageTests
{
    private const int AtLeast = 100; // cases
    private const long DivideError = 0;
    private const ulong NullPage = 4096;
    private const ulong StackEnd = BootProtocol.ProgramSpacing + 0xC_0000_0000; // kernel/loader/ProcessLayout.cs
    private const ulong StackLength = 64 << 10;

    [Fact]
    public async Task TheLanguageIsKept()
    {
        GuestRun run = await RunAsync("");
        List<string> lines = [.. run.Lines.Select(static line => line.Text)];
        run.NeverPrints("FAILED");
        run.EndsWith(GuestEnding.Success).Prints("all cases have run");
        Assert.True(lines.Count(static line => line.StartsWith("ok ", StringComparison.Ordinal)) >= AtLeast, run.LastLines);
    }

    // A null reference never leads anywhere but to the first page: what is far into the object is looked for there first.
    [Theory]
    [InlineData("null-field")]
    [InlineData("null-far-field")]
    [InlineData("null-array")]
    [InlineData("null-interface")]
    [InlineData("null-virtual")]
    [InlineData("null-delegate")]
    [InlineData("null-unboxed")]
    [InlineData("null-reference")]
    public async Task NullIsTheProcessorsToRefuse(string name)
        => Assert.InRange((await FaultOfAsync(name)).Has("Vector", Vectors.PageFault).Address("Address"), 0ul, NullPage - 1);

    // The stack has a guard below it, and no frame is so large that it reaches over that.
    [Theory]
    [InlineData("recursion")]
    [InlineData("recursion-of-frames")]
    [InlineData("large-frame")]
    [InlineData("stackalloc")]
    [InlineData("stackalloc-negative")]
    public async Task TheStackEndsAtItsGuard(string name)
    {
        ulong address = (await FaultOfAsync(name)).Has("Vector", Vectors.PageFault).Address("Address");
        Assert.InRange(address, StackEnd - StackLength - 4096, StackEnd - StackLength - 1);
    }

    [Theory]
    [InlineData("divide")]
    [InlineData("divide-overflow")]
    public async Task DivisionIsTheProcessorsToRefuse(string name) => (await FaultOfAsync(name)).Has("Vector", DivideError);

    private static async Task<LogEvent> FaultOfAsync(string name)
        => (await RunAsync(name)).NeverPrints("it was not stopped").NeverPrints("KERNEL PANIC").Event("process {Name} ended by");

    private static Task<GuestRun> RunAsync(string name)
        => new Guest($"-- language {name}") { Kernel = TestArchive.BareKernel }.RunAsync();
}
