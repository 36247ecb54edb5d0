// What is linked into which image: every grant is checked but in one kernel, and no driver can be told to misbehave but in another.
// Subjects: lib/Hardware/unchecked, drivers/hosts/Faulty. Back to: SafeDriverTests.cs
using System;
using System.Linq;
using RingOS.Host.Boot;
using Xunit;

namespace RingOS.Tests.Unit.Architecture;

/// <summary>Looks for symbols in the built images.</summary>
public sealed class SafeImagesTests
{
    private const string Violation = "GrantViolation";
    private const string Injector = "fault_clear_write_protect"; // drivers/hosts/Faulty/native/faults.asm

    [Theory]
    [InlineData("RingOS.Kernel.Native", true, false)]
    [InlineData("RingOS.NicService.E1000", true, false)]
    [InlineData("RingOS.NicService.E1000e", true, false)]
    [InlineData("RingOS.NicService.Bcm5721", true, false)]
    [InlineData("RingOS.Kernel.Faulty", true, true)]
    [InlineData("RingOS.Test.FaultInjector", true, true)]
    [InlineData("RingOS.Kernel.Unchecked", false, false)]
    public void AnImageHasTheChecksAndNoFaults(string image, bool isChecked, bool isFaulty)
    {
        ElfFile elf = ElfFile.Read(SourceTree.Built(image, image + ".elf"));
        Assert.Equal(isChecked, elf.Symbols.Any(static symbol => symbol.Name.Contains(Violation, StringComparison.Ordinal)));
        Assert.Equal(isFaulty, elf.Symbols.Any(static symbol => symbol.Name == Injector));
    }

    [Fact]
    public void TheArchiveOfEveryDayHasNoFaultInjector()
        => Assert.DoesNotContain(ProgramTable.All, static program => program == ProgramTable.FaultInjector);
}
